import { parseArgs } from "node:util"
import { type RotationReason, rotationReasons } from "#contracts/ledger/rotation-reason.ts"
import { isRefusal, type Refusal, sentence } from "#contracts/refusal.ts"
import { connect } from "#db/connect.ts"
import { makeKeyRing } from "#server/commit/key-ring.ts"
import { Writer } from "#server/commit.ts"
import {
  endOverlap,
  formerKeys,
  type KeyPlace,
  readKeyState,
  startRotation,
  untilHandedOver,
} from "#server/ledger/keys/commands.ts"
import { databaseUrl, marketHome, masterKey } from "./market-home.ts"

const usage = `Usage: quanheng rotate-key --reason ${rotationReasons.join("|")}
       quanheng rotate-key --end
       quanheng rotate-key --list

Gives the log another signing key, on the machine that holds the keys (QUANHENG_HOME, .quanheng). The change is a
record, and the checkpoint that ends with it is signed by both keys, so that whoever has the old one is led to the
new. After that the old key signs beside the new one until --end destroys it: give witnesses and readers that time.
With --reason compromised it signs nothing more and is destroyed at once. The market must be running.

Back up keys/ of the data folder before --end, and take the old key out of the backups after it. docs/keys.md
tells more, also what to do when a key has been stolen or lost.
`

const handoverWaitMs = 30_000

export async function run(args: string[]): Promise<number> {
  try {
    const asked = readArguments(args)
    if (asked === null) {
      process.stdout.write(usage)
      return args.includes("--help") || args.includes("-h") ? 0 : 2
    }
    const home = marketHome()
    const sql = connect(await databaseUrl(home), { connections: 2, name: "quanheng-rotate-key" })
    try {
      const place = { sql, home }
      if (asked === "list") await list(place)
      else if (asked === "end") await end(place)
      else await rotate(place, asked)
      return 0
    } finally {
      await sql.end({ timeout: 1 })
    }
  } catch (error) {
    process.stderr.write(`quanheng rotate-key: ${error instanceof Error ? error.message : "unknown error"}\n`)
    return 2
  }
}

function readArguments(args: string[]): "list" | "end" | RotationReason | null {
  const { values } = parseArgs({
    args,
    options: {
      reason: { type: "string" },
      end: { type: "boolean", default: false },
      list: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  })
  const { reason, end: ends, list: lists } = values
  if (values.help || [reason !== undefined, ends, lists].filter(Boolean).length !== 1) return null
  if (ends) return "end"
  if (lists) return "list"
  const known = rotationReasons.find((one) => one === reason)
  if (known === undefined) throw new Error(`--reason is one of ${rotationReasons.join(", ")}`)
  return known
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function rotate(place: KeyPlace, reason: RotationReason): Promise<void> {
  const { sql, home } = place
  const writer = await new Writer(sql, makeKeyRing(sql, await masterKey(home))).start()
  const started = okOrThrow(await startRotation({ sql, home, writer }, reason))
  say(`The log's new key: ${started.to}`)
  const turn = await untilHandedOver(sql, started.version, handoverWaitMs)
  if (turn === null)
    throw new Error(
      "the change is committed, but not sealed yet: is the market running? See --list in a while",
    )
  say(`Record ${turn.index}: the checkpoint of ${turn.index + 1} records is signed by both keys.`)
  if (reason === "compromised") await end(place)
  else say("The old key signs beside the new one until: quanheng rotate-key --end")
}

async function end(place: KeyPlace): Promise<void> {
  const destroyed = okOrThrow(await endOverlap(place))
  say(
    destroyed === 0
      ? "No former key is here."
      : `${destroyed} former key${destroyed === 1 ? "" : "s"} destroyed.`,
  )
}

async function list(place: KeyPlace): Promise<void> {
  const state = await readKeyState(place)
  if (state === null) throw new Error("this log has no key yet: start the market first")
  const { due, open, turns, kept } = state
  const here = (vkey: string): string => (kept.includes(vkey) ? "here" : "not here")
  for (const { from, to, index, reason, at } of turns)
    say(
      `${from}\n  given up in record ${index} (${at}, ${reason}) for ${to.split("+")[1]}; its private key is ${here(from)}`,
    )
  say(`${due}\n  signs; its private key is ${here(due)}`)
  if (open !== null) say(`${open.to}\n  takes its place as soon as the record of it is sealed and signed`)
  if (formerKeys(state).some((vkey) => kept.includes(vkey)))
    say("End the overlap with: quanheng rotate-key --end")
}

const language = /^zh/i.test(process.env.LANG ?? "") ? "zh" : "en"

function okOrThrow<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(sentence(answer, language))
  return answer
}
