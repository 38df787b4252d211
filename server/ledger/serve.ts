import type { Sql } from "postgres"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { encodeEntries, hashesAtLevel, parseTilePath, type Tile, tileWidth } from "#contracts/ledger/tiles.ts"
import { isRefusal, refusals } from "#contracts/refusal.ts"
import { readCertificate } from "./certificates.ts"
import { readConsistencyFile } from "./heads/queries.ts"
import { readHeadOfSize } from "./heads/store.ts"
import { readRotationProof } from "./keys/proof.ts"
import { readTurns, vkeyAt } from "./keys/turns.ts"
import * as store from "./log-store.ts"
import { tileReader } from "./tree.ts"
import { readPublished } from "./witnesses/store.ts"

/** What an HTTP door sends; it knows nothing of the ledger. */
export type LedgerAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

const text = "text/plain; charset=utf-8"
/** Anyone's page may read the log: it is public, and a verifier in a browser needs it. */
const open = { "access-control-allow-origin": "*", "x-content-type-options": "nosniff" }
/** A tile never changes: its width is in its path (c2sp.org/tlog-tiles). */
const forever = "public, max-age=31536000, immutable"

/**
 * Answers GET and HEAD below `/ledger/` (LEDGER section 5): `path` is what follows, undecoded and without a
 * query: `checkpoint`, `log.vkey`, `tile/…`, `proof/<index>`, `rotation/<n>`, and of earlier heads
 * `checkpoint/<size>` and `consistency/<from>-<to>`. What is not published is 404, in any spelling but the one.
 */
export async function answerLedger(sql: Sql, path: string): Promise<LedgerAnswer> {
  if (path === "checkpoint") return answerCheckpoint(sql)
  if (path === "log.vkey") return answerKey(sql)
  const size = /^checkpoint\/(0|[1-9][0-9]{0,14})$/.exec(path)
  if (size !== null) return answerNote((await readHeadOfSize(sql, Number(size[1])))?.note ?? null)
  const growth = /^consistency\/(0|[1-9][0-9]{0,14})-(0|[1-9][0-9]{0,14})$/.exec(path)
  if (growth !== null) return answerNote(await readConsistencyFile(sql, Number(growth[1]), Number(growth[2])))
  if (path.startsWith("tile/")) return answerTile(sql, path)
  const rotation = /^rotation\/([1-9][0-9]{0,8})$/.exec(path)
  if (rotation !== null) return answerRotation(sql, Number(rotation[1]))
  const proof = /^proof\/(0|[1-9][0-9]{0,14})$/.exec(path)
  return proof === null ? notFound : answerProof(sql, Number(proof[1]))
}

const notFound: LedgerAnswer = {
  status: 404,
  headers: { ...open, "content-type": text, "cache-control": "no-store" },
  body: "not found\n",
}

const found = (contentType: string, cacheControl: string, body: string | Uint8Array): LedgerAnswer => ({
  status: 200,
  headers: { ...open, "content-type": contentType, "cache-control": cacheControl },
  body,
})

/** With the witnesses' signatures, where there are any; so it may be a second older than the newest head. */
async function answerCheckpoint(sql: Sql): Promise<LedgerAnswer> {
  const head = await readPublished(sql)
  return head === null ? notFound : found(text, "no-cache", head.note)
}

/** An earlier head; a witness may still cosign it, so it is asked for anew. */
const answerNote = (note: string | null): LedgerAnswer =>
  note === null ? notFound : found(text, "no-cache", note)

/** The key of the published checkpoint. */
async function answerKey(sql: Sql): Promise<LedgerAnswer> {
  const [log, head, turns] = await Promise.all([store.readLog(sql), readPublished(sql), readTurns(sql)])
  if (log === null) return notFound
  return found(text, "public, max-age=60", `${vkeyAt(log.vkey, turns, head?.size ?? 0)}\n`)
}

/** The proof that the log changed its key for the n-th time. It never changes. */
async function answerRotation(sql: Sql, n: number): Promise<LedgerAnswer> {
  const proof = await readRotationProof(sql, n)
  return proof === null ? notFound : found(text, forever, proof)
}

async function answerTile(sql: Sql, path: string): Promise<LedgerAnswer> {
  const tile = parseTilePath(path)
  if (isMalformed(tile)) return notFound
  const head = await store.readHead(sql)
  if (head === null || !isPublished(tile, head.size)) return notFound
  return found("application/octet-stream", forever, await readTileBytes(sql, tile))
}

function isPublished({ level, index, width }: Tile, size: number): boolean {
  return index * tileWidth + width <= hashesAtLevel(size, level === "entries" ? 0 : level)
}

/** The bytes of a published hash tile or entry bundle. */
export async function readTileBytes(sql: Sql, tile: Tile): Promise<Uint8Array> {
  if (tile.level !== "entries") return tileReader((level, index) => store.readTile(sql, level, index))(tile)
  const start = tile.index * tileWidth
  const leaves = await store.readLeaves(sql, start, start + tile.width)
  return encodeEntries(leaves.map(({ leaf }) => leaf))
}

async function answerProof(sql: Sql, index: number): Promise<LedgerAnswer> {
  const certificate = await readCertificate(sql, { index })
  if (!isRefusal(certificate)) return found(text, "public, max-age=60", certificate.proofText)
  return { ...notFound, status: refusals[certificate.refused].http, body: `${certificate.refused}\n` }
}
