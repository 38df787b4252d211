import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { formatVerifierKey } from "#contracts/ledger/note.ts"
import { isProblem, type Rotation, readRotation } from "#contracts/ledger/rotation.ts"
import { origin, signer } from "#contracts/ledger/testing/fixture.ts"
import { market } from "#contracts/ledger/testing/market.ts"
import { rotationProof, type Turn, turned } from "#contracts/ledger/testing/rotated.ts"
import { makeSigner, sealLog, testCrypto } from "#contracts/ledger/testing/seal.ts"
import { openWitnessFolder, unlock } from "./folder.ts"

const home = await mkdtemp(join(tmpdir(), "quanheng-witness-"))
afterAll(() => rm(home, { recursive: true }))

const next = makeSigner(origin)

async function changeOf(turn: Turn): Promise<Rotation> {
  const proof = await rotationProof(sealLog(origin, turned(market(9), [turn])), turn)
  const rotation = readRotation(proof, testCrypto)
  if (isProblem(rotation)) throw new Error(rotation.code)
  return rotation
}

/** Starts a witness with these keys of logs and these changes, and ends it; answers the keys that it then has. */
async function start(name: string, logs: readonly Turn["from"][], rotations: readonly Rotation[]) {
  const folder = join(home, name)
  const { logs: known } = await openWitnessFolder(folder, {
    name: "supervision.example/w1",
    logs: logs.map(({ key }) => key),
    rotations,
  })
  await unlock(folder)
  expect(await readFile(join(folder, "logs.txt"), "utf8")).toBe(
    `${known.map(formatVerifierKey).join("\n")}\n`,
  )
  return known
}

test("a witness puts a log's new key in the place of the one that announced it, once and for good", async () => {
  const change = await changeOf({ at: 4, from: signer, to: next })
  expect(await start("a", [signer], [])).toEqual([signer.key])
  expect(await start("a", [], [change])).toEqual([next.key])
  expect(await start("a", [], [change])).toEqual([next.key])
  expect(await start("a", [], [])).toEqual([next.key])
})

test("a change that begins with a key unknown to it is refused, and nothing is changed", async () => {
  const change = await changeOf({ at: 4, from: next, to: makeSigner(origin) })
  await start("b", [signer], [])
  await expect(start("b", [], [change])).rejects.toThrow("does not trust")
  expect(await start("b", [], [])).toEqual([signer.key])
})

test("after a theft the new key has to come from elsewhere too; then the stolen one counts no more", async () => {
  const change = await changeOf({ at: 4, from: signer, to: next, reason: "compromised" })
  await start("c", [signer], [])
  await expect(start("c", [], [change])).rejects.toThrow("given up as stolen")
  expect(await start("c", [next], [change])).toEqual([next.key])
})
