import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, expect, onTestFinished } from "vitest"
import { equalBytes, toHex } from "#contracts/bytes.ts"
import { checkHeadSignature, readCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { decodeLeaf, firstPrev, leafHash } from "#contracts/ledger/encoding.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { appendLeaves, emptyRange, rangeRoot } from "#contracts/ledger/merkle.ts"
import { parseVerifierKey } from "#contracts/ledger/note.ts"
import { hashBytes, hashesAtLevel, tilesOfSize } from "#contracts/ledger/tiles.ts"
import { type Client, makeClient } from "#db/client.ts"
import { freshDatabase } from "#db/test-database.ts"
import { factLine, packFacts } from "../commit/fact-batches.ts"
import { readTurns, vkeyAt } from "./keys/turns.ts"
import { readLeaves, readLog } from "./log-store.ts"
import { nodeCrypto } from "./node-crypto.ts"
import type { Failpoint } from "./seal.ts"
import { Sequencer } from "./sequencer.ts"
import { readTileBytes } from "./serve.ts"

/** A log of a test's own: a fresh database, a data folder, and what is needed to fill, spoil and check it. */
export type TestLog = Client & {
  /** The serving role's address, for processes. */
  readonly url: string
  readonly owner: Client
  readonly home: string
  /** Writes facts that wait: each of its own subject, and all on a few common threads. */
  add(count: number): Promise<void>
  addFact(subject: string, version: number, change?: Record<string, unknown>): Promise<void>
  sequencer(failpoint?: Failpoint): Sequencer
  /** As the owner and past the triggers: what a foreign hand or a restore would do. */
  spoil(statement: string): Promise<void>
}

const { sha256, verifyEd25519 } = nodeCrypto

/** At the end of the test that runs, or of the file where none does: Vitest heeds no other hook than this in a test. */
function atEnd(close: () => Promise<void>): void {
  try {
    onTestFinished(close)
  } catch {
    afterAll(close)
  }
}

export async function openTestLog(): Promise<TestLog> {
  const urls = await freshDatabase()
  const client = makeClient(urls.servingUrl, { connections: 6 })
  const owner = makeClient(urls.ownerUrl, { connections: 1 })
  const home = await mkdtemp(path.join(tmpdir(), "quanheng-log-"))
  const sequencers: Sequencer[] = []
  let subjects = 0
  atEnd(async () => {
    await Promise.all(sequencers.map((sequencer) => sequencer.stop()))
    await Promise.all([client.close(), owner.close()])
    await rm(home, { recursive: true, force: true })
  })
  const addFact = async (subject: string, version: number, change: Record<string, unknown> = {}) => {
    const fact = JSON.stringify({ ...factOf(subject, subjects), ...change })
    await client.sql`insert into pending_facts (subject, version, fact) values (${subject}, ${version}, ${fact})`
  }
  return {
    ...client,
    url: urls.servingUrl,
    owner,
    home,
    addFact,
    async add(count) {
      const names = Array.from({ length: count }, () => `lst_${String(++subjects).padStart(26, "0")}`)
      await insertFacts(
        client.sql,
        names.map((name, i) => factLine(name, 1, JSON.stringify(factOf(name, i)))),
      )
    },
    sequencer(failpoint) {
      const { sql } = client
      const sequencer = new Sequencer({ sql, home, ...(failpoint ? { failpoint } : {}) })
      sequencers.push(sequencer)
      return sequencer
    },
    async spoil(statement) {
      const tables = ["sealed_facts", "checkpoints"]
      for (const table of tables) await owner.sql.unsafe(`alter table ${table} disable trigger user`)
      await owner.sql.unsafe(statement)
      for (const table of tables) await owner.sql.unsafe(`alter table ${table} enable trigger user`)
    },
  }
}

/** As the writer packs what it has no need to leave out. */
export async function insertFacts(sql: Client["sql"], lines: readonly string[]): Promise<void> {
  await sql`insert into pending_batches (facts) select unnest(${packFacts(lines)}::text[])`
}

export const factOf = (subject: string, i: number) => ({
  type: "listing.withdrawn@1",
  occurredAt: "2026-11-24T03:50:00.000Z",
  threads: [subject, `p:${"0".repeat(63)}${i % 7}`].sort(),
  actor: { role: "system", job: "test" },
  body: { reason: "test", version: 1 },
})

/** Checks the whole log from its stored bytes alone, by the contracts' functions; answers its size. */
export async function checkLog({ sql }: Pick<Client, "sql">): Promise<number> {
  const stored = await readLeaves(sql, 0, Number.MAX_SAFE_INTEGER)
  const heads = new Map<string, [n: number, index: number]>()
  let prev = firstPrev
  let at = ""
  for (const [position, { index, hash, leaf: bytes }] of stored.entries()) {
    const decoded = decodeLeaf(bytes)
    if (!("leaf" in decoded)) throw new Error(`record ${index}: ${JSON.stringify(decoded)}`)
    const { leaf } = decoded
    expect([index, leaf.index, leaf.prev]).toEqual([position, position, prev])
    expect(equalBytes(leafHash(bytes, sha256), hash)).toBe(true)
    expect(leaf.at >= at && leaf.at >= leaf.occurredAt).toBe(true)
    for (const [key, n, prevIndex] of leaf.threads) {
      const before = heads.get(key)
      expect([key, n, prevIndex]).toEqual([key, (before?.[0] ?? 0) + 1, before?.[1] ?? null])
      heads.set(key, [n, index])
    }
    prev = toHex(hash)
    at = leaf.at
  }
  await checkThreads(sql, heads)
  await checkHeads(
    sql,
    stored.map(({ hash }) => hash),
  )
  return stored.length
}

async function checkThreads(sql: Client["sql"], heads: Map<string, [number, number]>): Promise<void> {
  const rows = await sql<{ key: string; n: number; count: number; index: number }[]>`
    select key, max(n) as n, count(*)::int as count, max(index)::float8 as index from thread_entries group by key`
  const stored = new Map(rows.map(({ key, n, count, index }) => [key, [n, count, index]]))
  expect(stored).toEqual(new Map([...heads].map(([key, [n, index]]) => [key, [n, n, index]])))
}

/** Every published head is signed and has the root of its records; every tile of every published size is right. */
async function checkHeads(sql: Client["sql"], hashes: Uint8Array[]): Promise<void> {
  const turns = await readTurns(sql)
  const first = (await readLog(sql))?.vkey ?? ""
  const notes = await sql<{ note: string }[]>`select note from checkpoints order by size`
  for (const { note } of notes) {
    const head = readCheckpoint(note)
    if (isMalformed(head)) throw new Error(head.malformed)
    const { size, root } = head.unverifiedCheckpoint
    const due = [vkeyAt(first, turns, size)]
    const turn = turns.find(({ index }) => index + 1 === size)
    if (turn !== undefined) due.push(turn.from)
    for (const vkey of due) {
      const key = parseVerifierKey(vkey, sha256)
      if (isMalformed(key)) throw new Error(key.malformed)
      expect(checkHeadSignature(head, [key], verifyEd25519)).toBe("signed")
    }
    const levels: Uint8Array[][] = []
    const range = appendLeaves(emptyRange, hashes.slice(0, size), sha256, (level, _, hash) => {
      if (level % 8 === 0) {
        levels[level / 8] ??= []
        levels[level / 8]?.push(hash)
      }
    })
    expect(toHex(root)).toBe(toHex(rangeRoot(range, sha256)))
    for (const tile of tilesOfSize(size)) {
      if (tile.level === "entries") continue
      const all = levels[tile.level] as Uint8Array[]
      expect(all.length).toBe(hashesAtLevel(size, tile.level))
      const wanted = Buffer.concat(all.slice(tile.index * 256, tile.index * 256 + tile.width))
      expect(wanted.length).toBe(tile.width * hashBytes)
      expect(equalBytes(await readTileBytes(sql, tile), wanted)).toBe(true)
    }
  }
}
