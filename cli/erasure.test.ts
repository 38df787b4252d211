import { execFile } from "node:child_process"
import { randomBytes } from "node:crypto"
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import path from "node:path"
import { promisify } from "node:util"
import { beforeAll, describe, expect, test, vi } from "vitest"
import type { Actor, UserActor } from "#contracts/actor.ts"
import { creditCodeCheck } from "#contracts/credit-code.ts"
import type { Id } from "#contracts/ids.ts"
import { deleteAccount } from "#server/access/store.ts"
import { makeKeyRing } from "#server/commit/key-ring.ts"
import { openValueKeys, valueKeyFile } from "#server/commit/value-keys.ts"
import {
  approveErasure,
  liftHold,
  placeHold,
  refuseErasure,
  requestErasure,
} from "#server/erasure/commands.ts"
import { carryOutErasure } from "#server/erasure/jobs.ts"
import { erasedOf, erasureForDecision, erasureQueue, holdsPage, myErasures } from "#server/erasure/queries.ts"
import { loadErasure } from "#server/erasure/store.ts"
import { readOwnValues } from "#server/ledger/disclosures.ts"
import { openExport, readExport, requestExport } from "#server/ledger/export/commands.ts"
import { carryOutExport } from "#server/ledger/export/job.ts"
import { createLogKey } from "#server/ledger/log-key.ts"
import { readLog } from "#server/ledger/log-store.ts"
import { openDisclosure } from "#server/ledger/open-disclosure.ts"
import { Sequencer } from "#server/ledger/sequencer.ts"
import { registerParty, submitParty, updatePayee, verifyParty } from "#server/parties/commands.ts"
import { loadParty } from "#server/parties/store.ts"
import { testDesk } from "#server/supervision/desk.test-data.ts"
import { run as verify } from "./verify.ts"

const desk = await testDesk()
const { services, owner, operator, regulator, orFail } = desk
const { sql, keys, newId, config } = services
const takenHome = path.join(config.home, "..", `${path.basename(config.home)}-regulator`)
const vkey = path.join(takenHome, "reader.vkey")
const why = { reason: "consentWithdrawn", basis: "pipl-47" } as const
const refused = (code: string) => ({ refused: code })
let made = 0

/** A word that stands nowhere else. */
const secretWord = () => `Zq${randomBytes(8).toString("hex")}`

beforeAll(async () => {
  await mkdir(takenHome, { recursive: true })
  await createLogKey(config.home)
  await seal()
  await writeFile(vkey, `${(await readLog(sql))?.vkey}\n`)
})

