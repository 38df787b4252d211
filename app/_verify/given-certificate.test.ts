import { expect, test } from "vitest"
import { formatCertificate } from "#contracts/ledger/certificate-form.ts"
import { inclusionProof } from "#contracts/ledger/merkle.ts"
import { nobleCrypto } from "#contracts/ledger/noble-crypto.ts"
import { formatVerifierKey } from "#contracts/ledger/note.ts"
import { market } from "#contracts/ledger/testing/market.ts"
import { headOf, makeTurnedBundle, turned } from "#contracts/ledger/testing/rotated.ts"
import { makeSigner, sealLog, sha256 } from "#contracts/ledger/testing/seal.ts"
import { tileHashReader, tilePath } from "#contracts/ledger/tiles.ts"
import { tellOutcome } from "./verdict.ts"
import { verifyGiven } from "./verify-given.ts"

const origin = "quanheng/test/0a1b2c3d"
const [first, second, third] = [makeSigner(origin), makeSigner(origin), makeSigner(origin)]
const turns = [
  { at: 6, from: first, to: second },
  { at: 12, from: second, to: third },
]
const log = sealLog(origin, turned(market(20), turns))
const bundle = await makeTurnedBundle(log, turns)
const size = log.leaves.length
const read = tileHashReader(size, async (tile) => bundle.get(tilePath(tile)) as Uint8Array, sha256)
const certificate = formatCertificate({
  extra: log.leaves[3] as Uint8Array,
  index: 3,
  proof: await inclusionProof(3, size, read, sha256),
  checkpoint: headOf(log, size, [third]),
})
const rotation = (n: number) => new TextDecoder().decode(bundle.get(`rotations/${n}`))

async function verdict(...texts: string[]) {
  const files = texts.map((text, n) => ({ path: `file-${n}`, file: new Blob([text]) }))
  const request = { files, key: formatVerifierKey(first.key), kept: "", keptHeads: [], tamper: null }
  const result = await verifyGiven(request, { crypto: nobleCrypto, progress: () => {} })
  if (result.kind === "unusable") return result.what
  return tellOutcome({ ...result, tookMs: 1 }, "en").verdict
}

test("the key of before leads to a certificate of today by the changes given beside it, in any order", async () => {
  expect(await verdict(certificate)).toBe("broken")
  expect(await verdict(certificate, rotation(1), rotation(2))).toBe("intact")
  expect(await verdict(rotation(2), certificate, rotation(1))).toBe("intact")
})

test("a change that is missing, or of other make, is told, and proves nothing", async () => {
  expect(await verdict(certificate, rotation(1))).toBe("broken")
  expect(await verdict(rotation(1), rotation(2))).toBe("rotations")
  expect(await verdict(certificate, certificate, rotation(1))).toBe("rotations")
  expect(await verdict(certificate, "PK\u0003\u0004")).toBe("rotations")
  expect(await verdict(certificate, rotation(1).replace("extra ", "extra AAAA"))).toBe("rotations")
  expect(await verdict("x", "y")).toBe("neither")
})
