import { toHex } from "../bytes.ts"
import {
  CanonicalJsonError,
  canonicalJson,
  isMemberName,
  type Json,
  parseCanonical,
} from "../canonical-json.ts"
import { isTime, type Time } from "../time.ts"
import { type Malformed, malformed } from "./malformed.ts"
import type { Sha256 } from "./ports.ts"

/**
 * The leaf: the bytes that are hashed, chained and published, one RFC 8785 object:
 *
 *     {"actor":…,"at":"…","body":{…},"index":7,"log":"…","occurredAt":"…","prev":"<hex>","threads":[…],"type":"…","v":1}
 *
 * A leaf is encoded once, when it is sealed; after that only its bytes count, and parsing is a view of them.
 * `v`, `log`, `index` and `prev` keep their meaning in every later version, so that an old reader can still
 * follow the chain of records that it does not understand.
 */
export type Leaf = {
  readonly v: 1
  readonly log: string
  readonly index: number
  /** Lower-case hex leaf hash of the record before; 64 zeros at index 0. */
  readonly prev: string
  readonly occurredAt: Time
  readonly at: Time
  readonly type: string
  readonly threads: readonly Thread[]
  readonly actor: LeafActor
  readonly body: LeafBody
}

/** This is the n-th record (from 1) of that key, and the one before lies at that index (null at n = 1). */
export type Thread = readonly [key: string, n: number, prevIndex: number | null]

export type Commitment = { readonly commit: string }
export type LeafActor =
  | { readonly role: string; readonly commit: string }
  | { readonly role: "system"; readonly job: string }
export type LeafBody = { readonly [name: string]: Json | Commitment }

/** What every version of a leaf holds. */
export type Envelope = {
  readonly v: number
  readonly log: string
  readonly index: number
  readonly prev: string
}

export type DecodedLeaf = { readonly leaf: Leaf } | { readonly unknownVersion: Envelope } | Malformed

export const leafVersion = 1
export const maxLeafBytes = 32 * 1024
export const firstPrev = "0".repeat(64)

const originForm = /^[\x21-\x2a\x2c-\x7e]{1,128}$/
const hashForm = /^[0-9a-f]{64}$/
const typeForm = /^[a-z][a-zA-Z0-9_]*(?:\.[a-z][a-zA-Z0-9_]*)+@[1-9][0-9]{0,5}$/
const keyForm = /^[\x21-\x7e]{1,128}$/
const wordForm = /^[a-zA-Z][a-zA-Z0-9_.:-]{0,63}$/
const memberNames = "actor,at,body,index,log,occurredAt,prev,threads,type,v"

/** An origin (a log's name): printable ASCII without space and plus, so that it can also be a key name. */
export const isOrigin = (text: unknown): text is string => typeof text === "string" && originForm.test(text)

export const isHash = (text: unknown): text is string => typeof text === "string" && hashForm.test(text)

/**
 * Writes the members in canonical order directly, which is about twice as fast as a general canonicaliser and
 * gives the same text (a property test compares them). Throws CanonicalJsonError on a body that JSON cannot hold.
 * The caller has checked sizes and forms; `decodeLeaf` of the result checks them again before it is sealed.
 */
export function encodeLeaf(leaf: Leaf): string {
  const { threads, log, occurredAt, at, prev, type } = leaf
  return frameLeaf({
    ...leaf,
    log: inner(log),
    occurredAt: inner(occurredAt),
    at: inner(at),
    prev: inner(prev),
    type: inner(type),
    threads: threads.map(([key, n, prevIndex]): Thread => [inner(key), n, prevIndex]),
    actor: encodeActor(leaf.actor),
    body: encodeBody(leaf.body),
  })
}

/** A leaf of which all text stands ready: actor and body in canonical form, strings as they stand between their quotes. */
export type LeafTexts = Omit<Leaf, "actor" | "body" | "at" | "occurredAt"> & {
  readonly at: string
  readonly occurredAt: string
  readonly actor: string
  readonly body: string
}

/** Puts the texts in their places and proves nothing: `LeafScan` or `decodeLeaf` of the result does. */
export function frameLeaf(leaf: LeafTexts): string {
  let threads = ""
  for (const [key, n, prevIndex] of leaf.threads)
    threads += `${threads === "" ? "" : ","}["${key}",${n},${prevIndex}]`
  return `{"actor":${leaf.actor},"at":"${leaf.at}","body":${leaf.body},"index":${leaf.index},"log":"${leaf.log}","occurredAt":"${leaf.occurredAt}","prev":"${leaf.prev}","threads":[${threads}],"type":"${leaf.type}","v":${leaf.v}}`
}

const inner = (text: string): string => quote(text).slice(1, -1)

function quote(text: string): string {
  if (!text.isWellFormed()) throw new CanonicalJsonError("lone surrogate in a string")
  return JSON.stringify(text)
}

/** The actor alone, canonical. */
export function encodeActor(actor: LeafActor): string {
  if ("job" in actor) return `{"job":${quote(actor.job)},"role":"system"}`
  return `{"commit":${quote(actor.commit)},"role":${quote(actor.role)}}`
}

