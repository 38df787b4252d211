import { type Locale, type LocalizedText, readText } from "#contracts/localized-text.ts"
import type { Billing } from "#contracts/party.ts"
import type { Payment } from "#contracts/payment.ts"
import { type StatementKey, statementLines } from "#contracts/statement.ts"
import { percent } from "#contracts/tax.ts"
import type { Trade } from "#contracts/trade.ts"
import type { DocumentRow, DocumentSection, PrintedDocument } from "#server/documents/document.ts"
import { formatMoney } from "../../../_lib/format.ts"
import { formatTime } from "../../../_lib/format-time.ts"
import { charges } from "../../../_lib/messages/charges.ts"
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
  /** What the buyer's invoice is made out to. */
  billing: Billing | null
  records: readonly ShownRecord[]
}

/** A statement's number names its trade, for a trade has one. */
export const statementNumber = ({ trade }: Pick<Source, "trade">): string =>
  `QH-${trade.id.slice(-10).toUpperCase()}`

/** A statement is issued when the money has gone where it goes. */
export const hasStatement = ({ trade }: Pick<Source, "trade">): boolean =>
  trade.state === "settled" || trade.state === "refunded"

/** The place in the ledger of the record that ended the trade, once it is sealed. */
export function recordOfEnd({ trade, records }: Pick<Source, "trade" | "records">): number | null {
  const end = records.findLast(
    ({ subject, type }) => subject === trade.id && type.startsWith(`trade.${trade.state}@`),
  )
  return end?.index ?? null
}

/** When the trade ended; what was noted of it since, like an invoice's number, changes nothing of that. */
export function issuedAt({ trade, records }: Pick<Source, "trade" | "records">): string {
  const end = records.findLast(
    ({ subject, type }) => subject === trade.id && type.startsWith(`trade.${trade.state}@`),
  )
  return end?.at ?? trade.updatedAt
}

/** Numbers, parties and the buyer's invoicing details, as the page and the paper say them. */
export function statementSections(source: Source, locale: Locale): DocumentSection[] {
  const t = words[locale]
  const c = charges[locale]
  const w = tradeWords[locale]
  const { trade, payment, buyerName, sellerName, billing } = source
  const read = (text: LocalizedText) => readText(text, locale).text
  const row = (term: string, value: string | null | undefined, look?: DocumentRow["look"]): DocumentRow[] =>
    value ? [{ term, value, ...(look ? { look } : {}) }] : []
  const head = [
    ...row(t.issued, formatTime(issuedAt(source), locale, "second")),
    ...row(t.state, w.states[trade.state]),
    ...row(t.buyer, read(buyerName)),
    ...row(t.seller, read(sellerName)),
    ...row(c.purchaseOrder, trade.purchaseOrder),
    ...row(t.one, trade.id, "code"),
    ...row(t.agreement, trade.agreementHash, "code"),
    ...row(t.rail, payment && w.rails[payment.rail]),
    ...row(t.reference, payment?.charge, "code"),
  ]
  if (!payment) return [{ title: null, rows: head }]
  const fields = c.billingFields
  const made = billing
    ? [
        ...row(fields.title, billing.title),
        ...row(fields.taxNumber, billing.taxNumber, "code"),
        ...row(fields.address, billing.address),
        ...row(fields.phone, billing.phone),
        ...row(fields.bank, billing.bank),
        ...row(fields.account, billing.account, "code"),
      ]
    : row(c.billing, c.billingNone)
  const invoice = trade.invoice ? row(c.invoice, trade.invoice.number, "code") : row(c.invoice, c.noInvoice)
  return [
    { title: null, rows: head },
    { title: c.billing, rows: [...made, ...invoice] },
  ]
}

/** Who owes the tax office what; null where no tax is stated. */
export function taxSentence({ trade }: Pick<Source, "trade">, locale: Locale): string | null {
  const t = charges[locale]
  const treatment = trade.charges?.treatment ?? "none"
  return { none: null, charged: t.taxNote, reverseCharge: t.reverseNote }[treatment]
}

/** A line's name; the tax with the rate it was reckoned by. */
export function lineWords({ trade }: Pick<Source, "trade">, key: StatementKey, locale: Locale): string {
  const t = charges[locale]
  return key === "tax" && trade.charges ? t.taxAt(percent(trade.charges.basisPoints)) : t.lines[key]
}

/** The statement on paper; its code leads to the check of the record that ended the trade. */
export function statementDocument(source: Source, locale: Locale, url: string): PrintedDocument {
  const t = words[locale]
  const index = recordOfEnd(source)
  const sentence = taxSentence(source, locale)
  return {
    locale,
    title: t.statementTitle,
    number: statementNumber(source),
    issuer: shell[locale].title,
    lead: readText(source.title, locale).text,
    sections: [
      ...statementSections(source, locale),
      {
        title: t.amounts,
        ...(sentence ? { lead: sentence } : {}),
        rows: statementLines(source.trade, source.payment).map(({ key, amount }) => ({
          term: lineWords(source, key, locale),
          value: formatMoney(amount, locale),
          look: key === "payout" || key === "gross" ? ("total" as const) : ("amount" as const),
        })),
      },
    ],
    link: {
      url,
      title: index === null ? t.statementOnline : t.record(index),
      steps: [{ text: index === null ? t.statementScan : t.statementCheck }, { text: url, code: true }],
    },
    note: t.statementNote,
    time: issuedAt(source),
    attachment: null,
  }
}
