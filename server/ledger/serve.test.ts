import { expect, test } from "vitest"
import { fromUtf8 } from "#contracts/bytes.ts"
import { verifyCertificate } from "#contracts/ledger/certificate.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { parseVerifierKey } from "#contracts/ledger/note.ts"
import { decodeEntries, tilePath, tilesOfSize } from "#contracts/ledger/tiles.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { indexOfNumber, readCertificate } from "./certificates.ts"
import { readLeaves, readLog, readSealingLag } from "./log-store.ts"
import { nodeCrypto } from "./node-crypto.ts"
import { answerLedger } from "./serve.ts"
import { openTestLog } from "./test-log.ts"

const log = await openTestLog()
const { sql } = log
const sizes = [1, 255, 256, 257, 600]
const sequencer = log.sequencer()
for (const [i, size] of sizes.entries()) {
  await log.add(size - (sizes[i - 1] ?? 0))
  await sequencer.sealOnce()
}

test("every tile and entry bundle of every published size is served, for ever", async () => {
  const leaves = await readLeaves(sql, 0, 600)
  for (const size of sizes)
    for (const tile of tilesOfSize(size)) {
      const answer = await answerLedger(sql, tilePath(tile))
      expect([tilePath(tile), answer.status]).toEqual([tilePath(tile), 200])
      expect(answer.headers["cache-control"]).toContain("immutable")
      const bytes = answer.body as Uint8Array
      if (tile.level === 0)
        expect(Buffer.compare(bytes, Buffer.concat(hashesOf(leaves, tile.index, tile.width)))).toBe(0)
      if (tile.level !== "entries") continue
      const entries = decodeEntries(bytes, tile.width)
      if (isMalformed(entries)) throw new Error(entries.malformed)
      expect(entries.map(fromUtf8)).toEqual(
        leaves.slice(tile.index * 256, tile.index * 256 + tile.width).map(({ leaf }) => fromUtf8(leaf)),
      )
    }
})

const hashesOf = (leaves: { hash: Uint8Array }[], index: number, width: number) =>
  leaves.slice(index * 256, index * 256 + width).map(({ hash }) => hash)

test.each([
  "tile/0/002.p/89", // one beyond the published size
  "tile/0/003",
  "tile/0/000.p/0",
  "tile/0/000.p/256",
  "tile/00/000",
  "tile/0/x000/000",
  "tile/0/0",
  "tile/1/000",
  "tile/64/000",
  "tile/entries/002",
  "tile/0/../checkpoint",
  "proof/600",
  "proof/-1",
  "proof/01",
  "checkpoint/",
  "",
])("%s is not published", async (path) => {
  const answer = await answerLedger(sql, path)
  expect(answer.status).toBe(404)
  expect(answer.headers["cache-control"]).toBe("no-store")
})

test("the proof of each record verifies with the published key", async () => {
  const key = parseVerifierKey(String((await answerLedger(sql, "log.vkey")).body), nodeCrypto.sha256)
  if (isMalformed(key)) throw new Error(key.malformed)
  for (const index of [0, 1, 254, 255, 256, 511, 599]) {
    const answer = await answerLedger(sql, `proof/${index}`)
    const report = verifyCertificate(String(answer.body), { keys: [key], crypto: nodeCrypto })
    expect([report.failures, report.authenticated, report.index]).toEqual([[], true, index])
  }
})

test("a certificate is found by what it is about, and its number leads back to it", async () => {
  const [row] = await sql<{ subject: string }[]>`select subject from sealed_facts where index = 300`
  const subject = row?.subject ?? ""
  const certificate = await readCertificate(sql, { subject, version: 1 })
  if (isRefusal(certificate)) throw new Error(certificate.refused)
  expect(certificate.index).toBe(300)
  const origin = (await readLog(sql))?.origin ?? ""
  expect(certificate.number).toMatch(/^[0-9a-f]{8}#300$/)
  expect(indexOfNumber(origin, certificate.number)).toBe(300)
  expect(indexOfNumber(origin, certificate.number.replace("#", "0#"))).toBeNull()
  expect(await readCertificate(sql, { subject, version: 2 })).toEqual({ refused: "not_found" })
  await log.addFact(subject, 2)
  expect(await readCertificate(sql, { subject, version: 2 })).toEqual({ refused: "not_sealed_yet" })
  expect((await readSealingLag(sql)).waiting).toBe(1)
})
