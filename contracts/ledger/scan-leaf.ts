import { maxLeafBytes } from "./encoding.ts"
import { type BodyScan, findBodyScan, mostMembers } from "./scan-body.ts"
import {
  afterCount,
  afterHash,
  afterLiteral,
  afterSome,
  afterTime,
  afterWord,
  countIn,
  keyCharacter,
  literal,
} from "./scan-bytes.ts"

const actorCommit = literal('{"actor":{"commit":"')
const actorJob = literal('{"actor":{"job":"')
const role = literal('","role":"')
const system = literal("system")
const at = literal('"},"at":"')
const body = literal('","body":')
const emptyBody = literal("{")
const index = literal('},"index":')
const log = literal(',"log":"')
const occurredAt = literal('","occurredAt":"')
const prev = literal('","prev":"')
const threads = literal('","threads":[')
const type = literal('],"type":"')
const version = literal('","v":1}')
const nothing = literal("null")

/** Stands for an origin that JSON cannot hold as it is: no line has a line feed in it. */
const noOrigin = "\n"
const quote = 0x22
const maxThreads = 16
const timeLength = 24

/**
 * One pass over the bytes of a leaf, without making anything of them: proves that they are a leaf of version 1
 * with a body that fits its type, canonical, and notes where its parts lie. It reads only what nearly all records
 * are made of: plain ASCII, known types, integers of at most 15 digits. `false` says nothing: then `decodeLeaf`
 * and `problemOfBody` decide, and name what is wrong. A property test compares the two ways.
 *
 * One object is used for many records; its fields are those of the last one that was read.
 */
export class LeafScan {
  private readonly logBytes: Uint8Array
  bytes: Uint8Array = new Uint8Array(0)
  bodyScan: BodyScan | null = null
  index = 0
  /** Whether the actor is a job of the system; `role` is then the job's name. */
  system = false
  /** The subject's version, which every body has. */
  version = 0
  /** Where the hash of the journal is, in a body that has one. */
  journalHash = 0
  /** Of the body of a trade's fact. */
  state = 0
  stateEnd = 0
  /** The id of the payment that the body names; empty for null. */
  payment = 0
  paymentEnd = 0
  /** Where the commitment to the actor is, which is not the system. */
  actor = 0
  role = 0
  roleEnd = 0
  at = 0
  body = 0
  bodyEnd = 0
  indexAt = 0
  indexEnd = 0
  occurredAt = 0
  prev = 0
  /** Where the value of each member of the body is. */
  readonly member = new Int32Array(mostMembers)
  readonly memberEnd = new Int32Array(mostMembers)
  threads = 0
  readonly key = new Int32Array(maxThreads)
  readonly keyEnd = new Int32Array(maxThreads)
  /** Where n ends; it begins two bytes after its key's end. */
  readonly nEnd = new Int32Array(maxThreads)
  readonly n = new Float64Array(maxThreads)
  readonly prevEnd = new Int32Array(maxThreads)
  /** -1 for null. */
  readonly prevIndex = new Float64Array(maxThreads)

