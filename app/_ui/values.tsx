import type { Locale, LocalizedText } from "#contracts/localized-text.ts"
import { readText } from "#contracts/localized-text.ts"
import type { Money as Amount } from "#contracts/money.ts"
import type { Time as Instant } from "#contracts/time.ts"
import { formatMoney } from "../_lib/format.ts"
import { formatTime } from "../_lib/format-time.ts"
import { languageTag } from "../_lib/locale.ts"

/** An amount with its currency; null is a free offer and needs the word for it. */
export function Money({ amount, locale }: { amount: Amount; locale: Locale }) {
  return (
    <data value={`${amount.minor} ${amount.currency}`} className="whitespace-nowrap">
      {formatMoney(amount, locale)}
    </data>
  )
}

/** A moment in the zone of the reader's language; the machine form is in the element and on hover. */
export function Time(props: { time: Instant; locale: Locale; precision?: "minute" | "second" }) {
  return (
    <time dateTime={props.time} title={props.time} className="whitespace-nowrap">
      {formatTime(props.time, props.locale, props.precision)}
    </time>
  )
}

/** A text in the reader's language, else in the one it was written in, marked so that it is read out rightly. */
export function Text({ text, locale }: { text: LocalizedText; locale: Locale }) {
  const found = readText(text, locale)
  return found.lang === locale ? found.text : <span lang={languageTag[found.lang]}>{found.text}</span>
}
