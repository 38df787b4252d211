import type { Sql } from "postgres"
import type { Actor } from "#contracts/actor.ts"
import { type BankLine, type MatchTarget, plainReference } from "#contracts/bank-file.ts"
import type { Id } from "#contracts/ids.ts"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import type { Services } from "../services.ts"
import { findItems } from "./kinds.ts"
import { type LineMatch, matchLines, type OpenItem, toldReferences } from "./match-rules.ts"
import {
  countOpenLines,
  type LineCard,
  type LineFilter,
  loadBankFile,
  loadFiles,
  loadLine,
  loadLines,
} from "./store.ts"

export { type LineCard, type LineFilter, lineFilters } from "./store.ts"

const pageSize = 50
/** So many lines one click confirms at most. */
const mostAtOnce = 200

/** What each open line of one file is. */
export async function matchesOf(sql: Sql, lines: readonly LineCard[]): Promise<Map<string, LineMatch>> {
  const open = lines.filter(({ state }) => state === "open")
  if (open.length === 0) return new Map()
  const references = [...new Set(open.flatMap(toldReferences))]
  return matchLines(open, await findItems(sql, { references }))
}

/** The imported statements, newest first. */
export async function bankFileList(
  { sql, writer, config }: Services,
  actor: Actor,
  { before }: { before: string | null },
) {
  const user = permit(actor, "bankFile.read")
  if (isRefusal(user)) return user
  const found = await loadFiles(sql, before, pageSize + 1)
  const files = found.slice(0, pageSize)
  const next = found.length > pageSize ? (files.at(-1)?.file.id ?? null) : null
  return { files, next, account: config.bankAccount, waiting: await countOpenLines(sql), now: writer.now() }
}

export type LineWithMatch = LineCard & { found: LineMatch | null }

/** One statement with its lines and what each is; `exact` is what one click can confirm. */
export async function bankFilePage(
  { sql, writer }: Services,
  actor: Actor,
  { file: id, show, page }: { file: Id<"bankFile">; show: LineFilter; page: number },
) {
  const user = permit(actor, "bankFile.read")
  if (isRefusal(user)) return user
  const file = await loadBankFile(sql, id)
  if (!file) return refuse("not_found", "bankFile")
  const all = await loadLines(sql, id)
  const matches = await matchesOf(sql, all)
  const lines = all.map((line): LineWithMatch => ({ ...line, found: matches.get(line.id) ?? null }))
  const shown = lines.filter(({ state }) => show === "all" || state === show)
  const exact = lines.flatMap(({ id: line, found }) =>
    found?.kind === "exact" ? { line, target: targetOf(found.item) } : [],
  )
  const count = (state: LineCard["state"]) => all.filter((line) => line.state === state).length
  return {
    file,
    lines: shown.slice(page * pageSize, (page + 1) * pageSize),
    pages: Math.max(1, Math.ceil(shown.length / pageSize)),
    counts: { open: count("open"), matched: count("matched"), aside: count("aside"), all: all.length },
    exact: exact.slice(0, mostAtOnce),
    exactInAll: exact.length,
    now: writer.now(),
  }
}

const targetOf = ({ kind, id, attempt }: OpenItem): MatchTarget => ({ kind, id, attempt })

/** So many of each kind are looked through for what has a line's amount. */
const mostWaiting = 500
const mostOffered = 20

/** One line with what it may be: what its own text, or the reference that somebody typed, names, and what has its amount. */
export async function bankLinePage(
  { sql, writer }: Services,
  actor: Actor,
  { line: id, reference }: { line: Id<"bankLine">; reference: string | null },
) {
  const user = permit(actor, "bankFile.read")
  if (isRefusal(user)) return user
  const line = await loadLine(sql, id)
  const file = line && (await loadBankFile(sql, line.file))
  if (!line || !file) return refuse("not_found", "bankLine")
  const found = (await matchesOf(sql, await loadLines(sql, line.file))).get(id) ?? null
  const items = line.state === "open" ? await offered(sql, line, reference) : []
  return { line: { ...line, found } satisfies LineWithMatch, file, items, now: writer.now() }
}

async function offered(sql: Sql, line: BankLine, reference: string | null): Promise<OpenItem[]> {
  const fits = (item: OpenItem) =>
    item.waiting &&
    item.direction === line.direction &&
    item.amount.currency === line.amount.currency &&
    (item.amount.minor === line.amount.minor ||
      (item.kind === "debt" && BigInt(line.amount.minor) < BigInt(item.amount.minor)))
  const asked = reference === null ? [] : toldReferences({ text: plainReference(reference) })
  if (reference !== null)
    return (await findItems(sql, { references: asked })).filter(fits).slice(0, mostOffered)
  const named = await findItems(sql, { references: toldReferences(line) })
  const waiting = await findItems(sql, { waiting: mostWaiting })
  const seen = new Set<string>()
  return [...named, ...waiting]
    .filter(fits)
    .filter(({ kind, id }) => !seen.has(`${kind} ${id}`) && seen.add(`${kind} ${id}`))
    .slice(0, mostOffered)
}

export const waitingLines = ({ sql }: Pick<Services, "sql">) => countOpenLines(sql)