  /** `log` is the only origin that is read. */
  constructor(log: string) {
    this.logBytes = literal(/["\\]/.test(log) ? noOrigin : log)
  }

  scan(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start > maxLeafBytes) return false
    this.bytes = bytes
    const typeEnd = end - version.length
    this.bodyScan = this.findType(start, typeEnd)
    if (this.bodyScan === null) return false
    let p = this.scanActor(start)
    p = this.follow(p, at)
    this.at = p
    if (p < 0 || afterTime(bytes, p) < 0) return false
    p = this.follow(p + timeLength, body)
    if (p < 0) return false
    this.body = p
    p = this.scanBody(p, this.bodyScan)
    if (p < 0) return false
    this.bodyEnd = p + 1
    p = this.scanPlace(this.follow(p, index))
    p = p < 0 ? -1 : this.scanThreads(p)
    p = this.follow(p, type)
    p = this.follow(p, this.bodyScan.typeBytes)
    return this.follow(p, version) === end
  }

  private follow(p: number, expected: Uint8Array): number {
    return p < 0 ? -1 : afterLiteral(this.bytes, p, expected)
  }

  /** The type says how the body in front of it is read, so it is looked for from the end. */
  private findType(start: number, typeEnd: number): BodyScan | null {
    let typeStart = typeEnd
    while (typeStart > start && this.bytes[typeStart - 1] !== 0x22) typeStart--
    return typeEnd - typeStart > 100 ? null : findBodyScan(this.bytes, typeStart, typeEnd)
  }

  private scanActor(start: number): number {
    const { bytes } = this
    const commit = afterLiteral(bytes, start, actorCommit)
    this.system = commit < 0
    if (this.system) {
      this.role = afterLiteral(bytes, start, actorJob)
      this.roleEnd = this.role < 0 ? -1 : afterWord(bytes, this.role)
      return this.follow(this.follow(this.roleEnd, role), system)
    }
    this.actor = commit
    const hash = afterHash(bytes, commit)
    this.role = this.follow(hash, role)
    this.roleEnd = this.role < 0 ? -1 : afterWord(bytes, this.role)
    const isSystem = this.roleEnd - this.role === system.length && afterLiteral(bytes, this.role, system) >= 0
    return isSystem ? -1 : this.roleEnd
  }

  /** Up to the closing brace, which the next literal begins with. */
  private scanBody(start: number, scan: BodyScan): number {
    const { bytes } = this
    if (scan.members.length === 0) return afterLiteral(bytes, start, emptyBody)
    this.paymentEnd = this.payment
    let p = start
    let count = 0
    for (const member of scan.members) {
      const from = afterLiteral(bytes, p, member.before)
      if (from < 0) return -1
      p = member.scan(bytes, from)
      if (p < 0) return -1
      this.member[count] = from
      this.memberEnd[count] = p
      count += 1
      if (member.name === "version") this.version = countIn(bytes, from, p)
      else if (member.name === "journalHash") this.journalHash = from + 1
      else if (member.name === "state") {
        this.state = from + 1
        this.stateEnd = p - 1
      } else if (member.name === "payment") {
        this.payment = from + 1
        this.paymentEnd = bytes[from] === quote ? p - 1 : this.payment
      }
    }
    return p
  }

  /** From the index to the start of the threads. */
  private scanPlace(start: number): number {
    const { bytes } = this
    if (start < 0) return -1
    let p = afterCount(bytes, start)
    if (p < 0) return -1
    this.indexAt = start
    this.indexEnd = p
    this.index = countIn(bytes, start, p)
    p = this.follow(p, log)
    p = this.follow(p, this.logBytes)
    p = this.follow(p, occurredAt)
    if (p < 0 || afterTime(bytes, p) < 0) return -1
    this.occurredAt = p
    p = this.follow(p + timeLength, prev)
    if (p < 0) return -1
    this.prev = p
    p = afterHash(bytes, p)
    return this.follow(p, threads)
  }

  /** From the first thread to the bracket after the last. */
  private scanThreads(start: number): number {
    const { bytes } = this
    this.threads = 0
    if (bytes[start] === 0x5d) return start
    for (let p = start; this.threads < maxThreads; p++) {
      p = this.scanThread(p, this.threads)
      if (p < 0) return -1
      this.threads += 1
      if (bytes[p] === 0x5d) return p
      if (bytes[p] !== 0x2c) return -1
    }
    return -1
  }

  private scanThread(start: number, i: number): number {
    const { bytes } = this
    if (bytes[start] !== 0x5b || bytes[start + 1] !== 0x22) return -1
    const key = start + 2
    const keyEnd = afterSome(bytes, key, keyCharacter, 128)
    if (keyEnd < 0 || bytes[keyEnd] !== 0x22 || bytes[keyEnd + 1] !== 0x2c) return -1
    const nEnd = afterCount(bytes, keyEnd + 2)
    if (nEnd < 0 || bytes[nEnd] !== 0x2c) return -1
    const n = countIn(bytes, keyEnd + 2, nEnd)
    let p = afterLiteral(bytes, nEnd + 1, nothing)
    if (n === 0 || (n === 1) !== p >= 0) return -1
    let prevIndex = -1
    if (p < 0) {
      p = afterCount(bytes, nEnd + 1)
      if (p < 0) return -1
      prevIndex = countIn(bytes, nEnd + 1, p)
      if (prevIndex >= this.index) return -1
    }
    this.key[i] = key
    this.keyEnd[i] = keyEnd
    this.nEnd[i] = nEnd
    this.n[i] = n
    this.prevEnd[i] = p
    this.prevIndex[i] = prevIndex
    if (bytes[p] !== 0x5d || (i > 0 && !this.isAfter(i - 1, i))) return -1
    return p + 1
  }

  /** Keys are sorted, each once. */
  isAfter(a: number, b: number): boolean {
    const { bytes, key, keyEnd } = this
    const [aAt, bAt] = [key[a] as number, key[b] as number]
    const [aLength, bLength] = [(keyEnd[a] as number) - aAt, (keyEnd[b] as number) - bAt]
    for (let i = 0; i < aLength && i < bLength; i++) {
      const difference = (bytes[aAt + i] as number) - (bytes[bAt + i] as number)
      if (difference !== 0) return difference < 0
    }
    return aLength < bLength
  }
}
