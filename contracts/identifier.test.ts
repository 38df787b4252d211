import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { creditCodeCheck } from "./credit-code.ts"
import { readIdentifier } from "./identifier.ts"
import { isRefusal } from "./refusal.ts"

const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

/** Published codes of well-known organisations, and the example that the literature on the standard uses. */
const published = [
  "91350100M000100Y43",
  "91110000802100433B",
  "914403001922038216",
  "91440300708461136T",
  "91330100799655058B",
]

describe("unified social credit code (GB 32100-2015)", () => {
  test.each(published)("%s is valid", (code) => {
    expect(readIdentifier("CN", code)).toEqual({ kind: "creditCode", identifier: code })
  })

  test.each([
    ["91350100M000100Y44", "credit_code_check_digit"],
    ["91350211M000100Y43", "credit_code_check_digit"],
    ["91350100M000100Y4", "credit_code_malformed"],
    ["91350100M000100Y433", "credit_code_malformed"],
    ["9135010IM000100Y43", "credit_code_malformed"],
    ["91350100M000100Z43", "credit_code_malformed"],
    ["9135O100M000100Y43", "credit_code_malformed"],
    ["", "credit_code_malformed"],
  ])("%j is refused: %s", (code, refused) => {
    expect(readIdentifier("CN", code)).toEqual({ refused, at: "identifier" })
  })

  test("case, spaces, dashes and full-width characters do not matter", () => {
    for (const typed of [
      " 9135 0100 m000 100y 43 ",
      "91350100-M000100Y4-3",
      "９１３５０１００Ｍ０００１００Ｙ４３",
    ])
      expect(readIdentifier("CN", typed)).toMatchObject({ identifier: "91350100M000100Y43" })
  })

  const character = (from: string) => fc.constantFrom(...from)
  const text = (from: string, length: number) =>
    fc.array(character(from), { minLength: length, maxLength: length }).map((parts) => parts.join(""))
  const code = fc
    .tuple(text(alphabet, 2), text("0123456789", 6), text(alphabet, 9))
    .map((parts) => parts.join(""))
    .map((body) => body + creditCodeCheck(body))

  test("any code with its check character is accepted", () => {
    fc.assert(fc.property(code, (made) => !isRefusal(readIdentifier("CN", made))))
  })

  test("any single wrong character is caught", () => {
    fc.assert(
      fc.property(code, fc.nat(17), character(alphabet), (made, place, other) => {
        fc.pre(made[place] !== other)
        expect(isRefusal(readIdentifier("CN", made.slice(0, place) + other + made.slice(place + 1)))).toBe(
          true,
        )
      }),
    )
  })

  test("any swap of two neighbours is caught", () => {
    fc.assert(
      fc.property(code, fc.nat(15), (made, place) => {
        const [left = "", right = ""] = made.slice(place, place + 2)
        fc.pre(left !== right)
        const swapped = made.slice(0, place) + right + left + made.slice(place + 2)
        expect(isRefusal(readIdentifier("CN", swapped))).toBe(true)
      }),
    )
  })
})

describe("VAT ids", () => {
  test.each([
    ["DE", "DE 123 456 789", "DE123456789"],
    ["DE", "123456789", "DE123456789"],
    ["AT", "ATU12345678", "ATU12345678"],
    ["FR", "FRXX123456789", "FRXX123456789"],
    ["GR", "EL123456789", "EL123456789"],
    ["GR", "123456789", "EL123456789"],
    ["IE", "IE1234567FA", "IE1234567FA"],
    ["NL", "NL123456789B01", "NL123456789B01"],
    ["ES", "ESX1234567X", "ESX1234567X"],
    ["GB", "GB 123 4567 89", "GB123456789"],
    ["GB", "GBGD123", "GBGD123"],
    ["CH", "CHE-123.456.789 MWST", "CHE123456789MWST"],
    ["NO", "NO 987 654 321 MVA", "NO987654321MVA"],
    ["SE", "SE123456789001", "SE123456789001"],
    ["US", "12-3456789", "US123456789"],
    ["SG", "201912345D", "SG201912345D"],
    ["HK", "12345678", "HK12345678"],
    ["SG", "SGX12345", "SGX12345"],
  ])("%s %j is kept as %s", (country, typed, kept) => {
    expect(readIdentifier(country, typed)).toEqual({ kind: "vat", identifier: kept })
  })

  test.each([
    ["DE", "DE12345678"],
    ["DE", "FR12345678901"],
    ["AT", "12345678"],
    ["GR", "GR12345678"],
    ["CH", "CHE12345678"],
    ["NO", "987654321"],
    ["US", "NODIGITS"],
    ["US", "1"],
    ["JP", "株式会社12345"],
  ])("%s %j is refused", (country, typed) => {
    expect(readIdentifier(country, typed)).toEqual({ refused: "vat_id_malformed", at: "identifier" })
  })

  test("what is kept is read as itself", () => {
    const countries = fc.constantFrom("DE", "FR", "GB", "CH", "NO", "US", "SG")
    fc.assert(
      fc.property(countries, fc.stringMatching(/^[A-Z0-9]{5,16}$/), (country, typed) => {
        const first = readIdentifier(country, typed)
        if (!isRefusal(first)) expect(readIdentifier(country, first.identifier)).toEqual(first)
      }),
    )
  })
})
