import { z } from "zod"
import { type TradeState, tradeStates } from "../trade.ts"
import { type FactType, factTypes } from "./fact.ts"
import { factForms } from "./fact-forms.ts"
import type { Varying } from "./leaf-pattern.ts"
import { subjectPrefixes } from "./replay.ts"
import {
  afterCount,
  afterHash,
  afterLiteral,
  afterTimeForm,
  afterWord,
  idCharacter,
  isOf,
  letter,
  literal,
  plainCharacter,
} from "./scan-bytes.ts"

/** Reads one canonical value of a kind: the position after it, or -1, also where only the slow way can tell. */
type ValueScan = (bytes: Uint8Array, at: number) => number

const commitStart = literal(`{"commit":"`)
const commitEnd = literal(`"}`)
const nothing = literal("null")
const yes = literal("true")
const no = literal("false")
const zero = literal("0")

const quoted =
  (inner: ValueScan): ValueScan =>
  (bytes, at) => {
    if (bytes[at] !== 0x22) return -1
    const end = inner(bytes, at + 1)
    return end < 0 || bytes[end] !== 0x22 ? -1 : end + 1
  }

const afterId: ValueScan = (bytes, at) => {
  for (let i = 0; i < 3; i++)
    if (!(isOf(bytes[at + i], letter) && isOf(bytes[at + i], idCharacter))) return -1
  if (bytes[at + 3] !== 0x5f) return -1
  for (let i = 4; i < 30; i++) if (!isOf(bytes[at + i], idCharacter)) return -1
  return at + 30
}

/** Text in which nothing is escaped. */
const afterPlain: ValueScan = (bytes, at) => {
  let end = at
  while (isOf(bytes[end], plainCharacter)) end++
  return end
}

/** A code is a word without the colon; one with a colon is left to the slow way. */
const afterCode: ValueScan = (bytes, at) => {
  const end = afterWord(bytes, at)
  for (let i = at; i < end; i++) if (bytes[i] === 0x3a) return -1
  return end
}

const afterVersion: ValueScan = (bytes, at) =>
  afterLiteral(bytes, at, zero) >= 0 ? -1 : afterCount(bytes, at)

const oneOf = (texts: readonly string[]): ValueScan => {
  const literals = texts.map((text) => literal(`"${text}"`))
  return (bytes, at) => {
    for (const text of literals) {
      const end = afterLiteral(bytes, at, text)
      if (end >= 0) return end
    }
    return -1
  }
}

const afterCommitment: ValueScan = (bytes, at) => {
  const start = afterLiteral(bytes, at, commitStart)
  const end = start < 0 ? -1 : afterHash(bytes, start)
  return end < 0 ? -1 : afterLiteral(bytes, end, commitEnd)
}

const eitherOf =
  (first: ValueScan, second: ValueScan): ValueScan =>
  (bytes, at) => {
    const end = first(bytes, at)
    return end < 0 ? second(bytes, at) : end
  }

const exactly =
  (text: Uint8Array): ValueScan =>
  (bytes, at) =>
    afterLiteral(bytes, at, text)

const listOf =
  (item: ValueScan): ValueScan =>
  (bytes, at) => {
    if (bytes[at] !== 0x5b) return -1
    if (bytes[at + 1] === 0x5d) return at + 2
    for (let end = item(bytes, at + 1); end >= 0; end = item(bytes, end + 1)) {
      if (bytes[end] === 0x5d) return end + 1
      if (bytes[end] !== 0x2c) return -1
    }
    return -1
  }

const scanOfForm = new Map<z.ZodType, ValueScan>([
  [factForms.hash, quoted(afterHash)],
  [factForms.code, quoted(afterCode)],
  [factForms.id, quoted(afterId)],
  [factForms.time, quoted(afterTimeForm)],
  [factForms.count, afterCount],
  [factForms.version, afterVersion],
])

/** How a schema of a fact's body is read; null where this file knows no way, and zod has to judge. */
function scanOf(schema: unknown): ValueScan | null {
  const known = scanOfForm.get(schema as z.ZodType)
  if (known !== undefined) return known
  if (schema instanceof z.ZodEnum) {
    const texts = schema.options.map(String)
    return texts.every((text) => /^[a-zA-Z]+$/.test(text)) ? oneOf(texts) : null
  }
  if (schema instanceof z.ZodString) return schema.def.checks === undefined ? quoted(afterPlain) : null
  if (schema instanceof z.ZodBoolean) return eitherOf(exactly(yes), exactly(no))
  if (schema instanceof z.ZodArray) return mapped(scanOf(schema.element), listOf)
  if (schema instanceof z.ZodNullable)
    return mapped(scanOf(schema.unwrap()), (inner) => eitherOf(exactly(nothing), inner))
  return null
}

