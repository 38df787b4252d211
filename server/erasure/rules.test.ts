import { expect, test } from "vitest"
import { type Erasure, erasableFields } from "#contracts/erasure.ts"
import { confidentialFields } from "#contracts/ledger/confidential.ts"
import { type FactType, factTypes } from "#contracts/ledger/fact.ts"
import { addYears, keptUntil, retentionRules } from "#contracts/retention.ts"
import { type ErasureScene, heldNow } from "./rules.ts"

const now = "2040-03-01T00:00:00.000Z"
const erasure: Erasure = {
  id: "era_00000000000000000000000001",
  version: 1,
  state: "requested",
  kind: "field",
  subject: "pty_00000000000000000000000001",
  field: "authorisedPerson",
  reason: "noLongerNeeded",
  basis: "pipl-47",
  by: "usr_00000000000000000000000001",
  party: null,
  heldBy: null,
  heldUntil: null,
  decidedBy: null,
  refusal: null,
  places: [],
  erasedVersion: null,
  requestedAt: now,
  updatedAt: now,
}
const place = (type: string, path: string, recordedAt: string) => ({
  subject: erasure.subject,
  version: 1,
  index: 1,
  type,
  path,
  recordedAt,
})
const held = (
  places: ErasureScene["places"],
  tradeEnd: ErasureScene["tradeEnd"],
  changes: Partial<Erasure> = {},
  active = false,
) =>
  heldNow(
    {
      erasure: { ...erasure, ...changes },
      places,
      tradeEnd,
      holds: [{ id: "hld_1", version: 1, active }],
      product: null,
    },
    now,
  )

test("every confidential member of every fact says how long it is kept and whether it can be erased", () => {
  for (const [type, { secret }] of Object.entries(factTypes)) {
    const fields = confidentialFields[type as FactType]
    expect(Object.keys(fields).sort(), type).toEqual([...secret].sort())
    for (const { keep } of Object.values(fields)) expect(Object.keys(retentionRules)).toContain(keep)
  }
})

test("the fields that can be asked for are those that their facts let go of, and only a party's", () => {
  const found = new Set<string>()
  for (const [type, fields] of Object.entries(confidentialFields))
    for (const [field, { erasable }] of Object.entries(fields) as [string, { erasable: boolean }][])
      if (erasable) {
        expect(type).toMatch(/^party\./)
        found.add(field)
      }
  expect([...found].sort()).toEqual([...erasableFields].sort())
  for (const fields of Object.values(confidentialFields))
    for (const [field, { erasable }] of Object.entries(fields) as [string, { erasable: boolean }][])
      if (["price", "amount", "buyer", "seller", "actor", "identifier"].includes(field))
        expect(erasable).toBe(false)
})

const identity = place("party.verified@1", "/body/authorisedPerson", "2026-01-01T00:00:00.000Z")
const note = (at: string) => place("party.rejected@1", "/body/note", at)

test.each([
  ["without a trade nothing keeps an identity", held([identity], "none"), null],
  ["a trade under way keeps it, without a date", held([identity], null), { by: "identity", until: null }],
  [
    "ten years from the end of the last trade",
    held([identity], "2031-05-05T00:00:00.000Z"),
    { by: "identity", until: "2041-05-05T00:00:00.000Z" },
  ],
  ["not a day longer", held([identity], "2030-03-01T00:00:00.000Z"), null],
  [
    "a day before",
    held([identity], "2030-03-02T00:00:00.000Z"),
    { by: "identity", until: "2040-03-02T00:00:00.000Z" },
  ],
  [
    "a review note three years from its record, the newest counts",
    held([note("2036-01-01T00:00:00.000Z"), note("2038-01-01T00:00:00.000Z")], "none", { field: "note" }),
    { by: "review", until: "2041-01-01T00:00:00.000Z" },
  ],
  [
    "an account by the trades that it acted in",
    held([], null, { kind: "account", field: null }),
    { by: "trade", until: null },
  ],
  ["an account that never traded", held([], "none", { kind: "account", field: null }), null],
  ["a hold stands before all", held([identity], "none", {}, true), { by: "legalHold", until: null }],
  [
    "what no rule names is kept longest",
    held([place("trade.future@9", "/body/x", "2039-01-01T00:00:00.000Z")], "none"),
    { by: "accounts", until: "2069-01-01T00:00:00.000Z" },
  ],
])("%s", (_, found, expected) => {
  expect(found).toEqual(expected)
})

test("years end on the same day, and the 29th of February on the 1st of March", () => {
  expect(addYears("2028-02-29T12:00:00.000Z", 1)).toBe("2029-03-01T12:00:00.000Z")
  expect(addYears("2026-11-26T00:00:00.001Z", 30)).toBe("2056-11-26T00:00:00.001Z")
  expect(keptUntil("accounts", { recordedAt: now, tradeEnd: "none" })).toEqual({
    until: "2070-03-01T00:00:00.000Z",
  })
})
