import { hash } from "node:crypto"
import type { Account } from "#contracts/escrow.ts"
import type { Id } from "#contracts/ids.ts"
import { type Currency, isCurrency } from "#contracts/money.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Settlement } from "#contracts/settlement.ts"
import { dayMs, hourMs, minuteMs, type Time, toMs, toTime } from "#contracts/time.ts"
import { raiseAlerts, withdrawAlert, withdrawOthers } from "../alerts/store.ts"
import { readOperatorParty } from "../ledger/export/run-store.ts"
import { oneAtATime } from "../one-at-a-time.ts"
import { loadCursor, moveCursor } from "../payments/inbox-store.ts"
import type { BalanceEntry } from "../payments/provider.ts"
import { takeRandom } from "../random.ts"
import type { Services } from "../services.ts"
import { differences, tellBalances } from "./balances.ts"
import {
  keepLines,
  loadForeign,
  loadMissing,
  loadRecovered,
  loadSuspended,
  type OpenLine,
} from "./line-store.ts"
import { bookSettlement } from "./rules.ts"
import { beginRun, endRun, lastRunAt, loadBegun, runLock } from "./run-store.ts"
import {
  matchLines,
  ownLines,
  type Run,
  recoverLines,
  settleLines,
  sumSteps,
  suspendLines,
} from "./step-store.ts"

/** How long a line or a journal may be alone: the other side may be on its way. */
const patienceMs = hourMs

/** How long before its end the provider's book is read again: some lines show late. */
const overlapMs = 10 * minuteMs

/** Pages are small: several are written at once. */
const writeLines = 2_000

export type RunAnswer = { run: Id<"settlement">; lines: number; booked: boolean }

/**
 * Compares the book with the provider's own (MONEY §3.10): reads its new lines, finds each one's journal, books what
 * only the lines tell, and puts before somebody what the two tell differently. Nothing is mended by itself. What
 * another run had begun is booked first, so that a process may end at any place.
 */
export async function reconcile(
  services: Services,
  { patience = patienceMs }: { patience?: number } = {},
): Promise<RunAnswer | Refusal> {
  const { sql, provider } = services
  const begun = await loadBegun(sql, provider.name)
  if (begun) await finishRun(services, begun, 0, patience)
  const read = await readLines(services)
  if (isRefusal(read)) return read
  const id = await writeSteps(services, read, patience)
  if (isRefusal(id)) return id
  return finishRun(services, id, read, patience)
}

/** Answers how many lines were new. */
async function readLines({ sql, provider }: Services): Promise<number | Refusal> {
  const cursor = await loadCursor(sql, provider.name, "balance")
  const since = cursor === null ? 0 : toMs(cursor) - overlapMs
  let [lines, newest, waiting] = [0, null as Time | null, [] as BalanceEntry[]]
  for await (const page of provider.listBalance(toTime(since))) {
    if (!("ok" in page)) return refuse("provider_unavailable", "balance")
    newest ??= page.ok[0]?.at ?? null
    waiting.push(...page.ok)
    if (waiting.length < writeLines) continue
    lines += await keepLines(sql, provider.name, waiting)
    waiting = []
  }
  lines += await keepLines(sql, provider.name, waiting)
  // Only when all pages are here: they come newest first, and what is missing is older.
  if (newest !== null) await moveCursor(sql, provider.name, "balance", newest)
  return lines
}

/** Writes what becomes of the open lines, as the intent of what is then booked. Refused beside another process's run. */
async function writeSteps(
  { sql, provider, writer, newId }: Services,
  lines: number,
  patience: number,
): Promise<Id<"settlement"> | Refusal> {
  const [id, now] = [newId("settlement"), writer.now()]
  return oneAtATime(sql, runLock, async (transaction) => {
    if (await loadBegun(transaction, provider.name)) return refuse("too_busy")
    const last = await lastRunAt(transaction, provider.name)
    const run: Run = {
      settlement: id,
      provider: provider.name,
      // All that was there before the last run has been through it, or waits for at most `patience`.
      since: toTime(last === null ? 0 : last - patienceMs - dayMs),
      now,
      patience,
    }
    const matched = await matchLines(transaction, run)
    const recovered = await recoverLines(transaction, run)
    const own = await ownLines(transaction, run)
    const suspended = await suspendLines(transaction, run)
    const settled = await settleLines(transaction, run)
    await beginRun(transaction, {
      id,
      provider: provider.name,
      lines,
      matched: matched + recovered + own,
      suspended,
      settled,
    })
    return id
  })
}

