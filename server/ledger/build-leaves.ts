import { toHex, utf8 } from "#contracts/bytes.ts"
import { decodeLeaf, frameLeaf, leafHash, maxLeafBytes, type Thread } from "#contracts/ledger/encoding.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import type { Sha256 } from "#contracts/ledger/ports.ts"
import { LeafScan } from "#contracts/ledger/scan-leaf.ts"
import type { Time } from "#contracts/time.ts"
import { ownText } from "./own-text.ts"
import { type PendingParts, parseParts } from "./pending-parts.ts"

/** A fact that waits to be sealed, as the writer left it. */
export type PendingRow = {
  /** The batch that it waits in, and its line there. */
  readonly batch: string
  readonly line: string
  readonly subject: string
  readonly version: number
  /** JSON of type, occurredAt, threads (sorted keys), actor, body. */
  readonly fact: string
  /** `fact`, taken apart; null where it is none. */
  readonly parts: PendingParts | null
}

/** The last record of a thread. */
export type ThreadHead = { readonly n: number; readonly index: number }

export type BuiltLeaf = {
  readonly row: PendingRow
  readonly index: number
  readonly text: string
  readonly hash: Uint8Array
  /** The hash in lower-case hex. */
  readonly hex: string
  readonly threads: readonly (ThreadHead & { readonly key: string })[]
}

/** Where the log ends, and what is known of the ends of threads and subjects: all that the next leaf needs. */
export type LogEnd = {
  readonly log: string
  next: number
  /** Lower-case hex of the last leaf's hash. */
  prev: string
  at: Time
  readonly heads: Map<string, ThreadHead>
  /** The last sealed version of each subject. */
  readonly versions: Map<string, number>
  /**
   * All that was sealed after this time (as it stands in ids) is in the two maps: an id made since then that is in neither
   * is new. Null: nothing is known to be complete.
   */
  completeSince: string | null
}

export type Unsealable = { readonly row: PendingRow; readonly why: string }

/**
 * Makes leaves of the rows that can be sealed now, in their order, and moves the end of the log on. A row that is
 * not its subject's last version + 1 waits. One that cannot be a leaf at all stays where it is, with its
 * reason: it is a bug of ours, and must not stop everybody else's records.
 */
export function buildLeaves(
  rows: readonly PendingRow[],
  end: LogEnd,
  now: Time,
  sha256: Sha256,
): { leaves: BuiltLeaf[]; unsealable: Unsealable[] } {
  const leaves: BuiltLeaf[] = []
  const unsealable: Unsealable[] = []
  const scan = new LeafScan(end.log)
  for (const row of rows) {
    if (row.version !== (end.versions.get(row.subject) ?? 0) + 1) continue
    const built = buildLeaf(row, end, now, { scan, sha256 })
    if (typeof built === "string") unsealable.push({ row, why: built })
    else {
      leaves.push(built.leaf)
      moveOn(end, built.leaf, built.at)
    }
  }
  return { leaves, unsealable }
}

function buildLeaf(
  row: PendingRow,
  end: LogEnd,
  now: Time,
  { scan, sha256 }: { scan: LeafScan; sha256: Sha256 },
): { leaf: BuiltLeaf; at: Time } | string {
  try {
    const frame = (parts: PendingParts): BuildingLeaf => {
      const at = later(later(now, end.at), parts.occurredAt)
      const { log, next: index, prev } = end
      const threads: Thread[] = []
      for (const key of parts.threads) {
        const head = end.heads.get(key)
        threads.push(head === undefined ? [key, 1, null] : [key, head.n + 1, head.index])
      }
      const { type, occurredAt, actor, body } = parts
      const text = frameLeaf({ type, occurredAt, actor, body, v: 1, log, index, prev, at, threads })
      return { text, bytes: bytesOf(text), at, threads }
    }
    // The scan proves what the verifier will ask for. Where it does not know, the fact is encoded anew; and where it
    // does not know that either, the strict reader decides. The threads stay those whose ends were looked up.
    const { parts } = row
    const cut = parts && frame(parts)
    const proven = cut !== null && scan.scan(cut.bytes, 0, cut.bytes.length)
    const leaf = proven ? cut : frame({ ...parseParts(row.fact), threads: parts?.threads ?? [] })
    if (!proven && !scan.scan(leaf.bytes, 0, leaf.bytes.length)) {
      const decoded = decodeLeaf(leaf.bytes)
      if (isMalformed(decoded)) return decoded.malformed
    }
    const { text, bytes, at } = leaf
    const { subject } = row
    const threads = leaf.threads.map(([key, n]) => ({
      key: key === subject ? subject : ownText(key),
      n,
      index: end.next,
    }))
    const hash = leafHash(bytes, sha256)
    return { leaf: { row, index: end.next, text, hash, hex: toHex(hash), threads }, at }
  } catch (error) {
    return error instanceof Error ? error.message : "unknown"
  }
}

/** Holds a leaf for as long as it is proven and hashed. A character is at most three bytes of UTF-8. */
const scratch = Buffer.alloc(3 * maxLeafBytes)

const bytesOf = (text: string): Uint8Array =>
  text.length > maxLeafBytes ? utf8(text) : scratch.subarray(0, scratch.write(text))

type BuildingLeaf = { text: string; bytes: Uint8Array; at: Time; threads: Thread[] }

function moveOn(end: LogEnd, leaf: BuiltLeaf, at: Time): void {
  end.next = leaf.index + 1
  end.prev = leaf.hex
  end.at = at
  end.versions.set(leaf.row.subject, leaf.row.version)
  for (const head of leaf.threads) end.heads.set(head.key, head)
}

/** Times of one form sort as text. */
const later = (a: Time, b: Time): Time => (b > a ? b : a)
