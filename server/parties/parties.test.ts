import { expect, test } from "vitest"
import type { Id } from "#contracts/ids.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { putRow } from "#db/test-rows.ts"
import { Browser, newCommandId, outcome } from "../access/test-browser.ts"
import { testMarket } from "../test-market.ts"
import { connectPayee, grantMarketRole } from "./commands.ts"

const { services, owner } = await testMarket()
let made = 0

/** A German number that nobody has. */
const freshIdentifier = () => `DE${(100_000_000 + ++made).toString()}`

async function person(): Promise<{ browser: Browser; email: string }> {
  const browser = new Browser(services)
  const email = `person${++made}@example.com`
  await (await browser.ask()).access.signUp({ name: "Lin", email, password: "a long password" })
  return { browser, email }
}

const application = () => ({
  commandId: newCommandId(),
  name: { original: "en" as const, en: "Sample Data Ltd" },
  country: "DE",
  identifier: freshIdentifier(),
  authorisedPerson: "Lin Zhiyuan",
  roles: ["seller" as const],
})

async function administrator() {
  const { browser, email } = await person()
  const input = application()
  await (await browser.ask()).parties.register(input)
  const { party } = await (await browser.ask()).parties.own()
  return { browser, email, input, party: party.id }
}

async function operator() {
  const { browser, party } = await administrator()
  await grantMarketRole(services, party, ["operator"])
  return { browser, party }
}

const factsOf = (party: string) =>
  owner.sql<{ version: number; type: string }[]>`
    select version, fact::json->>'type' as type from pending_facts where subject = ${party} order by version`

test("from registration to verification, each change with its fact", async () => {
  const { browser, party } = await administrator()
  const { browser: desk } = await operator()
  const ask = async () => (await browser.ask()).parties
  expect(await (await ask()).card({ party })).toEqual({
    id: party,
    name: { original: "en", en: "Sample Data Ltd" },
    country: "DE",
    verified: false,
  })
  await (await ask()).submit({ commandId: newCommandId() })
  const [waiting] = (await (await desk.ask()).parties.queue({})).parties.filter(({ id }) => id === party)
  expect(waiting).toMatchObject({ state: "submitted", version: 2, authorisedPerson: "Lin Zhiyuan" })

  const review = { party, version: 2 }
  const note = "the number is not in the register"
  const rejection = { ...review, commandId: newCommandId(), reason: "identifierUnknown" as const, note }
  await (await desk.ask()).parties.reject(rejection)
  expect((await (await ask()).own()).party).toMatchObject({ state: "registered", rejection: { note } })

  const corrected = { ...application(), authorisedPerson: "Chen Jing" }
  const { roles: _, ...identity } = corrected
  await (await ask()).correct(identity)
  await (await ask()).submit({ commandId: newCommandId() })
  const proof = {
    party,
    method: "registryExtract" as const,
    evidence: "extract 1187",
    commandId: newCommandId(),
  }
  expect(await outcome((await desk.ask()).parties.verify({ ...proof, version: 2 }))).toBe("stale_version")
  await (await desk.ask()).parties.verify({ ...proof, version: 5 })
  expect(await (await ask()).card({ party })).toMatchObject({ verified: true })

  await (await ask()).updatePayee({ commandId: newCommandId(), bankAccount: "DE89 3704 0044 0532 0130 00" })
  expect(await connectPayee(services, party, "acct_1")).toMatchObject({ version: 8 })
  expect(await factsOf(party)).toEqual([
    { version: 1, type: "party.registered@1" },
    { version: 2, type: "party.submitted@1" },
    { version: 3, type: "party.rejected@1" },
    { version: 4, type: "party.corrected@1" },
    { version: 5, type: "party.submitted@1" },
    { version: 6, type: "party.verified@1" },
    { version: 7, type: "party.updated@2" },
    { version: 8, type: "party.updated@2" },
  ])
})

