import { z } from "zod"
import type { Actor } from "#contracts/actor.ts"
import { type Id, isId } from "#contracts/ids.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { permit } from "../../access/permit.ts"
import type { Services } from "../../services.ts"
import { exportZip } from "./job.ts"
import * as store from "./run-store.ts"

const end = z.string().max(40).nullable()

export const requestExportInput = z.strictObject({
  /** Made by the caller, so that a repeated call asks once. */
  id: z.custom<Id<"export">>((text) => isId("export", text)),
  from: end,
  to: end,
  reason: z.string().trim().min(1).max(500),
})
export type RequestExport = z.infer<typeof requestExportInput>

type ExportServices = Pick<Services, "sql" | "config">

/**
 * Asks for a bundle of the records in a range (positions or ISO times, half-open; null: an end of the log). The
 * worker writes it; `readExport` tells how far it is. Only supervision and the operator may: it opens values.
 */
export async function requestExport(
  { sql }: ExportServices,
  actor: Actor,
  { id, from, to, reason }: RequestExport,
): Promise<store.ExportRun | Refusal> {
  const user = permit(actor, "ledger.export")
  if (isRefusal(user)) return user
  const role = user.roles.includes("regulator") ? "regulator" : "operator"
  const { party } = user
  await store.insertRun(sql, id, { from, to, reason, role, party, user: user.user, form: "zip" })
  return readExport({ sql }, actor, id)
}

/** One export of the actor's party. */
export async function readExport(
  { sql }: Pick<ExportServices, "sql">,
  actor: Actor,
  id: Id<"export">,
): Promise<store.ExportRun | Refusal> {
  const user = permit(actor, "ledger.export")
  if (isRefusal(user)) return user
  const run = await store.readRun(sql, id)
  return run !== null && run.party === user.party ? run : refuse("not_found")
}

/** The party's exports, newest first. */
export async function listExports(
  { sql }: Pick<ExportServices, "sql">,
  actor: Actor,
  { before, limit }: { before: Id<"export"> | null; limit: number },
): Promise<store.ExportRun[] | Refusal> {
  const user = permit(actor, "ledger.export")
  if (isRefusal(user)) return user
  return store.readRunsOfParty(sql, user.party, before, Math.min(limit, 100))
}

/** Where the finished zip of an export lies, for the door that streams it. Refuses one that is not ready. */
export async function openExport(
  services: ExportServices,
  actor: Actor,
  id: Id<"export">,
): Promise<{ file: string; bytes: number; name: string } | Refusal> {
  const run = await readExport(services, actor, id)
  if (isRefusal(run)) return run
  if (run.state !== "done" || run.bytes === null) return run.failure ?? refuse("not_sealed_yet")
  return { file: exportZip(services.config.home, id), bytes: run.bytes, name: `quanheng-${id}.zip` }
}
