import { execFile } from "node:child_process"
import { createWriteStream } from "node:fs"
import { stat } from "node:fs/promises"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { ReadableStream } from "node:stream/web"
import { setTimeout as delay } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import type { Id } from "#contracts/ids.ts"
import type { Report } from "#contracts/ledger/report.ts"
import { answerOf, type Visitor } from "#server/seed/visitor.ts"
import { newId } from "./buyer.ts"
import { DemoFailure } from "./market.ts"

const pollMs = 200
const patienceMs = 120_000
const program = fileURLToPath(new URL("../quanheng.ts", import.meta.url))

/** Waits until every record of the trade is sealed; gives their positions. */
export async function sealedRecords({ ask }: Visitor, trade: Id<"trade">): Promise<number[]> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += pollMs) {
    const { records } = await answerOf(ask.trades.page.query({ trade }))
    const sealed = records.flatMap(({ index }) => (index === null ? [] : [index]))
    if (sealed.length === records.length) return sealed
    await delay(pollMs)
  }
  throw new DemoFailure("the records of the trade are not sealed: the market's sequencer does not answer")
}

/** Asks for the whole log as the regulator does, waits, and downloads it. Gives its bytes. */
export async function takeExport({ ask, fetch }: Visitor, file: string, reason: string): Promise<number> {
  const id = newId("export")
  await ask.ledger.requestExport.mutate({ id, from: null, to: null, reason })
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const run = await answerOf(ask.ledger.export.query({ id }))
    if (run.state === "failed") throw new DemoFailure(`the export failed: ${run.failure?.refused}`)
    if (run.state === "done") break
    if (waitedMs > patienceMs) throw new DemoFailure("the export is not ready: does the worker run?")
    await delay(pollMs)
  }
  const answer = await fetch(`/api/exports/${id}`)
  if (!answer.ok || !answer.body) throw new DemoFailure(`the export could not be fetched (${answer.status})`)
  await pipeline(Readable.fromWeb(answer.body as ReadableStream<Uint8Array>), createWriteStream(file))
  return (await stat(file)).size
}

/** `quanheng verify` as a process of its own, which is given the two files and nothing else. */
export function verifyOffline(
  bundle: string,
  vkey: string,
): Promise<{ code: number; report: Report | null }> {
  return new Promise((resolve) => {
    const arguments_ = [program, "verify", bundle, "--vkey", vkey, "--json"]
    execFile(process.execPath, arguments_, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 2
      const text = stdout.trim()
      resolve({ code, report: text.startsWith("{") ? (JSON.parse(text) as Report) : null })
    })
  })
}