const varyingOfForm = new Map<z.ZodType, Varying>([
  [factForms.hash, "hash"],
  [factForms.id, "id"],
  [factForms.time, "time"],
  [factForms.count, "count"],
  [factForms.version, "version"],
])

/** What of its values differs while their length does not; null: they are taken as they are. */
const varyingOf = (schema: unknown): Varying | null =>
  varyingOfForm.get((schema instanceof z.ZodNullable ? schema.unwrap() : schema) as z.ZodType) ?? null

const mapped = (scan: ValueScan | null, make: (scan: ValueScan) => ValueScan): ValueScan | null =>
  scan === null ? null : make(scan)

export type BodyScan = {
  readonly type: FactType
  readonly typeBytes: Uint8Array
  /** Whether it tells of the log itself, its map of threads or its keys: only the slow way compares that. */
  readonly isOfLog: boolean
  /** Whether it certifies a journal of the book. */
  readonly hasJournal: boolean
  /** What the fact is about: what stands before the dot of its type. */
  readonly noun: string
  /** What the key of its subject's thread begins with; the keys of some are blinded, and none begins like that. */
  readonly subjectPrefix: Uint8Array
  /** The body's members in canonical order: what stands before each value, and how it is read. */
  readonly members: readonly {
    readonly before: Uint8Array
    readonly scan: ValueScan
    readonly name: string
    readonly varying: Varying | null
  }[]
}

/** No body that is scanned has more members. */
export const mostMembers = 64

function bodyScanOf(type: FactType): BodyScan | null {
  const { clear, secret } = factTypes[type]
  const scans = new Map<string, { scan: ValueScan; varying: Varying | null }>()
  for (const [name, schema] of Object.entries(clear.shape)) {
    const scan = scanOf(schema)
    if (scan === null) return null
    scans.set(name, { scan, varying: varyingOf(schema) })
  }
  for (const name of secret as readonly string[])
    scans.set(name, { scan: afterCommitment, varying: "commitment" })
  if (scans.size > mostMembers) return null
  const members = [...scans]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, scan], i) => ({ name, ...scan, before: literal(`${i === 0 ? "{" : ","}"${name}":`) }))
  const [noun] = type.split(".") as [string]
  return {
    type,
    typeBytes: literal(type),
    isOfLog: noun === "index" || noun === "key",
    hasJournal: scans.has("journalHash"),
    noun,
    subjectPrefix: literal(subjectPrefixes[noun] ?? "\n"),
    members,
  }
}

/** A number for a short text; two types that share one would only make the second slow. */
function mixed(bytes: Uint8Array, start: number, end: number): number {
  let mix = end - start
  for (let i = start; i < end; i++) mix = (Math.imul(mix, 31) + (bytes[i] as number)) | 0
  return mix
}

const states = new Map<number, TradeState>()
for (const state of tradeStates) {
  const bytes = literal(state)
  states.set(mixed(bytes, 0, bytes.length), state)
}
if (states.size !== tradeStates.length) throw new Error("two states of a trade share a number")

/** Of a state that was read there. */
export const stateAt = (bytes: Uint8Array, start: number, end: number): TradeState =>
  states.get(mixed(bytes, start, end)) as TradeState

const scans = new Map<number, BodyScan>()
for (const type of Object.keys(factTypes) as FactType[]) {
  const scan = bodyScanOf(type)
  if (scan !== null) scans.set(mixed(scan.typeBytes, 0, scan.typeBytes.length), scan)
}

/** The scan of the type whose name stands there, if this file knows one. */
export function findBodyScan(bytes: Uint8Array, start: number, end: number): BodyScan | null {
  const scan = scans.get(mixed(bytes, start, end))
  if (scan?.typeBytes.length !== end - start) return null
  return afterLiteral(bytes, start, scan.typeBytes) === end ? scan : null
}

/** Which types of facts this file reads, for the test that says which it leaves to zod. */
export const scannedTypes = (): FactType[] => [...scans.values()].map(({ type }) => type)
