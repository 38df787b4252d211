import type { Locale, LocalizedText } from "#contracts/localized-text.ts"
import type { Money as Amount } from "#contracts/money.ts"
import type { Definition } from "../_ui/definition-list.tsx"
import { Money, Text } from "../_ui/values.tsx"
import { about as words } from "./messages/about.ts"

/** What is known of it; what is left out or null is not shown. */
type Known = {
  amount?: Amount | null
  owed?: Amount | null
  payer?: LocalizedText | null
  payee?: LocalizedText | null
  party?: LocalizedText | null
  account?: string | null
  reference?: string | null
  bankNumber?: string | null
  note?: string | null
}

/** What a confirmation is about, for its dialog: of two that are alike, nobody confirms the one beside it. */
export function aboutIt(known: Known, locale: Locale): Definition[] {
  const t = words[locale]
  const money = (amount: Amount) => (
    <strong>
      <Money amount={amount} locale={locale} />
    </strong>
  )
  const text = (one: LocalizedText) => <Text text={one} locale={locale} />
  const code = (one: string) => <code className="font-mono">{one}</code>
  const item = <K extends keyof Known>(
    key: K,
    show: (value: NonNullable<Known[K]>) => Definition["value"],
  ) => {
    const value = known[key]
    return value === undefined || value === null
      ? []
      : [{ key, term: t[key], value: show(value as NonNullable<Known[K]>) }]
  }
  return [
    ...item("amount", money),
    ...item("owed", money),
    ...item("payer", text),
    ...item("payee", text),
    ...item("party", text),
    ...item("account", (account) => account),
    ...item("reference", code),
    ...item("bankNumber", code),
    ...item("note", (note) => note),
  ]
}
