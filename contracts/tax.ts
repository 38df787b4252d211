import { z } from "zod"
import type { Locale } from "./localized-text.ts"
import { fraction, type Money, minus, plus, zero } from "./money.ts"

/**
 * What a plan says of tax: its rate, and whether the price includes it. In mainland China prices are said with tax
 * (含税价), between companies in the European Union without.
 */
export const planTax = z.strictObject({
  basisPoints: z.int().min(0).max(5_000),
  included: z.boolean(),
})
export type PlanTax = z.infer<typeof planTax>

/** `reverseCharge`: the buyer owes the tax in its own country, so the seller charges none. */
export const taxTreatments = ["none", "charged", "reverseCharge"] as const
export type TaxTreatment = (typeof taxTreatments)[number]

/** `basisPoints` is the rate that was charged; the net amount and the tax sum to what the buyer pays. */
export type Tax = { treatment: TaxTreatment; basisPoints: number; net: Money; tax: Money }

/** Where somebody is taxed; only companies outside mainland China are known by a VAT id. */
export type Taxed = { country: string; identifierKind: "creditCode" | "vat" }

const union: ReadonlySet<string> = new Set(
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" "),
)

/** Both are companies of the European Union, in different countries (Directive 2006/112/EC, art. 44 and 196). */
export const reversesCharge = (seller: Pick<Taxed, "country">, buyer: Taxed): boolean =>
  union.has(seller.country) &&
  union.has(buyer.country) &&
  seller.country !== buyer.country &&
  buyer.identifierKind === "vat"

/** The tax on a plan's price for this buyer, rounded half to even once; from a price with tax the net is what is left. */
export function taxOn(
  price: Money,
  terms: PlanTax | undefined,
  seller: Pick<Taxed, "country">,
  buyer: Taxed,
): Tax {
  const none = zero(price.currency)
  if (terms === undefined) return { treatment: "none", basisPoints: 0, net: price, tax: none }
  const { basisPoints, included } = terms
  const within = included ? fraction(price, basisPoints, 10_000 + basisPoints) : none
  const net = minus(price, within)
  if (reversesCharge(seller, buyer)) return { treatment: "reverseCharge", basisPoints: 0, net, tax: none }
  return {
    treatment: "charged",
    basisPoints,
    net,
    tax: included ? within : fraction(net, basisPoints, 10_000),
  }
}

/** What the buyer pays. */
export const totalOf = ({ net, tax }: Pick<Tax, "net" | "tax">): Money => plus(net, tax)

/** "13", "5.5": a rate in per cent. */
export const percent = (basisPoints: number): string => `${basisPoints / 100}`

/** A typed rate ("13", "5.5", "13 %") in basis points; null when it is none. */
export function parsePercent(text: string): number | null {
  const match = /^(\d{1,2})(?:\.(\d{1,2}))?\s*%?$/.exec(text.trim())
  return match ? Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0")) : null
}

/** How a price stands to its tax, in a few words; the amount is put in by the caller. */
export function taxWords({ treatment, basisPoints }: Pick<Tax, "treatment" | "basisPoints">, locale: Locale) {
  const zh = locale === "zh"
  if (treatment === "reverseCharge")
    return zh
      ? "反向征收：供方不收取增值税，由需方在其所在国申报缴纳"
      : "Reverse charge: the seller charges no VAT, the buyer accounts for it in its own country"
  if (treatment === "none") return zh ? "未列明税额" : "No tax is stated"
  return zh ? `税率 ${percent(basisPoints)}%` : `Tax at ${percent(basisPoints)} %`
}
