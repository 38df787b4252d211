import { randomBytes } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll } from "vitest"
import type { PartyRole, UserActor } from "#contracts/actor.ts"
import { contentHash } from "#contracts/content-hash.ts"
import { type VersionManifest, versionHash } from "#contracts/dataset.ts"
import { plainSchedule } from "#contracts/fees.ts"
import { type Id, type IdKind, makeId } from "#contracts/ids.ts"
import { type Listing, listingTerms, type Plan } from "#contracts/listing.ts"
import type { Money } from "#contracts/money.ts"
import type { Party } from "#contracts/party.ts"
import type { Registration, RightsEvidence } from "#contracts/registration.ts"
import { type Remit, wholeRemit } from "#contracts/remit.ts"
import { policyOfLicence } from "#contracts/rights/licences.ts"
import { openEvidence } from "#contracts/rights/rights.test-data.ts"
import type { RightsPolicy } from "#contracts/rights.ts"
import type { PlanTax } from "#contracts/tax.ts"
import { currentTemplate } from "#contracts/templates/catalogue.ts"
import { dayMs, type Time, toMs, toTime } from "#contracts/time.ts"
import { type TestDatabase, testDatabase } from "#db/test-database.ts"
import { editRow } from "#db/test-rows.ts"
import { startHarness } from "../sandbox/stripe/harness.ts"
import { makeKeyRing } from "./commit/key-ring.ts"
import { openValueKeys, valueKeyFile } from "./commit/value-keys.ts"
import { Writer } from "./commit.ts"
import { type Change, decide, type PendingFact } from "./decision.ts"
import { balanceRail } from "./payments/balance-rail.ts"
import { makeBankRail } from "./payments/bank-rail.ts"
import { makeCardRail } from "./payments/card-rail.ts"
import { makeStripeProvider } from "./payments/stripe.ts"
import "./payments/testing/quick-retries.ts"
import type { Services } from "./services.ts"
import { makeDiskStore } from "./storage/disk.ts"

const must = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw new Error("missing")
  return value
}

const authorised = (feeCapBasisPoints: number): Pick<RightsEvidence, "authorisedOperation"> => ({
  authorisedOperation: {
    agency: "Data bureau",
    agreement: {
      title: "Agreement",
      issuer: null,
      number: "2026-7",
      url: null,
      sha256: "d".repeat(64),
    },
    scope: "Weather",
    from: "2026-01-01T00:00:00.000Z" as Time,
    until: "2030-01-01T00:00:00.000Z" as Time,
    feeCapBasisPoints,
  },
})

/**
 * A market for tests: a fresh database, the Stripe sandbox in this process, and makers of parties and listings
 * that go through the writer like everything else.
 */