/** The body alone, canonical: what stands in the leaf. */
export function encodeBody(body: LeafBody): string {
  let text = ""
  for (const name of Object.keys(body).sort()) {
    if (!isMemberName(name)) throw new CanonicalJsonError("a member name is not printable ASCII")
    text += `${text === "" ? "" : ","}${JSON.stringify(name)}:${encodeValue(body[name])}`
  }
  return `{${text}}`
}

/** Strings and commitments are nearly all of every body, so they do not take the general way. */
function encodeValue(value: unknown): string {
  if (typeof value === "string") return quote(value)
  if (isCommitment(value)) return `{"commit":${quote(value.commit)}}`
  return canonicalJson(value)
}

export function isCommitment(value: unknown): value is Commitment {
  if (typeof value !== "object" || value === null) return false
  const names = Object.keys(value)
  return names.length === 1 && names[0] === "commit" && isHash((value as Commitment).commit)
}

/** Begins with 0x00 and holds a leaf for as long as it is hashed. */
const scratch = new Uint8Array(1 + maxLeafBytes)

/** SHA-256(0x00 ‖ leaf): RFC 6962 section 2.1. Chain and tree use the same hash. */
export function leafHash(leaf: Uint8Array, sha256: Sha256): Uint8Array {
  if (leaf.length <= maxLeafBytes) {
    scratch.set(leaf, 1)
    return sha256(scratch.subarray(0, leaf.length + 1))
  }
  const prefixed = new Uint8Array(leaf.length + 1)
  prefixed.set(leaf, 1)
  return sha256(prefixed)
}

export const leafHashHex = (leaf: Uint8Array, sha256: Sha256): string => toHex(leafHash(leaf, sha256))

const utf8Decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

/** Reads a leaf from outside, strictly: form, sizes, canonical encoding, no unknown members. Never throws. */
export function decodeLeaf(bytes: Uint8Array): DecodedLeaf {
  if (bytes.length > maxLeafBytes)
    return malformed(`a leaf of ${bytes.length} bytes; at most ${maxLeafBytes}`)
  let value: Json
  try {
    value = parseCanonical(utf8Decoder.decode(bytes))
  } catch (error) {
    return malformed(error instanceof CanonicalJsonError ? error.message : "not UTF-8")
  }
  if (!isObject(value)) return malformed("not a JSON object")
  const envelopeProblem = problemOfEnvelope(value)
  if (envelopeProblem !== null) return malformed(envelopeProblem)
  if (value.v !== leafVersion) return { unknownVersion: value as Envelope }
  const problem = problemOfMembers(value)
  if (problem !== null) return malformed(problem)
  return { leaf: value as Leaf }
}

type JsonObject = { readonly [name: string]: Json }

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

function problemOfEnvelope(value: JsonObject): string | null {
  if (!isCount(value.v) || value.v < 1) return "v is not a record version"
  if (!isOrigin(value.log)) return "log is not an origin"
  if (!isCount(value.index)) return "index is not a position"
  if (!isHash(value.prev)) return "prev is not a hash"
  return null
}

function problemOfMembers(value: JsonObject): string | null {
  if (Object.keys(value).join() !== memberNames) return "a member is missing or unknown"
  if (!isTime(value.occurredAt)) return "occurredAt is not a time"
  if (!isTime(value.at)) return "at is not a time"
  if (typeof value.type !== "string" || !typeForm.test(value.type)) return "type is not <name>@<version>"
  if (!isActor(value.actor)) return "actor has neither of its two forms"
  if (!isObject(value.body)) return "body is not an object"
  return problemOfThreads(value.threads, value.index as number)
}

function isActor(value: Json | undefined): boolean {
  if (!isObject(value)) return false
  const names = Object.keys(value).join()
  if (names === "job,role")
    return value.role === "system" && typeof value.job === "string" && wordForm.test(value.job)
  return (
    names === "commit,role" &&
    typeof value.role === "string" &&
    value.role !== "system" &&
    wordForm.test(value.role) &&
    isHash(value.commit)
  )
}

function problemOfThreads(value: Json | undefined, index: number): string | null {
  if (!Array.isArray(value)) return "threads is not a list"
  let before = ""
  for (const thread of value as readonly Json[]) {
    if (!Array.isArray(thread) || thread.length !== 3) return "a thread is not [key, n, prevIndex]"
    const [key, n, prevIndex] = thread as Json[]
    if (typeof key !== "string" || !keyForm.test(key)) return "a thread's key is not printable ASCII"
    if (key <= before) return "threads are not sorted by key"
    before = key
    if (!isCount(n) || n < 1) return "a thread's n does not count from 1"
    if (n === 1 ? prevIndex !== null : !isCount(prevIndex)) return "a thread's prevIndex does not fit its n"
    if (typeof prevIndex === "number" && prevIndex >= index) return "a thread points forward"
  }
  return null
}
