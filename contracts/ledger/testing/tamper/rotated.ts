import { utf8 } from "../../../bytes.ts"
import { bundleFiles, consistencyFile, rotationFile } from "../../export.ts"
import { isMalformed } from "../../malformed.ts"
import { consistencyProof } from "../../merkle.ts"
import { parseNote, signatureLine } from "../../note.ts"
import { formatKeptProof } from "../../verify-consistency.ts"
import type { Files } from "../bundle.ts"
import { origin, signer } from "../fixture.ts"
import { market } from "../market.ts"
import { headOf, makeTurnedBundle, readerOf, rotationProof, type Turn, turned } from "../rotated.ts"
import { chainLeaves, makeSigner, sealLog, sha256, type TestSigner } from "../seal.ts"
import { forger, type Given, type Group, type TamperCase } from "./case.ts"
import { made } from "./forged.ts"

/** A log of 82 records whose key was changed twice, in records 40 and 60. */
const [second, third] = [makeSigner(origin), makeSigner(origin)]
const turns: readonly [Turn, Turn] = [
  { at: 40, from: signer, to: second },
  { at: 60, from: second, to: third },
]
const facts = market(80)
const log = sealLog(origin, turned(facts, turns))
const size = log.leaves.length
const first = rotationFile(1)
const { checkpoint } = bundleFiles

const whole = await makeTurnedBundle(log, turns)
const changed = (change: (files: Files) => void, signers?: TestSigner[]): Promise<Files> =>
  makeTurnedBundle(log, turns, { change, ...(signers === undefined ? {} : { signers }) })
const put = (path: string, text: string): Promise<Files> => changed((files) => files.set(path, utf8(text)))

/** The same records up to 39 as well as the change itself, but another history before it. */
const forked = chainLeaves(
  origin,
  log.decoded.map((leaf, i) => (i === 30 ? { ...leaf, at: leaf.at.replace(".020Z", ".021Z") } : leaf)),
  log,
)
const forkedBefore = async (): Promise<Files> => {
  const hashes = await consistencyProof(41, size, readerOf(log), sha256)
  const kept = formatKeptProof({ size: 41, hashes, checkpoint: headOf(forked, 41, [second, signer]) })
  const proof = await rotationProof(forked, turns[0])
  return changed((files) => {
    files.set(first, utf8(proof))
    files.set(consistencyFile(41, size), utf8(kept))
  })
}

/** Ends in the key of somebody who has none of the log's keys, but knows their names. */
const usurped: Turn = { at: 40, from: signer, to: forger }
const usurpedLog = sealLog(origin, turned(facts, [usurped]))
const unrelated: Turn = { at: 40, from: second, to: third }
const unrelatedLog = sealLog(origin, turned(facts, [unrelated]))

const wrongLine = (): string => {
  const head = parseNote(headOf(log, size, [third, second]))
  if (isMalformed(head)) throw new Error(head.malformed)
  const [good, old] = head.signatures
  if (good === undefined || old === undefined) throw new Error("two signatures were made")
  const misfit = { ...old, signature: old.signature.with(9, (old.signature[9] as number) ^ 1) }
  return `${head.text}\n${signatureLine(good)}${signatureLine(misfit)}`
}

const compromised: Turn = { at: 40, from: signer, to: second, reason: "compromised" }
const compromisedLog = sealLog(origin, turned(facts, [compromised]))

const files = {
  withoutFirst: await changed((all) => void all.delete(first)),
  withoutBoth: await changed((all) => {
    all.delete(first)
    all.delete(rotationFile(2))
  }),
  byNewOnly: await put(first, await rotationProof(log, turns[0], [second])),
  byOldOnly: await put(first, await rotationProof(log, turns[0], [signer])),
  usurped: await put(first, await rotationProof(usurpedLog, usurped, [forger])),
  unrelated: await makeTurnedBundle(unrelatedLog, [unrelated]),
  later: await put(first, await rotationProof(log, turns[0], [second, signer], 42)),
  proofCut: await put(first, (await rotationProof(log, turns[0])).replace(/\n[A-Za-z0-9+/]{43}=\n/, "\n")),
  swapped: await changed((all) => {
    const [one, two] = [all.get(first), all.get(rotationFile(2))] as [Uint8Array, Uint8Array]
    all.set(first, two).set(rotationFile(2), one)
  }),
  forked: await forkedBefore(),
  byFormer: await changed(() => undefined, [second]),
  overlap: await changed(() => undefined, [third, second]),
  misfit: await put(checkpoint, wrongLine()),
  compromised: await makeTurnedBundle(compromisedLog, [compromised]),
}

const held = (bundle: Files, key: TestSigner = signer): Given => ({ files: bundle, keys: [key.key] })

const row = (edit: string, file: string, finds: TamperCase["finds"], make: () => Given): TamperCase =>
  made(edit, finds.length === 0 ? "intact" : "broken", finds, make, file)

const rows: readonly TamperCase[] = [
  row("nothing, read with the log's first key", checkpoint, [], () => held(whole)),
  row("nothing, read with its newest key", checkpoint, [], () => held(whole, third)),
  row("the key before signs the head too, as it may", checkpoint, [], () => held(files.overlap)),
  row("the proof of the first change taken out", first, [`checkpoint_not_signed_by_key ${checkpoint}`], () =>
    held(files.withoutFirst),
  ),
  row(
    "the proofs of both changes taken out, read with the newest key",
    first,
    ["rotation_unproven 40", "rotation_unproven 60"],
    () => held(files.withoutBoth, third),
  ),
  row(
    "a new key that the key before did not announce: only the new one signed",
    first,
    [`rotation_not_by_former_key 40 ${first}`],
    () => held(files.byNewOnly),
  ),
  row(
    "the record names a key of somebody who has none of the log's",
    first,
    [`rotation_not_by_former_key 40 ${first}`],
    () => held(files.usurped),
  ),
  row(
    "a new key that nobody shows to have: only the key before signed",
    first,
    [`rotation_not_by_new_key 40 ${first}`],
    () => held(files.byOldOnly),
  ),
  row(
    "a chain of keys that begins with another key",
    first,
    [`checkpoint_not_signed_by_key ${checkpoint}`],
    () => held(files.unrelated),
  ),
  row(
    "another checkpoint than the one that ends with the change",
    first,
    [`rotation_malformed ${first}`],
    () => held(files.later),
  ),
  row("a hash of the proof dropped", first, [`rotation_proof_wrong 40 ${first}`], () => held(files.proofCut)),
  row("the two changes swapped", first, [`rotation_out_of_order 60 ${first}`], () => held(files.swapped)),
  row(
    "a change out of another history, signed by both keys",
    first,
    [`rotation_not_in_log 40 ${first}`],
    () => held(files.forked),
  ),
  row("a head signed with the key before only", checkpoint, [`checkpoint_by_former_key ${checkpoint}`], () =>
    held(files.byFormer),
  ),
  row(
    "a wrong signature of the key before under the head",
    checkpoint,
    [`checkpoint_signature_bad ${checkpoint}`],
    () => held(files.misfit),
  ),
  {
    ...made("a key that was given up as stolen, and the reader has no newer one", "unauthenticated", [], () =>
      held(files.compromised),
    ),
    says: "Intact, but not authenticated: your key has been given up because somebody else may have it.",
  },
]

export const rotationGroups: readonly Group[] = [
  {
    title: "A log that changed its key",
    about:
      "The log's key was changed in records 40 and 60 of 82. The reader has the first key unless the row says another.",
    cases: rows,
  },
]
