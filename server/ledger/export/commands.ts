import { z } from "zod"
import type { Actor, UserActor } from "#contracts/actor.ts"
import { type Id, type IdKind, isId } from "#contracts/ids.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { ExportOrder } from "#contracts/supervision.ts"
import { permit } from "../../access/permit.ts"
import { boundsOf, mayKnow } from "../../access/remit-store.ts"
import type { Services } from "../../services.ts"
import { exportZip } from "./job.ts"
import * as store from "./run-store.ts"
import { sidesOf } from "./threads.ts"

const idOf = <K extends IdKind>(kind: K) => z.custom<Id<K>>((text) => isId(kind, text))
const end = z.string().max(40).nullable()

export const requestExportInput = z.strictObject({
  /** Made by the caller, so that a repeated call asks once. */
  id: z.custom<Id<"export">>((text) => isId("export", text)),
  from: end,
  to: end,
  /** Of the whole log, all records of one thing instead of a range; then both ends are null. */
  subject: z
    .union([
      z.strictObject({ kind: z.literal("trade"), id: idOf("trade") }),
      z.strictObject({ kind: z.literal("listing"), id: idOf("listing") }),
      z.strictObject({ kind: z.literal("party"), id: idOf("party") }),
    ])
    .nullable()
    .default(null),
  reason: z.string().trim().min(1).max(500),
})
export type RequestExport = z.input<typeof requestExportInput>

type ExportServices = Pick<Services, "sql" | "config">

/**
 * Asks for a bundle of the records in a range (positions or ISO times, half-open; null: an end of the log). The
 * worker writes it; `readExport` tells how far it is. It opens values: supervision and the operator may have any, a
 * party those of its own trades: one trade, one of its listings, or all. Refuses `not_found` for what is not theirs.
 */
export async function requestExport(
  { sql }: ExportServices,
  actor: Actor,
  { id, from, to, subject = null, reason }: RequestExport,
): Promise<store.ExportRun | Refusal> {
  const user = permitExport(actor)
  if (isRefusal(user)) return user
  const { party } = user
  const role = roleOf(user)
  const supervises = role === "regulator" || role === "operator"
  if (subject === null && !supervises) return refuse("role_not_allowed")
  if (subject !== null) {
    if (from !== null || to !== null) return refuse("range_invalid", "from")
    const sides = await sidesOf(sql, subject)
    const may = supervises ? await mayKnow(sql, user, subject.id) : sides?.includes(party)
    if (sides === null || !may) return refuse("not_found", "subject")
  }
  const remit = boundsOf(user)
  const asked = { from, to, subject, reason, role, party, user: user.user, form: "zip" } as const
  await store.insertRun(sql, id, remit === null ? asked : { ...asked, remit })
  return readExport({ sql }, actor, id)
}

/** Whoever may export at all: what, `requestExport` asks. At supervision's desk nobody else may. */
function permitExport(actor: Actor, desk = false): UserActor | Refusal {
  const supervisor = permit(actor, "ledger.export")
  return isRefusal(supervisor) && !desk ? permit(actor, "ledger.exportOwn") : supervisor
}

const roleOf = ({ roles }: UserActor): ExportOrder["role"] =>
  (["regulator", "operator", "seller"] as const).find((role) => roles.includes(role)) ?? "buyer"

/** One export of the actor's party. */
export async function readExport(
  { sql }: Pick<ExportServices, "sql">,
  actor: Actor,
  id: Id<"export">,
  desk = false,
): Promise<store.ExportRun | Refusal> {
  const user = permitExport(actor, desk)
  if (isRefusal(user)) return user
  const run = await store.readRun(sql, id)
  return run !== null && run.party === user.party ? run : refuse("not_found")
}

/** The party's exports, newest first. */
export async function listExports(
  { sql }: Pick<ExportServices, "sql">,
  actor: Actor,
  { before, limit, desk = false }: { before: Id<"export"> | null; limit: number; desk?: boolean },
): Promise<store.ExportRun[] | Refusal> {
  const user = permitExport(actor, desk)
  if (isRefusal(user)) return user
  return store.readRunsOfParty(sql, user.party, before, Math.min(limit, 100))
}

/** Where the finished zip of an export lies, for the door that streams it. Refuses one that is not ready. */
export async function openExport(
  services: ExportServices,
  actor: Actor,
  id: Id<"export">,
): Promise<{ file: string; bytes: number; name: string; manifestHash: string } | Refusal> {
  const run = await readExport(services, actor, id)
  if (isRefusal(run)) return run
  if (run.state !== "done" || run.bytes === null || run.record === null)
    return run.failure ?? refuse("not_sealed_yet")
  const { manifestHash } = run.record
  return {
    file: exportZip(services.config.home, id),
    bytes: run.bytes,
    name: `quanheng-${id}.zip`,
    manifestHash,
  }
}