async function seal(): Promise<void> {
  const sequencer = new Sequencer({ sql, home: config.home })
  sequencer.start()
  for (;;) {
    const [row] = await sql<{ waiting: number }[]>`select count(*)::int as waiting from pending_facts`
    if (row?.waiting === 0) break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await sequencer.stop()
}

async function person(): Promise<{ user: Id<"user">; name: string; email: string }> {
  const [user, name] = [newId("user"), secretWord()]
  const email = `${secretWord().toLowerCase()}@example.org`
  await sql`insert into users (id, name, email, created_at, updated_at) values (${user}, ${name}, ${email}, now(), now())`
  await sql`insert into sessions (id, user_id, token, expires_at, created_at, updated_at)
    values (${newId("session")}, ${user}, ${secretWord()}, now() + interval '1 day', now(), now())`
  return { user, name, email }
}

/** A verified party that has told who may act for it and where it is paid; it has never traded. */
async function verified() {
  const { user } = await person()
  const words = { person: secretWord(), evidence: secretWord(), bank: secretWord() }
  const body = `91330000ERA${(++made).toString().padStart(6, "0")}`
  const { party } = orFail(
    await registerParty(
      services,
      { kind: "person", user },
      {
        commandId: newId("command"),
        name: { original: "en", en: `Eraser ${made}`, zh: `删除${made}` },
        country: "CN",
        identifier: body + creditCodeCheck(body),
        authorisedPerson: words.person,
        roles: ["buyer"],
      },
    ),
  ) as { party: Id<"party"> }
  const actor: UserActor = { kind: "user", user, party, roles: ["buyer"], memberRole: "administrator" }
  const submitted = orFail(await submitParty(services, actor, { commandId: newId("command") }))
  const { version } = submitted as { version: number }
  orFail(
    await verifyParty(services, operator, {
      commandId: newId("command"),
      party,
      version,
      method: "inPerson",
      evidence: words.evidence,
    }),
  )
  orFail(await updatePayee(services, actor, { commandId: newId("command"), bankAccount: words.bank }))
  await seal()
  return { actor, party, words }
}

async function asked(
  actor: Actor,
  input: Partial<Parameters<typeof requestErasure>[2]> = {},
): Promise<Id<"erasure">> {
  const whole = {
    commandId: newId("command"),
    kind: "field",
    subject: null,
    field: "authorisedPerson",
    ...why,
    ...input,
  }
  if (whole.kind === "product") Reflect.deleteProperty(whole, "field")
  return (orFail(await requestErasure(services, actor, whole as never)) as { erasure: Id<"erasure"> }).erasure
}

const approve = async (erasure: Id<"erasure">, by: Actor = operator) =>
  approveErasure(services, by, {
    commandId: newId("command"),
    erasure,
    version: (await loadErasure(sql, erasure))?.version ?? 0,
  })

const stateOf = async (id: Id<"erasure">) => (await loadErasure(sql, id))?.state

async function exported(): Promise<{ id: Id<"export">; file: string }> {
  await seal()
  const id = newId("export")
  orFail(await requestExport(services, regulator, { id, from: null, to: null, reason: "inspection" }))
  await carryOutExport(services, id)
  return { id, file: orFail(await openExport(services, regulator, id)).file }
}

/** What the regulator has on their own machine, where nobody of the market reaches. */
async function atHome(file: string): Promise<string> {
  const copy = path.join(takenHome, path.basename(file))
  await copyFile(file, copy)
  return copy
}

async function report(bundle: string) {
  const written: string[] = []
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((text) => written.push(String(text)) > 0)
  const code = await verify([bundle, "--json", "--vkey", vkey])
  spy.mockRestore()
  return { code, ...JSON.parse(written.join("")) }
}

/** Every table of the database, as text. */
async function tablesWith(word: string): Promise<string[]> {
  const tables = await owner.sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'graphile_worker')`
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await owner.sql.unsafe(`select 1 from ${name} t where strpos(t::text, $1) > 0 limit 1`, [
      word,
    ])
    if (rows.length > 0) found.push(name)
  }
  return found
}

async function filesWith(word: string, folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = path.join(entry.parentPath, entry.name)
    if ((await readFile(file)).includes(word)) found.push(file)
  }
  return found
}

test("exports from before and after the erasure of a product's data verify, and name the versions that are gone", async () => {
  const { product, listing } = await desk.listing(desk.seller, { price: { minor: "0", currency: "CNY" } })
  const kept = await atHome((await exported()).file)
  const [row] = await sql<
    { hash: string }[]
  >`select row->>'versionHash' as hash from listings where id = ${listing}`
  const erasure = await asked(desk.seller, {
    kind: "product",
    subject: product,
    reason: "unlawful",
  } as never)
  expect(orFail(await approve(erasure))).toMatchObject({ state: "approved" })
  await carryOutErasure(services, erasure)
  expect(await stateOf(erasure)).toBe("done")
  const after = await atHome((await exported()).file)
  for (const bundle of [kept, after])
    expect(await report(bundle)).toMatchObject({ code: 0, verdict: "intact", failures: [] })
  const [fact] = await sql<{ leaf: Uint8Array }[]>`
    select leaf from sealed_facts where subject = ${erasure} and version = 2`
  expect(JSON.parse(Buffer.from(fact?.leaf ?? []).toString("utf8"))).toMatchObject({
    type: "data.erased@2",
    body: { kind: "product", reason: "unlawful", versions: [row?.hash] },
  })
})

describe("a field of a party", () => {
  test("is gone from rows, disclosures, bundles and their backups; exports before and after verify", async () => {
    const { actor, party, words } = await verified()
    const before = await exported()
    const kept = await atHome(before.file)
    const [backup] = [
      await sql<{ subject: string; version: number; owner: Id<"party">; sealed: Uint8Array }[]>`
      select subject, version, owner, sealed from disclosures where subject = ${party}`,
    ]
    const oldKeyFile = await readFile(valueKeyFile(config.home))
    const facts = [...new Set(backup.map(({ version }) => version))].map((version) => ({
      subject: party,
      version,
    }))
    const valuesOf = async (path_: string) =>
      (await readOwnValues(services, actor, facts)).filter((one) => one.path === path_)
    expect((await valuesOf("/body/authorisedPerson")).map(({ value }) => value)).toEqual([
      words.person,
      words.person,
    ])
    expect(await tablesWith(words.person)).toEqual(["public.parties"])

    const said: unknown[] = []
    for (const method of ["log", "warn", "error", "info"] as const)
      vi.spyOn(console, method).mockImplementation((...parts) => void said.push(...parts))
    const erasure = await asked(actor)
    expect(orFail(await approve(erasure))).toMatchObject({ state: "approved" })
    await carryOutErasure(services, erasure)
    await carryOutErasure(services, erasure)
    vi.restoreAllMocks()
    expect(said).toEqual([])
    expect(await stateOf(erasure)).toBe("done")

    expect(await valuesOf("/body/authorisedPerson")).toEqual([])
    expect((await valuesOf("/body/identifier")).length).toBe(3)
    expect((await valuesOf("/body/evidence"))[0]?.value).toBe(words.evidence)
    expect((await loadParty(sql, party))?.authorisedPerson).toBe("")
    expect(await tablesWith(words.person)).toEqual([])
    expect(await filesWith(words.person, config.home)).toEqual([])
    expect(await tablesWith(words.bank)).toEqual(["public.parties"])
    expect((await sql`select 1 from doomed_keys`).length).toBe(0)

    // The old bundle is withdrawn at the market, and verifies where it was taken to.
    expect(await readExport(services, regulator, before.id)).toMatchObject({
      state: "failed",
      failure: refused("export_withdrawn"),
    })
    await expect(readFile(before.file)).rejects.toThrow("ENOENT")
    const after = await atHome((await exported()).file)
    const old = await report(kept)
    expect(old).toMatchObject({
      code: 0,
      verdict: "intact",
      failures: [],
      erased: { values: 0, records: [] },
    })
    const fresh = await report(after)
    const [fact] = await sql<{ index: number; leaf: Uint8Array }[]>`
      select index::float8 as index, leaf from sealed_facts where subject = ${erasure} and version = 2`
    expect(fresh).toMatchObject({
      code: 0,
      failures: [],
      erased: { values: 2, accounts: 0, records: [fact?.index] },
    })
    for (const bundle of [kept, after]) {
      const one = await promisify(execFile)(process.execPath, [
        "public/verify/verify.mjs",
        bundle,
        "--vkey",
        vkey,
      ])
      expect(one.stdout).toContain("Intact and signed by your key")
    }

    // Its record names the places and no value; the page of each record tells of it.
    const leaf = JSON.parse(Buffer.from(fact?.leaf ?? []).toString("utf8"))
    expect(leaf).toMatchObject({
      type: "data.erased@1",
      body: {
        kind: "field",
        reason: "consentWithdrawn",
        basis: "pipl-47",
        places: [expect.stringMatching(/^\d+#\/body\/authorisedPerson$/), expect.any(String)],
      },
    })
    const places = (await loadErasure(sql, erasure))?.places ?? []
    expect(
      await erasedOf(
        services,
        places.map(({ index }) => index),
      ),
    ).toEqual(
      places.map(({ index, path: at }) => ({ index, path: at, at: leaf.occurredAt, record: fact?.index })),
    )

    // The database put back from before, with the master key and today's file of value keys: closed. With a copy of
    // the old key file too it opens, which is why that file has backups of its own that end.
    const today = makeKeyRing(
      sql,
      config.masterKey,
      await openValueKeys(valueKeyFile(config.home), async () => true),
    )
    await today.load([party])
    const touched = backup.filter(
      (row) => row.owner === party && places.some(({ version }) => version === row.version),
    )
    expect(touched.length).toBe(2)
    for (const row of touched) expect(openDisclosure(row, today.of(party))).toEqual([])
    const others = backup.filter((row) => !touched.includes(row) && row.owner === party)
    expect(others.every((row) => openDisclosure(row, today.of(party)).length > 0)).toBe(true)
    await writeFile(path.join(takenHome, "values"), oldKeyFile)
    const stolen = makeKeyRing(
      sql,
      config.masterKey,
      await openValueKeys(path.join(takenHome, "values"), async () => true),
    )
    await stolen.load([party])
    expect(JSON.stringify(touched.map((row) => openDisclosure(row, stolen.of(party))))).toContain(
      words.person,
    )
  })

  test.each(["destroy keys", "withdraw bundles", "tell"] as const)(
    "that was cut off before it could %s is carried out by the next run",
    async (step) => {
      const { actor, words } = await verified()
      await exported()
      const erasure = await asked(actor, { field: "bankAccount" } as never)
      orFail(await approve(erasure))
      const broken = {
        ...services,
        ...(step === "destroy keys"
          ? { keys: { ...keys, destroy: () => Promise.reject(new Error("cut off")) } }
          : {}),
        ...(step === "withdraw bundles"
          ? {
              config: {
                ...config,
                get home(): string {
                  throw new Error("cut off")
                },
              },
            }
          : {}),
        ...(step === "tell" ? { writer: { run: () => Promise.reject(new Error("cut off")) } as never } : {}),
      }
      await expect(carryOutErasure(broken, erasure)).rejects.toThrow("cut off")
      expect(await stateOf(erasure)).toBe("approved")
      await carryOutErasure(services, erasure)
      expect(await stateOf(erasure)).toBe("done")
      expect(await tablesWith(words.bank)).toEqual([])
      expect(await filesWith(words.bank, config.home)).toEqual([])
      expect((await sql`select 1 from doomed_keys`).length).toBe(0)
    },
  )

  test("is held while retention or a legal hold forbids it, with the rule and the date, each a record", async () => {
    const trader = desk.seller
    await desk.agreed()
    await seal()
    const erasure = await asked(trader, { field: "bankAccount" } as never)
    const other = await verified()
    const held = await asked(other.actor)
    const place = {
      commandId: newId("command"),
      target: other.party,
      reason: "litigation" as const,
      document: "案〔2026〕1号",
      note: "",
    }
    expect(await placeHold(services, operator, place)).toMatchObject(refused("role_not_allowed"))
    expect(await placeHold(services, regulator, { ...place, document: "" })).toMatchObject(
      refused("legal_basis_missing"),
    )
    const elsewhere = await desk.party("regulator", { remit: { regions: ["CN-44"], duties: ["data"] } })
    expect(await placeHold(services, elsewhere, place)).toMatchObject(refused("not_found"))
    const { hold } = orFail(await placeHold(services, regulator, place)) as { hold: Id<"hold"> }
    expect(hold.slice(4)).not.toContain(other.party.slice(14))
    expect(await placeHold(services, regulator, { ...place, commandId: newId("command") })).toMatchObject(
      refused("hold_active"),
    )
    expect(orFail(await holdsPage(services, regulator)).map(({ target }) => target)).toEqual([other.party])
    expect(orFail(await holdsPage(services, elsewhere))).toEqual([])

    expect(orFail(await approve(held))).toMatchObject({ state: "held", rule: "legalHold", until: null })
    expect(await approve(held)).toMatchObject(refused("hold_active"))
    expect(orFail(await erasureForDecision(services, operator, held))).toMatchObject({
      values: 2,
      held: { by: "legalHold" },
    })
    expect((await loadParty(sql, other.party))?.authorisedPerson).toBe(other.words.person)
    const lift = { commandId: newId("command"), hold, document: "案〔2026〕2号" }
    expect(await liftHold(services, elsewhere, lift)).toMatchObject(refused("not_found"))
    orFail(await liftHold(services, regulator, lift))
    expect(orFail(await approve(held))).toMatchObject({ state: "approved" })
    orFail(await placeHold(services, regulator, { ...place, commandId: newId("command") }))

    await seal()
    const told = await sql<{ type: string }[]>`
      select convert_from(leaf, 'UTF8')::json->>'type' as type from sealed_facts where subject = ${held} order by version`
    expect(told.map(({ type }) => type)).toEqual(["erasure.requested@1", "erasure.held@1", "data.erased@1"])
    // A trade under way keeps what its sides are, without a date.
    expect(orFail(await approve(erasure))).toMatchObject({ state: "held", rule: "identity", until: null })
    expect(await approve(erasure)).toMatchObject({
      refused: "retention_not_over",
      detail: { rule: "identity" },
    })
    expect((await loadParty(sql, trader.party))?.bankAccount).not.toBeNull()
  })

  test("is asked for by its administrator or the operator, and decided by another operator", async () => {
    const { actor, party } = await verified()
    const input = {
      commandId: newId("command"),
      kind: "field" as const,
      subject: party,
      field: "evidence" as const,
      ...why,
    }
    const stranger = await desk.party("buyer")
    expect(await requestErasure(services, stranger, input)).toMatchObject(refused("not_found"))
    expect(await requestErasure(services, { ...actor, memberRole: "approver" }, input)).toMatchObject(
      refused("member_role_not_allowed"),
    )
    expect(await requestErasure(services, { kind: "anonymous" }, input)).toMatchObject(
      refused("not_signed_in"),
    )
    const own = await asked(operator, { subject: party, field: "evidence" } as never)
    expect(await approve(own)).toMatchObject(refused("erasure_own_request"))
    expect(await approve(own, actor)).toMatchObject(refused("role_not_allowed"))
    const colleague = { ...operator, user: newId("user") }
    const seen = { commandId: newId("command"), erasure: own, version: 1 }
    expect(await approveErasure(services, colleague, { ...seen, version: 2 })).toMatchObject(
      refused("stale_version"),
    )
    orFail(await refuseErasure(services, colleague, { ...seen, reason: "needed", note: "still checked" }))
    expect(await approve(own, colleague)).toMatchObject(refused("erasure_state"))
    expect(orFail(await myErasures(services, operator)).find(({ id }) => id === own)).toMatchObject({
      state: "refused",
      refusal: { reason: "needed" },
    })
    expect(await erasureQueue(services, actor, { which: "waiting", after: null })).toMatchObject(
      refused("role_not_allowed"),
    )
    const waiting = await asked(actor, { field: "evidence" } as never)
    expect(
      orFail(await erasureQueue(services, operator, { which: "waiting", after: null })).erasures.map(
        ({ id }) => id,
      ),
    ).toContain(waiting)
  })
})

describe("a person's account", () => {
  test("is gone with its name, e-mail, sessions and seats", async () => {
    const { user, name, email } = await person()
    const actor: Actor = { kind: "person", user }
    const erasure = await asked(actor, { kind: "account", subject: null, field: undefined } as never)
    expect(await tablesWith(email)).toEqual(["public.users"])
    expect(orFail(await approve(erasure))).toMatchObject({ state: "approved" })
    await carryOutErasure(services, erasure)
    expect(await stateOf(erasure)).toBe("done")
    for (const word of [name, email]) {
      expect(await tablesWith(word)).toEqual([])
      expect(await filesWith(word, config.home)).toEqual([])
    }
    expect((await sql`select 1 from sessions where user_id = ${user}`).length).toBe(0)
    await deleteAccount(sql, user)
    expect(await report(await atHome((await exported()).file))).toMatchObject({
      code: 0,
      erased: { accounts: 1 },
    })
  })

  test("of the only administrator of a verified party stays, and of another person is not theirs to ask for", async () => {
    const { actor } = await verified()
    const erasure = await asked(actor, { kind: "account", subject: null, field: undefined } as never)
    expect(await approve(erasure)).toMatchObject(refused("last_administrator"))
    const { user } = await person()
    const input = { commandId: newId("command"), kind: "account" as const, subject: user, ...why }
    expect(await requestErasure(services, actor, input)).toMatchObject(refused("not_found"))
    expect(orFail(await requestErasure(services, operator, input))).toMatchObject({
      erasure: expect.any(String),
    })
  })

  test("of who acted in a trade is held until ten years after the trade has ended", async () => {
    await desk.agreed()
    const { buyer } = desk
    await sql`insert into users (id, name, email, created_at, updated_at) values (${buyer.user}, 'x', ${`${buyer.user}@example.org`}, now(), now())`
    const erasure = await asked(buyer, { kind: "account", subject: null, field: undefined } as never)
    expect(orFail(await approve(erasure))).toMatchObject({ state: "held", rule: "trade", until: null })
  })
})
