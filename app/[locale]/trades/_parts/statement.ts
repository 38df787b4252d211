import { type Locale, type LocalizedText, readText } from "#contracts/localized-text.ts"
import { type Money, minus, zero } from "#contracts/money.ts"
import type { Payment } from "#contracts/payment.ts"
import type { Trade } from "#contracts/trade.ts"
import type { PrintedDocument } from "#server/documents/document.ts"
import { formatMoney } from "../../../_lib/format.ts"
import { formatTime } from "../../../_lib/format-time.ts"
import { shell } from "../../../_lib/messages/shell.ts"
import { trade as words } from "../../../_lib/messages/trade.ts"
import { tradeWords } from "../../../_lib/messages/trade-words.ts"
import type { ShownRecord } from "./timeline-steps.tsx"

/** What a statement is made of. */
type Source = {
  trade: Trade
  payment: Payment | null
  title: LocalizedText
  buyerName: LocalizedText
  sellerName: LocalizedText
  records: readonly ShownRecord[]
}

/** A statement's number names its trade, for a trade has one. */
export const statementNumber = ({ trade }: Pick<Source, "trade">): string =>
  `QH-${trade.id.slice(-10).toUpperCase()}`

/** A statement is issued when the money has gone where it goes. */
export const hasStatement = ({ trade }: Pick<Source, "trade">): boolean =>
  trade.state === "settled" || trade.state === "refunded"

export type StatementLine = { key: "gross" | "refund" | "fee" | "net"; amount: Money }

/** What was paid, what of it went back, what the market kept and what the seller was paid. */
export function statementLines({ trade, payment }: Pick<Source, "trade" | "payment">): StatementLine[] {
  const none = zero(trade.price.currency)
  const released = payment?.release?.state === "done" ? payment.release.amount : none
  const refunded = payment?.refund?.state === "done" ? payment.refund.amount : none
  const fee = payment?.release?.state === "done" ? (payment.fee ?? none) : none
  return [
    { key: "gross", amount: trade.price },
    { key: "refund", amount: refunded },
    { key: "fee", amount: fee },
    { key: "net", amount: minus(released, fee) },
  ]
}

/** The place in the ledger of the record that ended the trade, once it is sealed. */
export function recordOfEnd({ trade, records }: Pick<Source, "trade" | "records">): number | null {
  const end = records.findLast(
    ({ subject, type }) => subject === trade.id && type.startsWith(`trade.${trade.state}@`),
  )
  return end?.index ?? null
}

/** The statement on paper; its code leads to the check of the record that ended the trade. */
export function statementDocument(source: Source, locale: Locale, url: string): PrintedDocument {
  const t = words[locale]
  const w = tradeWords[locale]
  const { trade, payment, title, buyerName, sellerName } = source
  const index = recordOfEnd(source)
  const read = (text: LocalizedText) => readText(text, locale).text
  return {
    locale,
    title: t.statementTitle,
    number: statementNumber(source),
    issuer: shell[locale].title,
    lead: read(title),
    sections: [
      {
        title: null,
        rows: [
          { term: t.issued, value: formatTime(trade.updatedAt, locale, "second") },
          { term: t.state, value: w.states[trade.state] },
          { term: t.buyer, value: read(buyerName) },
          { term: t.seller, value: read(sellerName) },
          { term: t.one, value: trade.id, look: "code" },
          { term: t.agreement, value: trade.agreementHash, look: "code" },
          ...(payment ? [{ term: t.rail, value: w.rails[payment.rail] }] : []),
          ...(payment?.charge ? [{ term: t.reference, value: payment.charge, look: "code" as const }] : []),
        ],
      },
      {
        title: t.amounts,
        rows: statementLines(source).map(({ key, amount }) => ({
          term: t.lines[key],
          value: formatMoney(amount, locale),
          look: key === "net" ? ("total" as const) : ("amount" as const),
        })),
      },
    ],
    link: {
      url,
      title: index === null ? t.statementOnline : t.record(index),
      steps: [{ text: index === null ? t.statementScan : t.statementCheck }, { text: url, code: true }],
    },
    note: t.statementNote,
    time: trade.updatedAt,
    attachment: null,
  }
}