export async function testMarket(
  options: {
    movableClock?: boolean
    sandbox?: Parameters<typeof startHarness>[0]
    /** How often the SDK repeats a call that a fault met, after half a second and more; 2 where it is left out. */
    retries?: number
    /** A market that is there already: its database, its data folder and the key to it. */
    from?: { database: TestDatabase; home: string; masterKey: Buffer }
  } = {},
) {
  const { sql, db, owner, servingUrl } = options.from?.database ?? (await testDatabase(options))
  const harness = await startHarness(options.sandbox)
  afterAll(() => harness.close())
  const masterKey = options.from?.masterKey ?? randomBytes(32)
  const home = options.from?.home ?? mkdtempSync(join(tmpdir(), "quanheng-market-"))
  afterAll(() => rmSync(home, { recursive: true, force: true }))
  const values = await openValueKeys(valueKeyFile(home), async () => options.from !== undefined)
  const keys = makeKeyRing(sql, masterKey, values)
  const writer = await new Writer(sql, keys).start()
  const webhookSecret = "whsec_test"
  const provider = makeStripeProvider({
    secretKey: "sk_test_market",
    webhookSecret,
    apiBase: harness.sandbox.origin,
    production: false,
    timeoutMs: 3_000,
    ...(options.retries === undefined ? {} : { retries: options.retries }),
  })
  const newId = <K extends IdKind>(kind: K): Id<K> => makeId(kind, toMs(writer.now()), randomBytes(10))
  const services: Services = {
    sql,
    db,
    writer,
    keys,
    provider,
    newId,
    files: makeDiskStore(join(home, "files")),
    rails: {
      card: makeCardRail(sql, provider, () => writer.now()),
      bank: makeBankRail("6222 0000"),
      balance: balanceRail,
    },
    config: {
      home,
      publicUrl: "http://127.0.0.1:3000",
      masterKey,
      authSecret: "test-secret-of-at-least-32-characters",
      marketName: { original: "en", en: "Test market", zh: "测试市场" },
      fundsHolder: { original: "en", en: "the operator" },
      bankAccount: "6222 0000",
      feeSchedule: plainSchedule(1_000),
      proxies: 0,
      witnesses: [],
      production: false,
    },
  }

  /** Commits rows as given, each with its fact, in one decision. */
  async function write(rows: { change: Change; fact: PendingFact }[]): Promise<void> {
    const decision = decide({
      changes: rows.map(({ change }) => change),
      facts: rows.map(({ fact }) => fact),
    })
    const [outcome] = await writer.commit([
      { command: { giver: "system", id: newId("command"), digest: "test" }, decision },
    ])
    if (outcome?.kind !== "written") throw new Error(`not written: ${outcome?.kind}`)
  }

  let made = 0

  /** A party with one user, verified unless told; sellers can be paid by card and by bank. */
  async function party(
    role: PartyRole,
    options: { verified?: boolean; remit?: Remit; country?: string; division?: string } = {},
  ): Promise<UserActor> {
    made++
    const id = newId("party")
    const user = newId("user")
    const now = writer.now()
    const row: Party = {
      id,
      version: 1,
      state: (options.verified ?? true) ? "verified" : "registered",
      name: { original: "en", en: `Party ${made}`, zh: `主体${made}` },
      country: options.country ?? "CN",
      roles: [role],
      identifierKind: (options.country ?? "CN") === "CN" ? "creditCode" : "vat",
      identifier: `91${options.division ?? "35"}021TEST${made.toString().padStart(7, "0")}`,
      authorisedPerson: "—",
      verification:
        (options.verified ?? true)
          ? { method: "registryExtract", evidence: "test", by: user, at: now }
          : null,
      rejection: null,
      payee: role === "seller" ? await harness.payee() : null,
      bankAccount: role === "seller" ? "6222 1111" : null,
      frozenBy: null,
      ...(role === "regulator" ? { remit: options.remit ?? wholeRemit } : {}),
      registeredAt: now,
      updatedAt: now,
    }
    const fact: PendingFact = {
      type: "party.registered@1",
      subject: { noun: "party", id, version: 1 },
      threads: [{ party: id }],
      actor: { role: "system", job: "test" },
      occurredAt: now,
      body: { version: 1, roles: [role] },
      secret: { name: row.name, country: row.country, identifier: row.identifier },
      owner: id,
      readers: [id],
    }
    await write([{ change: { noun: "party", row }, fact }])
    const { remit } = row
    const actor = { kind: "user", user, party: id, roles: [role], memberRole: "administrator" } as const
    return remit ? { ...actor, remit } : actor
  }

  /** A published listing of a seller, of public-domain data. */
  async function listing(
    seller: UserActor,
    terms: {
      price: Money
      seats?: number | null
      approval?: boolean
      tax?: PlanTax
      /** Public data whose authorisation says how much of a price the market may take, in basis points. */
      feeCap?: number
      /** Of the version: what its manifest names. Nothing is stored of it. */
      file?: { name: string; sha256: string; bytes: number }
      policy?: RightsPolicy
    },
  ): Promise<{
    listing: Id<"listing">
    plan: Id<"plan">
    product: Id<"product">
    datasetVersion: Id<"version">
  }> {
    const now = writer.now()
    const manifest: VersionManifest = {
      v: 1,
      files: [
        {
          ...(terms.file ?? { name: "rain.csv", sha256: "a".repeat(64), bytes: 12 }),
          reading: { format: "csv", encoding: "utf-8", delimiter: ",", header: true },
        },
      ],
      rows: 1,
      columns: [{ name: "mm", type: "integer" }],
    }
    const hash = versionHash(manifest)
    const [product, datasetVersion, dataset] = [newId("product"), newId("version"), newId("dataset")]
    await sql`insert into dataset_versions (id, dataset, party, product, number, state, manifest, hash)
      values (${datasetVersion}, ${dataset}, ${seller.party}, ${product}, 1, 'measured', ${JSON.stringify(manifest)}::jsonb, ${hash})`
    const title = { original: "en", en: "Rainfall", zh: "降水" } as const
    const evidence =
      terms.feeCap === undefined ? openEvidence : { ...openEvidence, ...authorised(terms.feeCap) }
    const registration: Registration = {
      id: newId("registration"),
      version: 1,
      state: "approved",
      party: seller.party,
      product,
      form: "file",
      title,
      datasetVersion,
      versionHash: hash,
      evidence,
      termsHash: contentHash(["file", title, evidence]),
      number: "QH-2026-TEST",
      rejection: null,
      reviewedBy: null,
      submittedAt: now,
      updatedAt: now,
    }
    const template = must(currentTemplate("data-supply"))
    const plan: Plan = {
      id: newId("plan"),
      kind: terms.price.minor === "0" ? "free" : "one-off",
      price: terms.price,
      seats: terms.seats ?? null,
      approval: terms.approval ?? false,
      ...(terms.tax ? { tax: terms.tax } : {}),
      template: { id: "data-supply", version: template.version, hash: template.hash },
      deliveryHours: 72,
      acceptanceHours: 168,
    }
    if (plan.seats !== null) await sql`insert into seats (plan, free) values (${plan.id}, ${plan.seats})`
    const policy = terms.policy ?? must(policyOfLicence("us-public-domain", "NOAA"))
    const draft = {
      id: newId("listing"),
      version: 1,
      state: "published",
      seller: seller.party,
      registration: registration.id,
      product,
      datasetVersion,
      versionHash: hash,
      form: "file",
      format: "csv",
      title,
      description: { original: "en", en: "Rainfall by station." },
      domain: "environment",
      policy,
      policyHash: contentHash(policy),
      plans: [plan],
      frozenBy: null,
      publishedAt: now,
      withdrawnAt: null,
      updatedAt: now,
    } as const
    const row: Listing = {
      ...draft,
      plans: [plan],
      termsHash: contentHash(listingTerms({ ...draft, plans: [plan] })),
    }
    const common = {
      actor: { role: "system", job: "test" },
      occurredAt: now,
      owner: seller.party,
      readers: [seller.party],
    } as const
    await write([
      {
        change: { noun: "registration", row: registration },
        fact: {
          ...common,
          type: "registration.approved@1",
          subject: { noun: "registration", id: registration.id, version: 1 },
          threads: [{ id: registration.id }],
          readers: [seller.party],
          body: { version: 1, versionHash: hash, number: "QH-2026-TEST" },
          secret: {},
        },
      },
      {
        change: { noun: "listing", row },
        fact: {
          ...common,
          type: "listing.published@1",
          subject: { noun: "listing", id: row.id, version: 1 },
          threads: [{ id: row.id }],
          readers: [seller.party],
          body: {
            version: 1,
            registration: registration.id,
            versionHash: hash,
            policyHash: row.policyHash,
            termsHash: row.termsHash,
          },
          secret: {},
        },
      },
    ])
    return { listing: row.id, plan: plan.id, product, datasetVersion }
  }

  /** Lets every deadline of a trade be over. */
  const passTime = (trade: string) =>
    editRow(owner.sql, "trade", trade, "deadline", toTime(toMs(writer.now()) - dayMs))

  return { services, harness, owner, servingUrl, webhookSecret, party, listing, write, passTime }
}
