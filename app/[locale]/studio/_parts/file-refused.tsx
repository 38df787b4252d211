import type { Locale } from "#contracts/localized-text.ts"
import { type Refusal, sentence } from "#contracts/refusal.ts"
import { fileRefusalDetail } from "../../../_lib/messages/file-refusals.ts"
import { studio } from "../../../_lib/messages/studio.ts"
import { Callout } from "../../../_ui/states.tsx"

/** Why a file was refused: the code's sentence, which row and what to do. `older` still stands for the product. */
export function FileRefused(props: { refusal: Refusal; locale: Locale; requestId: string; older: boolean }) {
  const { refusal, locale, requestId, older } = props
  const t = studio[locale]
  return (
    <Callout tone={older ? "warn" : "bad"} title={t.refusedTitle}>
      <p>
        {sentence(refusal, locale)} {fileRefusalDetail(refusal, locale)}
      </p>
      <p>{older ? t.refusedNewer : t.refusedNext}</p>
      <p className="mt-1 text-small">
        {t.code} <code className="font-mono">{refusal.refused}</code>{" "}
        <code className="font-mono">{requestId}</code>
      </p>
    </Callout>
  )
}
