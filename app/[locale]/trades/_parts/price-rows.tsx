import { partsOfRelease } from "#contracts/charges.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { type Money as Amount, isZero } from "#contracts/money.ts"
import { percent, type Tax, totalOf } from "#contracts/tax.ts"
import type { Trade } from "#contracts/trade.ts"
import { charges as words } from "../../../_lib/messages/charges.ts"
import type { Definition } from "../../../_ui/definition-list.tsx"
import { Money } from "../../../_ui/values.tsx"

/** What a price consists of, where its tax is stated. */
export function taxRows(tax: Tax, locale: Locale): Definition[] {
  if (tax.treatment === "none") return []
  const t = words[locale]
  const row = (key: string, term: string, amount: Amount): Definition => ({
    key,
    term,
    value: <Money amount={amount} locale={locale} />,
  })
  return [
    row("net", t.net, tax.net),
    tax.treatment === "charged"
      ? row("tax", t.taxAt(percent(tax.basisPoints)), tax.tax)
      : { key: "tax", term: t.tax, value: t.reverse },
    row("total", t.total, totalOf(tax)),
  ]
}

/** The price of a trade, and to whom its parts go. */
export function priceRows(trade: Trade, price: string, locale: Locale): Definition[] {
  const t = words[locale]
  const total = { key: "price", term: price, value: <Money amount={trade.price} locale={locale} /> }
  if (isZero(trade.price)) return [total]
  const parts = partsOfRelease(trade, trade.price)
  const stated = trade.charges ? taxRows(trade.charges, locale) : []
  return [
    ...(stated.length > 0 ? stated : [total]),
    { key: "fee", term: t.fee, value: <Money amount={parts.fee} locale={locale} /> },
    {
      key: "payout",
      term: t.payout,
      value: <Money amount={parts.seller} locale={locale} />,
    },
  ]
}
