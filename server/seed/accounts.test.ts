import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, expect, test } from "vitest"
import { wholeRemit } from "#contracts/remit.ts"
import { doors } from "../http/doors.ts"
import { makeFrontDoor } from "../http/front-door.ts"
import { loadParty } from "../parties/store.ts"
import { testMarket } from "../test-market.ts"
import { openAccount, verifyDemoParty } from "./accounts.ts"
import { buyers, demoParties, operator, regulator } from "./people.ts"
import { makeSeedSecret } from "./secret.ts"
import { visit } from "./visitor.ts"

const { services } = await testMarket()
const server = createServer(makeFrontDoor(services, doors, (_, response) => response.writeHead(404).end()))
await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
afterAll(() => server.close())

const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const secret = makeSeedSecret(services.config.masterKey)
const making = { services, secret, origin }
const facts = async () => Number((await services.sql`select count(*) as n from pending_facts`)[0]?.n)

test("a seeding that is cut off and runs again makes nothing twice and gives the same accounts", async () => {
  const cutOff = await Promise.all(demoParties.map((party) => openAccount(making, party)))
  const first = await Promise.all(demoParties.map((party) => openAccount(making, party)))
  expect(first.map(({ account }) => account)).toEqual(cutOff.map(({ account }) => account))
  const [clerk, buyer] = [operator, buyers[0]].map((party) => first[demoParties.indexOf(party)])
  if (!clerk || !buyer) throw new Error("no such party")
  await verifyDemoParty(secret, buyer, clerk, null)
  const before = await facts()
  await verifyDemoParty(secret, buyer, clerk, null)
  expect(await facts()).toBe(before)
  // A registration each, and the two steps of the buyer.
  expect(before).toBe(demoParties.length + 2)
  const [office] = [first[demoParties.indexOf(regulator)]]
  if (!office) throw new Error("no regulator")
  await verifyDemoParty(secret, office, clerk, null)
  await verifyDemoParty(secret, office, clerk, null)
  expect((await loadParty(services.sql, office.account.partyId))?.remit).toEqual(wholeRemit)
  expect((await loadParty(services.sql, buyer.account.partyId))?.state).toBe("verified")
})

test("an office is the party's only role, and its password opens it", async () => {
  const { account } = await openAccount(making, regulator)
  const browser = visit(origin)
  await browser.ask.access.signIn.mutate({ email: account.email, password: account.password })
  const me = await browser.ask.access.me.query()
  expect(me?.acting).toMatchObject({
    party: account.partyId,
    roles: ["regulator"],
    memberRole: "administrator",
  })
})

test("passwords and command ids are another market's with another master key", () => {
  const other = makeSeedSecret(Buffer.alloc(32, 7))
  expect(other.password(operator.email)).not.toBe(secret.password(operator.email))
  expect(secret.command("a")).toBe(secret.command("a"))
  expect(new Set([secret.command("a"), secret.command("b"), other.command("a")]).size).toBe(3)
})

test("nobody registers with an office at a door", async () => {
  const browser = visit(origin)
  await browser.ask.access.signUp.mutate({ name: "x", email: "x@example.org", password: "long enough" })
  const asked = browser.ask.parties.register.mutate({
    commandId: secret.command("office"),
    name: { original: "en", en: "X" },
    country: "FR",
    identifier: "FRXX999999933",
    authorisedPerson: "x",
    roles: ["operator" as never],
  })
  await expect(asked).rejects.toMatchObject({ data: { code: "invalid_input" } })
})
