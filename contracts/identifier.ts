import { creditCodeChecks, hasCreditCodeForm } from "./credit-code.ts"
import { type Refusal, refuse } from "./refusal.ts"
import { readVatId } from "./vat-id.ts"

export const identifierKinds = ["creditCode", "vat"] as const
export type IdentifierKind = (typeof identifierKinds)[number]

/** Which identifier a party of this country carries. */
export const identifierKindOf = (country: string): IdentifierKind => (country === "CN" ? "creditCode" : "vat")

/**
 * What a person typed, as it is kept: upper case (full-width letters and digits too), no spaces, dashes or dots.
 * Refuses `credit_code_malformed`, `credit_code_check_digit` or `vat_id_malformed`, at `identifier`.
 */
export function readIdentifier(
  country: string,
  text: string,
): { kind: IdentifierKind; identifier: string } | Refusal {
  const plain = text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s.\-/]/g, "")
  const kind = identifierKindOf(country)
  if (kind === "creditCode") {
    if (!hasCreditCodeForm(plain)) return refuse("credit_code_malformed", "identifier")
    if (!creditCodeChecks(plain)) return refuse("credit_code_check_digit", "identifier")
    return { kind, identifier: plain }
  }
  const identifier = readVatId(country, plain)
  return identifier === null ? refuse("vat_id_malformed", "identifier") : { kind, identifier }
}