test("a double submit registers once and answers the same twice", async () => {
  const { browser } = await person()
  const input = application()
  const caller = await browser.ask()
  const answers = await Promise.all([1, 2, 3].map(() => caller.parties.register(input)))
  expect(answers).toEqual([answers[0], answers[0], answers[0]])
  expect(await caller.parties.register(input)).toEqual(answers[0])
  expect(await caller.parties.mine()).toHaveLength(1)
  const [seats] = await owner.sql<{ loose: bigint }[]>`
    select count(*) as loose from members m left join parties p on p.id = m.party where p.id is null`
  expect(seats?.loose).toBe(0n)
  const other = { ...application(), commandId: input.commandId }
  expect(await outcome(caller.parties.register(other))).toBe("command_reused")
})

test("an identifier is registered once, also in another spelling, also at the same moment", async () => {
  const { input } = await administrator()
  const { browser } = await person()
  const spelled = input.identifier.replace(/^DE(...)/, "de $1 ")
  const again = { ...application(), identifier: spelled }
  expect(await outcome((await browser.ask()).parties.register(again))).toBe("identifier_taken")
  expect(await (await browser.ask()).parties.mine()).toEqual([])

  const identifier = freshIdentifier()
  const race = await Promise.all(
    [await person(), await person()].map(async ({ browser: one }) =>
      outcome((await one.ask()).parties.register({ ...application(), identifier })),
    ),
  )
  expect(race.filter((answer) => answer === "identifier_taken")).toHaveLength(1)
})

test("what is malformed is refused with its own code and writes nothing", async () => {
  const { browser } = await person()
  const { register } = (await browser.ask()).parties
  const refused = (part: object) => outcome(register({ ...application(), ...part }))
  expect(await refused({ country: "CN", identifier: "91350100M000100Y44" })).toBe("credit_code_check_digit")
  expect(await refused({ country: "CN", identifier: "91350100" })).toBe("credit_code_malformed")
  expect(await refused({ identifier: "DE1" })).toBe("vat_id_malformed")
  for (const part of [{ country: "XX" }, { roles: ["operator"] }, { roles: ["regulator"] }, { roles: [] }])
    await expect(refused(part)).rejects.toMatchObject({ code: "BAD_REQUEST" })
  expect(await (await browser.ask()).parties.mine()).toEqual([])
})

test("nobody verifies themselves, and only the operator sees the queue", async () => {
  const { browser, party } = await administrator()
  const { parties } = await browser.ask()
  await parties.submit({ commandId: newCommandId() })
  const proof = { party, version: 2, method: "inPerson" as const, evidence: "me", commandId: newCommandId() }
  expect(await outcome(parties.verify(proof))).toBe("role_not_allowed")
  expect(await outcome(parties.queue({}))).toBe("role_not_allowed")
  const anonymous = await new Browser(services).ask()
  expect(await outcome(anonymous.parties.verify(proof))).toBe("not_signed_in")
  const { browser: lonely } = await person()
  expect(await outcome((await lonely.ask()).parties.submit({ commandId: newCommandId() }))).toBe("no_party")
})

test("what is not there, or has not been submitted, is not found", async () => {
  const { browser: desk } = await operator()
  const { party } = await administrator()
  const nowhere: Id<"party"> = services.newId("party")
  const { parties } = await desk.ask()
  expect(await outcome(parties.forReview({ party }))).toBe("not_found")
  expect(await outcome(parties.forReview({ party: nowhere }))).toBe("not_found")
  expect(await outcome(parties.card({ party: nowhere }))).toBe("not_found")
  const proof = {
    party: nowhere,
    version: 1,
    method: "inPerson" as const,
    evidence: "x",
    commandId: newCommandId(),
  }
  expect(await outcome(parties.verify(proof))).toBe("not_found")
})

