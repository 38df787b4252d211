import { mkdir, rm, stat } from "node:fs/promises"
import path from "node:path"
import type { Id } from "#contracts/ids.ts"
import { formatVerifierKey } from "#contracts/ledger/note.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { openSession } from "#db/connect.ts"
import type { Services } from "../../services.ts"
import { openLogKeys } from "../log-key.ts"
import { readLog } from "../log-store.ts"
import { type WrittenBundle, writeBundle } from "./bundle.ts"
import { recordExport } from "./rules.ts"
import * as store from "./run-store.ts"
import { readWholeBundle } from "./whole-bundle.ts"
import { zipFolder, zipLimits } from "./zip-folder.ts"

type ExportServices = Pick<Services, "sql" | "keys" | "writer" | "config">

const progressEveryMs = 500

export const exportFolder = (home: string, id: Id<"export">): string => path.join(home, "exports", id)
export const exportZip = (home: string, id: Id<"export">): string => `${exportFolder(home, id)}.zip`

/**
 * The worker's side of an export, safe to run twice: the bundle is written whole and made durable, then its record
 * is committed, then it is shown as ready. Each step that was done is not done again. Only the worker can do it, for only it has the key that signs the
 * manifest. What cannot be exported ends as a refusal of the run; a bug or a full disk is tried again. One at a time
 * writes an export: a worker that was taken for dead may go on, and two would write into one folder.
 */
export async function carryOutExport(services: ExportServices, id: Id<"export">): Promise<void> {
  const session = openSession(services.sql)
  const mustHold = (): void => {
    if (session.ended) throw new Error(`export ${id}: another worker may have begun it`)
  }
  try {
    if (!(await store.tryLock(session.sql, id))) throw new Error(`export ${id} is being written by another`)
    await carryOutAlone(services, id, mustHold)
  } finally {
    await session.close()
  }
}

/** `mustHold` throws when this is no longer the one that writes it. */
async function carryOutAlone(
  services: ExportServices,
  id: Id<"export">,
  mustHold: () => void,
): Promise<void> {
  const { sql, config } = services
  const run = await store.readRun(sql, id)
  if (run === null || run.state !== "waiting") return
  if (!(await store.isRecorded(sql, id))) {
    const refused = await make(services, run, mustHold)
    if (refused !== null) {
      await rm(exportFolder(config.home, id), { recursive: true, force: true })
      return store.failRun(sql, id, refused)
    }
  }
  if (run.order.form === "zip") await rm(exportFolder(config.home, id), { recursive: true, force: true })
  const made = await stat(
    run.order.form === "zip" ? exportZip(config.home, id) : exportFolder(config.home, id),
  )
  if (await store.finishRun(sql, id, made.size)) return
  await rm(exportFolder(config.home, id), { recursive: true, force: true })
  await rm(exportZip(config.home, id), { force: true })
}

async function make(
  services: ExportServices,
  run: store.ExportRun,
  mustHold: () => void,
): Promise<Refusal | null> {
  const { sql, keys, writer, config } = services
  const { id, order } = run
  const owner = order.party ?? (await store.readOperatorParty(sql))
  if (owner === null) return refuse("no_party")
  const log = await readLog(sql)
  if (log === null) return refuse("not_sealed_yet")
  const signers = (await openLogKeys({ home: config.home })).map((key) => key.signerOf(log.origin))
  const folder = exportFolder(config.home, id)
  await mkdir(path.dirname(folder), { recursive: true, mode: 0o700 })
  const note = pacedProgress((done, total) => store.noteProgress(sql, id, done, total))
  const progress = (done: number, total: number): Promise<void> => {
    mustHold()
    return note(done, total)
  }
  const ownKeys = signers.map(({ key }) => key)
  const written =
    (await readWholeBundle(folder, ownKeys, mustHold)) ??
    (await writeBundle({
      sql,
      keys,
      signerOf: (vkey) => signers.find(({ key }) => formatVerifierKey(key) === vkey) ?? null,
      order,
      now: writer.now(),
      folder,
      // With a zip to be packed afterwards, writing is the first half.
      progress: (done, total) => progress(done, order.form === "zip" ? 2 * total : total),
    }))
  if (isRefusal(written)) return written
  if (order.form === "zip") {
    const refused = await pack(services, id, written, progress)
    if (refused !== null) return refused
  }
  mustHold()
  const { range, size, manifestHash } = written
  const answer = await writer.run(
    { giver: "system", id: `export:${id}`, action: "ledger.export", input: { id, manifestHash } },
    async () => null,
    (_, now) => recordExport({ id, order, range, size, manifestHash, owner }, now),
  )
  return isRefusal(answer) ? answer : null
}

async function pack(
  { config }: ExportServices,
  id: Id<"export">,
  { files, bytes, range }: WrittenBundle,
  progress: (done: number, total: number) => Promise<void>,
): Promise<Refusal | null> {
  if (files > zipLimits.files) return refuse("range_invalid", "to", { files, bytes })
  const records = Math.max(range.to - range.from, 1)
  const share = (read: number) => Math.round(records * (1 + Math.min(1, read / Math.max(bytes, 1))))
  await zipFolder(exportFolder(config.home, id), exportZip(config.home, id), (read) =>
    progress(share(read), 2 * records),
  )
  return null
}

/** Passes on at most two reports a second. */
function pacedProgress(report: (done: number, total: number) => Promise<void>) {
  let last = Number.NEGATIVE_INFINITY
  return async (done: number, total: number): Promise<void> => {
    const now = performance.now()
    if (now - last < progressEveryMs) return
    last = now
    await report(done, total)
  }
}
