import { fromUtf8, toHex, utf8 } from "../../../bytes.ts"
import { encodeLeaf } from "../../encoding.ts"
import { bundleFiles, recordColumns, recordRow } from "../../export.ts"
import { checkpointOf, type Files, makeBundle } from "../bundle.ts"
import { log, origin, signer } from "../fixture.ts"
import { market } from "../market.ts"
import { chainLeaves, makeSigner, type SealedLog, sealLog } from "../seal.ts"
import { forger, type Group, given, signedAgain, type TamperCase, whole } from "./case.ts"
import { change, made, rewritten } from "./forged.ts"

/** What depends on the reader: on the checkpoint that they kept, and on how new their verifier is. */
const { checkpoint, records, recordsTable } = bundleFiles

/** The same log up to 260 records, and another history after. */
const forked = change(260, (leaf) => ({ ...leaf, at: leaf.at.replace(".020Z", ".021Z") }))

const kept: readonly TamperCase[] = [
  made("a re-signed edit by the thief of the log's key", "broken", ["since_inconsistent"], () =>
    given(makeBundle(rewritten, signer), checkpointOf(log, signer, 260)),
  ),
  made(
    "a fork: two readers are shown two histories after record 260",
    "broken",
    ["since_inconsistent"],
    () => given(makeBundle(forked, signer), checkpointOf(log, signer)),
    checkpoint,
  ),
  made(
    "a rollback: the last eight records taken back",
    "broken",
    ["since_newer"],
    () => given(makeBundle(sealLog(origin, market(262)), signer), checkpointOf(log, signer)),
    checkpoint,
  ),
  made(
    "a range that holds no proof from the kept checkpoint",
    "broken",
    ["since_not_provable"],
    () => given(makeBundle(log, signer, 266, 270), checkpointOf(log, signer, 100)),
    checkpoint,
  ),
  made(
    "another log than the kept checkpoint's",
    "broken",
    ["since_other_log"],
    () => {
      const other = makeSigner("quanheng/other/0a1b2c3d")
      return given(whole, checkpointOf({ ...log, origin: "quanheng/other/0a1b2c3d" }, other))
    },
    checkpoint,
  ),
  made(
    "a kept checkpoint that somebody else signed",
    "broken",
    ["since_signature_bad"],
    () => given(whole, checkpointOf(log, forger, 260)),
    checkpoint,
  ),
  made(
    "a kept checkpoint that is none",
    "broken",
    ["since_malformed"],
    () => given(whole, "hello\n"),
    checkpoint,
  ),
]

/** What a reader cannot find with what is in their hands: rows that must say so, and what helps. */
const unseen: readonly TamperCase[] = [
  made(
    "a re-signed edit by the thief of the log's key, and the reader kept no checkpoint",
    "intact",
    [],
    () => given(makeBundle(rewritten, signer)),
  ),
  made(
    "the fork, shown to a reader whose kept checkpoint is older than it",
    "intact",
    [],
    () => given(makeBundle(forked, signer), checkpointOf(log, signer, 260)),
    checkpoint,
  ),
  made(
    "the rollback, shown to a reader who kept no checkpoint",
    "intact",
    [],
    () => given(makeBundle(sealLog(origin, market(262)), signer)),
    checkpoint,
  ),
]

function newerVersion(): Files {
  const leaves = sealLog(origin, market(13)).decoded
  const newer = chainLeaves(origin, leaves, { disclosures: [], journals: [] }, (leaf, i) =>
    i === 12 ? encodeLeaf(leaf).replace(/"v":1}$/, '"v":2}') : encodeLeaf(leaf),
  )
  const files = makeBundle(newer, signer)
  const rows = newer.decoded.map((leaf, i) => recordRow(leaf, toHex(newer.hashes[i] as Uint8Array)))
  files.set(recordsTable, utf8(`${[recordColumns.join(), ...rows.slice(0, 12)].join("\n")}\n`))
  return withoutBook(files, newer)
}

function newerType(): SealedLog {
  const leaves = sealLog(origin, market(13)).decoded
  return chainLeaves(
    origin,
    leaves.map((leaf, i) => (i === 5 ? { ...leaf, type: "trade.beamed@1" } : leaf)),
    { disclosures: [], journals: [] },
  )
}

function withoutBook(files: Files, of: SealedLog): Files {
  files.delete(bundleFiles.book)
  files.delete(bundleFiles.trialBalance)
  return signedAgain(files, of)
}

function newerAndChanged(): Files {
  const files = newerVersion()
  const text = fromUtf8(files.get(records) as Uint8Array)
  return files.set(records, utf8(text.replace('"v":2}', '"v":3}')))
}

const unknown: readonly TamperCase[] = [
  made("a record of a version that this verifier does not know", "intact", [], () => given(newerVersion())),
  made("a fact of a type that this verifier does not know", "intact", [], () => {
    const newer = newerType()
    return given(withoutBook(makeBundle(newer, signer), newer))
  }),
  made(
    "a record of an unknown version, changed",
    "broken",
    ["not_in_tree 12", `file_changed ${records}`],
    () => given(newerAndChanged()),
  ),
]

export const readerGroups: readonly Group[] = [
  {
    title: "Against a checkpoint that the reader kept (--since)",
    about: "Even the log's own key cannot change what somebody else already holds.",
    cases: kept,
  },
  {
    title: "Not found with what these readers have",
    about: "Keep a checkpoint, and ask for cosignatures of witnesses: then the rows above apply.",
    cases: unseen,
  },
  {
    title: "Newer than the verifier",
    about: "Unknown is told apart from tampered with: hash, chain and root intact.",
    cases: unknown,
  },
]
