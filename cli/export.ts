import { randomBytes } from "node:crypto"
import { cp, mkdir, readdir, rm, stat } from "node:fs/promises"
import path from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { parseArgs } from "node:util"
import type { Sql } from "postgres"
import { type Id, isId, makeId } from "#contracts/ids.ts"
import { type FilterKind, filterKinds } from "#contracts/ledger/filter.ts"
import { sentence } from "#contracts/refusal.ts"
import type { ExportOrder, ExportSubject } from "#contracts/supervision.ts"
import { connect } from "#db/connect.ts"
import { exportFolder } from "#server/ledger/export/job.ts"
import { type ExportRun, insertRun, readRun } from "#server/ledger/export/run-store.ts"
import { databaseUrl, marketHome } from "./market-home.ts"

const usage = `Usage: quanheng export --out DIR [--from POSITION|TIME] [--to POSITION|TIME] [--reason TEXT]
       quanheng export --out DIR (--trade ID | --listing ID | --party ID) [--reason TEXT]

Writes the export bundle into DIR, which must be empty or new. The market must be running, for its worker signs
the bundle; its data folder is QUANHENG_HOME (.quanheng), its database DATABASE_URL or the embedded one.
The range is half-open: positions of records, or ISO times such as 2026-11-24T08:00:00Z.
With --trade, --listing or --party the bundle holds all records of that one thing, and the proof that these are all.
`

/** What was asked for cannot be done: told in one line, never as a stack. */
class ExportFailure extends Error {}

const noWorkerMs = 30_000

export async function run(args: string[]): Promise<number> {
  try {
    const { values } = parseArgs({
      args,
      options: {
        out: { type: "string" },
        from: { type: "string" },
        to: { type: "string" },
        trade: { type: "string" },
        listing: { type: "string" },
        party: { type: "string" },
        reason: { type: "string", default: "operator's export" },
        help: { type: "boolean", short: "h", default: false },
      },
    })
    if (values.help || values.out === undefined) {
      process.stdout.write(usage)
      return values.help ? 0 : 2
    }
    const { from = null, to = null, reason } = values
    await exportTo(path.resolve(values.out), { from, to, subject: subjectOf(values), reason })
    return 0
  } catch (error) {
    process.stderr.write(`quanheng export: ${error instanceof Error ? error.message : "unknown error"}\n`)
    return 2
  }
}

type Asked = Pick<ExportOrder, "from" | "to" | "reason"> & { subject: ExportSubject | null }

function subjectOf(
  values: Partial<Record<FilterKind, string>> & { from?: string; to?: string },
): ExportSubject | null {
  const asked = filterKinds.flatMap((kind) =>
    values[kind] === undefined ? [] : [{ kind, id: values[kind] }],
  )
  const [subject, ...others] = asked
  if (subject === undefined) return null
  if (others.length > 0 || values.from !== undefined || values.to !== undefined)
    throw new ExportFailure("one of --trade, --listing, --party, without --from and --to")
  if (!isId(subject.kind, subject.id)) throw new ExportFailure(`${subject.id} is no id of a ${subject.kind}`)
  return subject
}

async function exportTo(out: string, asked: Asked): Promise<void> {
  const home = marketHome()
  await mkdir(out, { recursive: true })
  if ((await readdir(out)).length > 0) throw new ExportFailure(`${out} is not empty`)
  const sql = connect(await databaseUrl(home), { connections: 1, name: "quanheng-export" })
  try {
    const id = makeId("export", Date.now(), randomBytes(10))
    await insertRun(sql, id, { ...asked, role: "operator", party: null, user: null, form: "folder" })
    await untilDone(sql, id)
    const folder = exportFolder(home, id)
    await stat(folder).catch(() => {
      throw new ExportFailure(`the bundle is not in ${folder}: is QUANHENG_HOME the worker's data folder?`)
    })
    await cp(folder, out, { recursive: true })
    await rm(folder, { recursive: true, force: true })
    process.stdout.write(`${out}\n`)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** Waits for the worker; gives up when it shows no sign of life. */
async function untilDone(sql: Sql, id: Id<"export">): Promise<void> {
  let seen = -1
  for (let quietMs = 0; quietMs < noWorkerMs; quietMs += 200) {
    const run = await readRun(sql, id)
    if (run === null) throw new ExportFailure("the export was removed")
    if (run.state === "failed") throw new ExportFailure(reasonOf(run))
    if (run.state === "done") return
    if (run.done !== seen) quietMs = 0
    seen = run.done
    if (process.stderr.isTTY && run.total > 0)
      process.stderr.write(`\r${run.done} of ${run.total} records${run.done === run.total ? "\n" : ""}`)
    await delay(200)
  }
  throw new ExportFailure("the market's worker does not answer: is it running?")
}

const reasonOf = ({ failure }: ExportRun): string =>
  failure === null ? "it failed" : sentence(failure, /^zh/i.test(process.env.LANG ?? "") ? "zh" : "en")