test("the operator's queue reads page by page without gaps", async () => {
  const { browser: desk } = await operator()
  const party = (n: number) => `pty_${n.toString().padStart(26, "0")}`
  for (let n = 1; n <= 120; n++) {
    // Many of one millisecond: the id breaks the tie.
    const updatedAt = `2020-01-01T00:00:00.${Math.floor(n / 40)
      .toString()
      .padStart(3, "0")}Z`
    const row = {
      id: party(n),
      version: 2,
      state: "submitted",
      identifier: `QUEUE${n}`,
      updatedAt,
      roles: ["buyer"],
    }
    await putRow(owner.sql, "party", row)
  }
  const read: string[] = []
  let after: string | null = null
  do {
    const page: { parties: { id: string }[]; next: string | null } = await (await desk.ask()).parties.queue({
      after,
    })
    read.push(...page.parties.map(({ id }) => id))
    after = page.next
  } while (after !== null)
  expect(read.filter((id) => id.startsWith("pty_0000000000"))).toEqual(
    Array.from({ length: 120 }, (_, i) => party(i + 1)),
  )
  expect(new Set(read).size).toBe(read.length)
  await owner.sql`delete from parties where identifier like 'QUEUE%'`
})

test("members: added by e-mail, changed, removed; the last administrator stays", async () => {
  const { browser, party } = await administrator()
  const { browser: colleague, email } = await person()
  const { parties } = await browser.ask()
  const adding = { commandId: newCommandId(), email: email.toUpperCase(), role: "requester" as const }
  const [first, second] = await Promise.all([parties.addMember(adding), parties.addMember(adding)])
  expect(second).toEqual(first)
  expect(await outcome(parties.addMember({ ...adding, commandId: newCommandId() }))).toBe("member_exists")
  expect(await outcome(parties.addMember({ ...adding, role: "approver" }))).toBe("command_reused")
  const unknown = { ...adding, commandId: newCommandId(), email: "nobody@example.com" }
  expect(await outcome(parties.addMember(unknown))).toBe("not_found")

  const actor = await colleague.actor()
  expect(actor).toMatchObject({ kind: "user", party, memberRole: "requester" })
  const user = actor.kind === "user" ? actor.user : null
  const { members } = await parties.own()
  const boss = members.find(({ role }) => role === "administrator")?.user
  if (!user || !boss) throw new Error("a member is missing")
  const removal = (whom: Id<"user">) => ({ commandId: newCommandId(), user: whom })
  expect(await outcome((await colleague.ask()).parties.removeMember(removal(boss)))).toBe(
    "member_role_not_allowed",
  )
  expect(await outcome(parties.removeMember(removal(boss)))).toBe("last_administrator")
  expect(await outcome(parties.changeMember({ ...removal(boss), role: "approver" }))).toBe(
    "last_administrator",
  )

  const { party: other, browser: stranger } = await administrator()
  expect(other).not.toBe(party)
  expect(await outcome((await stranger.ask()).parties.removeMember(removal(user)))).toBe("not_found")

  await parties.changeMember({ ...removal(user), role: "administrator" })
  // Each removes the other at the same moment: one of them stays.
  const both = await Promise.all([
    outcome(parties.removeMember(removal(user))),
    outcome((await colleague.ask()).parties.removeMember(removal(boss))),
  ])
  const left = await owner.sql`select "user" from members where party = ${party}`
  expect(left.length).toBe(1)
  expect(both.filter((answer) => typeof answer === "string")).toHaveLength(1)
})

test("a member leaves by themselves, and acts for the party no more", async () => {
  const { browser } = await administrator()
  const { browser: colleague, email } = await person()
  await (await browser.ask()).parties.addMember({ commandId: newCommandId(), email, role: "requester" })
  const actor = await colleague.actor()
  if (actor.kind !== "user") throw new Error("not seated")
  await (await colleague.ask()).parties.removeMember({ commandId: newCommandId(), user: actor.user })
  expect(await colleague.actor()).toEqual({ kind: "person", user: actor.user })
})

test("market roles are given once, with a fact", async () => {
  const { browser, party } = await administrator()
  await Promise.all([1, 2].map(() => grantMarketRole(services, party, ["regulator"])))
  await grantMarketRole(services, party, ["regulator"])
  expect(await browser.actor()).toMatchObject({ roles: ["seller", "regulator"] })
  expect((await factsOf(party)).map(({ type }) => type)).toEqual(["party.registered@1", "party.appointed@1"])
  expect(isRefusal(await grantMarketRole(services, services.newId("party"), ["operator"]))).toBe(true)
})
