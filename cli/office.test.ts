import { randomBytes } from "node:crypto"
import { afterEach, beforeAll, expect, test, vi } from "vitest"
import { makeId } from "#contracts/ids.ts"
import { signUp } from "#server/access/commands.ts"
import { testMarket } from "#server/test-market.ts"
import { run } from "./office.ts"

const { services, servingUrl } = await testMarket()
const told = { out: "", error: "" }
const email = "clerk@example.org"
const identity = [
  "--country",
  "NO",
  "--identifier",
  "NO999999941MVA",
  "--person",
  "a clerk",
  "--name-en",
  "Office",
]

beforeAll(async () => {
  vi.stubEnv("DATABASE_URL", servingUrl)
  vi.stubEnv("QUANHENG_MASTER_KEY", Buffer.from(services.config.masterKey).toString("hex"))
  for (const [stream, name] of [
    [process.stdout, "out"],
    [process.stderr, "error"],
  ] as const)
    vi.spyOn(stream, "write").mockImplementation((text) => {
      told[name] += text
      return true
    })
  await signUp(services, new Headers(), { name: "clerk", email, password: "long enough for us" })
})
afterEach(() => {
  told.out = ""
  told.error = ""
})

test("the market's own command line gives it an operator, once, with a record", async () => {
  expect(await run(["operator", "--email", email, ...identity])).toBe(0)
  const party = told.out.trim()
  const [row] = await services.sql`select row->'roles' as roles from parties where id = ${party}`
  expect(row?.roles).toEqual(["operator"])
  const [fact] = await services.sql`select fact from pending_facts where subject = ${party}`
  expect(JSON.parse(fact?.fact)).toMatchObject({ type: "party.registered@1", body: { roles: ["operator"] } })
  told.out = ""
  expect(await run(["operator", "--email", email, ...identity])).toBe(0)
  expect(told.out.trim()).toBe(party)
  // The same identity for another office is another party's already.
  expect(await run(["regulator", "--email", email, ...identity])).toBe(2)
  expect(told.error).toMatch(/^quanheng office: .+\n$/)
})

test("what cannot be is told in one line", async () => {
  const nobody = makeId("user", 0, randomBytes(10))
  expect(await run(["operator", "--email", `${nobody}@example.org`, ...identity])).toBe(2)
  expect(told.error).toContain("nobody has signed up")
  told.error = ""
  expect(await run(["seller", "--email", email, ...identity])).toBe(2)
  expect(told.error).toContain("roles")
  expect(await run([])).toBe(2)
  expect(told.out).toContain("Usage: quanheng office operator|regulator")
})
