import type { Locale } from "#contracts/localized-text.ts"
import { exportWords } from "../../../_lib/messages/export-words.ts"
import { CodeBlock } from "../../../_ui/code-block.tsx"
import { Panel } from "../../../_ui/panel.tsx"

/** The log's verifier key, to be kept by the reader: what later checks rest on. */
export function KeepKey({ vkey, locale }: { vkey: string | null; locale: Locale }) {
  if (vkey === null) return null
  const t = exportWords[locale]
  return (
    <Panel title={t.keepKey} footer={<span className="text-ink-faint">{t.keepKeyHint}</span>}>
      <CodeBlock locale={locale} title="quanheng.vkey" code={vkey} wrap />
    </Panel>
  )
}
