import type { Locale } from "#contracts/localized-text.ts"
import { supervision } from "../../../_lib/messages/supervision.ts"
import { CodeBlock } from "../../../_ui/code-block.tsx"
import { Panel } from "../../../_ui/panel.tsx"

/** The log's verifier key, to be kept by the reader: what later checks rest on. */
export function KeepKey({ vkey, locale }: { vkey: string | null; locale: Locale }) {
  if (vkey === null) return null
  const t = supervision[locale]
  return (
    <Panel title={t.keepKey} footer={<span className="text-ink-faint">{t.keepKeyHint}</span>}>
      <CodeBlock locale={locale} title="quanheng.vkey" code={vkey} wrap />
    </Panel>
  )
}
