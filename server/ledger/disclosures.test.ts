import { expect, test } from "vitest"
import { checkDisclosure } from "#contracts/ledger/commitment.ts"
import { decodeLeaf } from "#contracts/ledger/encoding.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { addMs, hourMs } from "#contracts/time.ts"
import { type OpenedValue, openValues, readOpening, readOwnValues } from "./disclosures.ts"
import { readLeaves } from "./log-store.ts"
import { nodeCrypto } from "./node-crypto.ts"
import { openTestLog } from "./test-log.ts"
import { holdPayment, newId, testServices, userOf } from "./test-records.ts"

const log = await openTestLog()
const services = await testServices(log)
const buyer = userOf("buyer")
const trade = await holdPayment(services, buyer)
const records = [{ subject: trade, version: 1 }]
const paths = (values: readonly OpenedValue[]) => values.map(({ path }) => path).sort()
const openings = async () => (await log.sql`select 1 from openings`).length

test("a party reads what its own trades committed to, and the values fit the leaf", async () => {
  const values = await readOwnValues(services, buyer, records)
  expect(paths(values)).toEqual(["/actor", "/body/buyer", "/body/listing", "/body/price", "/body/seller"])
  await log.sequencer().sealOnce()
  const [stored] = await readLeaves(log.sql, 0, 1)
  const decoded = stored && decodeLeaf(stored.leaf)
  if (!decoded || !("leaf" in decoded)) throw new Error("no leaf")
  for (const { path, salt, value } of values)
    expect(checkDisclosure({ index: 0, path, salt, value }, decoded.leaf, nodeCrypto.sha256)).toBe("fits")
  expect(await openings()).toBe(0)
})

test("another party reads nothing, and may not open", async () => {
  const stranger = userOf("buyer")
  expect(await readOwnValues(services, stranger, records)).toEqual([])
  const input = { commandId: newId("command"), purpose: "review", subject: null, records } as const
  expect(await openValues(services, stranger, input)).toEqual({ refused: "role_not_allowed" })
  expect(await openValues(services, { kind: "anonymous" }, input)).toEqual({ refused: "not_signed_in" })
  expect(await openings()).toBe(0)
})

test("supervision opens them, once per command in the record, and the record does not tell which", async () => {
  const regulator = userOf("regulator")
  const input = { commandId: newId("command"), purpose: "inspection", subject: null, records } as const
  for (let again = 0; again < 2; again++) {
    const values = await openValues(services, regulator, input)
    if (isRefusal(values)) throw new Error(values.refused)
    expect(paths(values)).toContain("/body/price")
  }
  expect(await openings()).toBe(1)
  const facts = await log.sql<
    { fact: string }[]
  >`select fact from pending_facts where subject = ${input.commandId}`
  expect(facts).toHaveLength(1)
  expect(JSON.parse(facts[0]?.fact ?? "")).toMatchObject({
    type: "audit.opened@1",
    actor: { role: "regulator" },
    body: { purpose: "inspection", values: 5, records: { commit: expect.any(String) } },
  })
  expect(facts[0]?.fact).not.toContain(trade)
  const other = { ...input, purpose: "dispute" } as const
  expect(await openValues(services, regulator, other)).toEqual({ refused: "command_reused" })
})

test("there is no record of an opening that opened nothing", async () => {
  const input = {
    commandId: newId("command"),
    purpose: "review",
    subject: null,
    records: [{ subject: "trd_x", version: 1 }],
  } as const
  expect(await openValues(services, userOf("operator"), input)).toEqual({ refused: "not_found" })
})

test("who opened looks again for an hour without another opening; nobody else does", async () => {
  const regulator = userOf("regulator")
  const input = { commandId: newId("command"), purpose: "review", subject: trade, records } as const
  await openValues(services, regulator, input)
  const before = await openings()
  const again = await readOpening(services, regulator, input.commandId)
  expect(again?.opening).toMatchObject({ subject: trade, purpose: "review" })
  expect(paths(again?.values ?? [])).toContain("/body/price")
  expect(await openings()).toBe(before)
  expect(await readOpening(services, userOf("regulator"), input.commandId)).toBeNull()
  expect(await readOpening(services, { ...regulator, party: newId("party") }, input.commandId)).toBeNull()
  expect(await readOpening(services, regulator, newId("command"))).toBeNull()
  const later = {
    ...services,
    writer: Object.assign(Object.create(services.writer), { now: () => inAnHour() }),
  }
  const inAnHour = () => addMs(services.writer.now(), hourMs)
  expect(await readOpening(later, regulator, input.commandId)).toBeNull()
})
