import { rm } from "node:fs/promises"
import type { Erasure } from "#contracts/erasure.ts"
import { type Id, isId } from "#contracts/ids.ts"
import { isRefusal, refuse, transient } from "#contracts/refusal.ts"
import { deleteAccount } from "../access/store.ts"
import { encryptValues } from "../commit/finish-fact.ts"
import { exportFolder, exportZip } from "../ledger/export/job.ts"
import { readOperatorParty } from "../ledger/export/run-store.ts"
import { nonceOf, openDisclosure } from "../ledger/open-disclosure.ts"
import type { Services } from "../services.ts"
import { removeProduct } from "./product-job.ts"
import { productParty } from "./product-store.ts"
import { finishErasure } from "./rules.ts"
import type { Before } from "./steps.ts"
import * as store from "./store.ts"

type Needs = Pick<Services, "sql" | "writer" | "keys" | "config" | "files">

/**
 * Removes what an erasure has erased: the fact stands already, so from then on only this job is left. Each step may
 * be done twice, and one that was cut off is done by the next run: values and salts out of the database, together
 * with a note of the keys they had; those keys destroyed; finished bundles that hold them deleted; and then told.
 */
export async function carryOutErasure(
  services: Needs,
  id: Id<"erasure">,
  before: Before = async () => {},
): Promise<void> {
  const erasure = await store.loadErasure(services.sql, id)
  if (erasure?.state !== "approved") return
  const { subject } = erasure
  if (isId("user", subject)) {
    await before("account")
    await deleteAccount(services.sql, subject)
  } else if (isId("product", subject)) await removeProduct(services, id, subject, before)
  else await eraseValues(services, erasure, before)
  await before("finish")
  const owner = await ownerOf(services.sql, erasure)
  const answer = await services.writer.run(
    { giver: "system", id: `erase:${id}`, action: "erasure.finish", input: { erasure: id } },
    async () => (await store.loadErasure(services.sql, id)) ?? refuse("not_found"),
    (found, now) => (owner === null ? refuse("no_party") : finishErasure(found, owner, now)),
  )
  if (isRefusal(answer) && transient(answer.refused))
    throw new Error(`the erasure ${id} was not finished: ${answer.refused}`)
}

/** Whose key keeps what the records of an erasure hold confidential. */
export async function ownerOf(
  sql: Services["sql"],
  { subject, party }: Pick<Erasure, "subject" | "party">,
): Promise<Id<"party"> | null> {
  if (isId("party", subject)) return subject
  if (isId("product", subject)) return productParty(sql, subject)
  return party ?? (await readOperatorParty(sql))
}

async function eraseValues(services: Needs, erasure: Erasure, before: Before): Promise<void> {
  const { sql, keys, config } = services
  const { id, subject, places } = erasure
  if (places.length === 0) return
  await before("values")
  await removeValues(services, erasure)
  await before("keys")
  await keys.destroy(await store.notedKeys(sql, id))
  await before("notes")
  await store.forgetKeys(sql, id)
  await before("bundles")
  const withdrawn = await store.withdrawExports(
    sql,
    subject,
    places.map(({ index }) => index),
  )
  for (const one of withdrawn) {
    await rm(exportZip(config.home, one), { force: true })
    await rm(exportFolder(config.home, one), { recursive: true, force: true })
  }
}

/**
 * What else the same facts keep confidential is encrypted anew, under keys of its own, in the transaction that
 * forgets the old ones.
 */
async function removeValues({ sql, keys }: Needs, { id, places }: Erasure): Promise<void> {
  const erased = new Map<string, Set<string>>()
  for (const { subject, version, path } of places) {
    const name = `${subject}@${version}`
    erased.set(name, (erased.get(name) ?? new Set()).add(path))
  }
  await sql.begin(async (transaction) => {
    const rows = await store.lockDisclosures(transaction, places)
    await keys.load(rows.map(({ owner }) => owner))
    const doomed = new Map<string, Uint8Array>()
    const rewrite = async (row: store.StoredDisclosure, without: ReadonlySet<string>) => {
      const left = openDisclosure(row, keys.of(row.owner)).filter(([path]) => !without.has(path))
      const context = `${row.subject}@${row.version}:${row.owner}`
      await store.writeDisclosure(
        transaction,
        row,
        left.length === 0 ? null : encryptValues(JSON.stringify(left), keys.of(row.owner), context),
      )
    }
    for (const row of rows) {
      const without = erased.get(`${row.subject}@${row.version}`) ?? new Set()
      const held = openDisclosure(row, keys.of(row.owner))
      if (!held.some(([path]) => without.has(path))) continue
      if (row.sealed[0] === 2) {
        const address = nonceOf(row.sealed).slice(0, 4)
        doomed.set(Buffer.from(address).toString("hex"), address)
      }
      await rewrite(row, without)
    }
    const addresses = [...doomed.values()]
    if (addresses.length === 0) return
    const sharing = await store.lockSharing(transaction, addresses)
    await keys.load(sharing.map(({ owner }) => owner))
    for (const row of sharing) await rewrite(row, new Set())
    await store.noteKeys(transaction, id, addresses)
  })
}
