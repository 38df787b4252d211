import type { Locale } from "#contracts/localized-text.ts"
import { type StripState, stripWords } from "#contracts/rights/papers.ts"
import { StateStrip } from "../../../_ui/rights.tsx"

/** The four states, each green or naming the missing papers; `anchor` leads to the questions of each. */
export function LiveStrip(props: {
  states: readonly StripState[]
  locale: Locale
  inOrder: string
  anchor?: (part: StripState["part"]) => string
}) {
  const { states, locale, inOrder, anchor } = props
  return (
    <StateStrip
      locale={locale}
      parts={states.map(({ part, state, missing }) => ({
        key: part,
        name: stripWords[part][locale],
        ok: state === "ok",
        sentence: state === "ok" ? inOrder : missing.map((paper) => paper[locale]).join(" "),
        ...(state === "ok" || !anchor ? {} : { href: anchor(part) }),
      }))}
    />
  )
}
