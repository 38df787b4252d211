import { generateKeyPairSync, sign } from "node:crypto"
import { expect, test } from "vitest"
import { fromHex } from "#contracts/bytes.ts"
import { readCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { cosign, cosignerKey, formatCosignerKey } from "#contracts/ledger/cosignature.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { verifyConsistency } from "#contracts/ledger/merkle.ts"
import { signatureLine } from "#contracts/ledger/note.ts"
import { parseKeptProof } from "#contracts/ledger/verify-consistency.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { nodeCrypto } from "../node-crypto.ts"
import { answerLedger } from "../serve.ts"
import { openTestLog } from "../test-log.ts"
import { listCheckpoints, readCheckpointPage } from "./queries.ts"
import { readFixing } from "./store.ts"

const log = await openTestLog()
const { sql } = log
// A log begins with the checkpoint of no records.
const sizes = [0, 1, 2, 3, 7, 8, 255, 256, 257, 300, ...Array.from({ length: 30 }, (_, i) => 301 + i)]
const sequencer = log.sequencer()
for (const [i, size] of sizes.slice(1).entries()) {
  await log.add(size - (sizes[i] ?? 0))
  await sequencer.sealOnce()
}
const page = async (size: number, from: number | null = null) => {
  const found = await readCheckpointPage({ sql }, { size, from })
  if (isRefusal(found)) throw new Error(found.refused)
  return found
}

test("all checkpoints are listed, the newest first, each signed by the log", async () => {
  const first = await listCheckpoints({ sql }, { before: null })
  const second = await listCheckpoints({ sql }, { before: first.next })
  expect(first.heads).toHaveLength(30)
  expect([...first.heads, ...second.heads].map(({ size }) => size)).toEqual(sizes.toReversed())
  expect(second.next).toBeNull()
  for (const { signatures } of first.heads) expect(signatures).toMatchObject([{ by: "log", fits: true }])
})

test("each checkpoint is shown with the one before and a proof that it continues it", async () => {
  for (const [i, size] of sizes.entries()) {
    const shown = await page(size)
    expect([shown.previous, shown.next]).toEqual([sizes[i - 1] ?? null, sizes[i + 1] ?? null])
    if (shown.growth === null) {
      expect(i).toBeLessThan(2)
      continue
    }
    const { from, fromRoot, hashes } = shown.growth
    const now = { size, root: fromHex(shown.head.root) }
    const old = { size: from, root: fromHex(fromRoot) }
    expect(verifyConsistency(hashes.map(fromHex), old, now, nodeCrypto.sha256)).toBe(true)
  }
})

test("any earlier checkpoint can be compared with, and nothing else", async () => {
  expect((await page(330, 7)).growth).toMatchObject({ from: 7 })
  for (const from of [0, 4, 330, 331])
    expect(await readCheckpointPage({ sql }, { size: 330, from })).toEqual({
      refused: "not_found",
      at: "from",
    })
  expect(await readCheckpointPage({ sql }, { size: 4, from: null })).toEqual({ refused: "not_found" })
})

test("a witness's signature is shown with its own time, and a wrong one as wrong", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519")
  const raw = Buffer.from(String(publicKey.export({ format: "jwk" }).x), "base64url")
  const key = cosignerKey("witness.example/w1", raw, nodeCrypto.sha256)
  await sql`insert into witnesses (key_id, vkey, url, place)
    values (${key.keyId}, ${formatCosignerKey(key)}, 'http://witness.example', 0)`
  const text = (await page(255)).note.split("\n\n")[0] ?? ""
  const line = cosign(`${text}\n`, 1_795_000_000, key, (message) => sign(null, message, privateKey))
  for (const size of [255, 256])
    await log.owner.sql`insert into cosignatures (size, key_id, line)
      values (${size}, ${key.keyId}, ${signatureLine(line)})`
  const witnessed = async (size: number) =>
    (await page(size)).head.signatures.filter(({ by }) => by === "witness")
  expect(await witnessed(255)).toEqual([
    { name: key.cosigner, keyId: key.keyId, by: "witness", fits: true, at: "2026-11-18T11:06:40.000Z" },
  ])
  expect(await witnessed(256)).toMatchObject([{ fits: false, at: null }])
})

test("a signature by a key that is not the log's is not judged", async () => {
  await log.owner.sql`insert into cosignatures (size, key_id, line)
    values (3, '00112233', ${`\u2014 stranger ${Buffer.alloc(76, 1).toString("base64")}\n`})`
  const { head, note } = await page(3)
  expect(head.signatures.map(({ name, by, fits }) => [name, by, fits])).toMatchObject([
    [expect.any(String), "log", true],
    ["stranger", "unknown", null],
  ])
  expect(isMalformed(readCheckpoint(note))).toBe(false)
})

test("a record tells which checkpoint fixed it first", async () => {
  expect(await readFixing(sql, 0)).toMatchObject({ size: 1 })
  expect(await readFixing(sql, 3)).toMatchObject({ size: 7 })
  expect(await readFixing(sql, 256)).toMatchObject({ size: 257 })
  expect(await readFixing(sql, 330)).toBeNull()
})

test("earlier notes and the proofs between them are served as files", async () => {
  const note = await answerLedger(sql, "checkpoint/257")
  expect(note).toMatchObject({ status: 200, body: (await page(257)).note })
  const answer = await answerLedger(sql, "consistency/7-257")
  const proof = parseKeptProof(String(answer.body))
  if (isMalformed(proof)) throw new Error(proof.malformed)
  expect([proof.size, proof.checkpoint]).toEqual([7, (await page(7)).note])
  expect(proof.hashes).toHaveLength((await page(257, 7)).growth?.hashes.length ?? 0)
  for (const path of [
    "checkpoint/4",
    "checkpoint/01",
    "checkpoint/",
    "consistency/257-7",
    "consistency/4-257",
  ])
    expect((await answerLedger(sql, path)).status).toBe(404)
})