/** Books what the steps of a run come to; where that is nothing there is nothing to tell. */
async function bookRun(services: Services, id: Id<"settlement">): Promise<boolean> {
  const { sql, provider, writer } = services
  const { lines, text, sums } = await sumSteps(sql, id)
  if (sums.length === 0) return false
  const owner = await readOperatorParty(sql)
  if (owner === null) throw new Error("a market without an operator books nothing")
  const nonce = takeRandom(16).toString("hex")
  const linesHash = hash("sha256", `${nonce},${text}\n`, "hex")
  const answer = await writer.run(
    { giver: "system", id: `settlement:${id}`, action: "settlement.book", input: { id } },
    async () => null,
    (_, at) => {
      const settlement: Settlement = {
        id,
        version: 1,
        provider: provider.name,
        lines,
        linesHash,
        nonce,
        at,
      }
      return bookSettlement(settlement, sums.map(readSum), { role: "system", job: "reconcile" }, owner)
    },
  )
  if (isRefusal(answer)) throw new Error(`the settlement ${id} is not booked: ${answer.refused}`)
  return true
}

function readSum({ account, currency, amount }: { account: string; currency: string; amount: string }) {
  if (!isCurrency(currency))
    throw new Error(`the provider has money in a currency not known here: ${currency}`)
  return { account: account as Account, currency: currency as Currency, amount: BigInt(amount) }
}

const alertOf =
  (code: string) =>
  ({ entry, ...detail }: OpenLine) => ({ kind: "line" as const, subject: entry, code, detail })

/** Tells what the two books do not agree on, and ends the run. */
async function finishRun(
  services: Services,
  id: Id<"settlement">,
  lines: number,
  patience: number,
): Promise<RunAnswer> {
  const { sql, provider, writer } = services
  const booked = await bookRun(services, id)
  await raiseAlerts(sql, (await loadSuspended(sql, id)).map(alertOf("line_unexplained")))
  for (const entry of await loadRecovered(sql, id)) await withdrawAlert(sql, "line", entry)
  await raiseAlerts(sql, (await loadForeign(sql, provider.name)).map(alertOf("currency_unknown")))
  const missing = await loadMissing(sql, toTime(toMs(writer.now()) - patience))
  await raiseAlerts(
    sql,
    missing.map(({ source, ...detail }) => ({
      kind: "journal" as const,
      subject: source,
      code: "journal_without_line",
      detail,
    })),
  )
  await withdrawOthers(
    sql,
    "journal",
    missing.map(({ source }) => source),
  )
  const balances = await differences(services)
  await tellBalances(sql, balances)
  await endRun(sql, id, { state: booked ? "booked" : "nothing", missing: missing.length, balances })
  return { run: id, lines, booked }
}

/** How often the two books are compared; what is found at once is booked at once. */
const everyMs = hourMs

/** The sweep: beside other workers one of them does it. */
export async function sweepReconciliation(services: Services): Promise<void> {
  const { sql, provider, writer } = services
  // What is booked has an owner; a market that nobody operates yet has nothing to compare.
  if ((await readOperatorParty(sql)) === null) return
  const last = await lastRunAt(sql, provider.name)
  if (last !== null && toMs(writer.now()) - last < everyMs - minuteMs) return
  const answer = await reconcile(services)
  if (isRefusal(answer) && answer.refused !== "too_busy")
    throw new Error(`the provider's book cannot be compared: ${answer.refused}`)
}
