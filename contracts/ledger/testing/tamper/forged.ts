import { utf8 } from "../../../bytes.ts"
import { encodeLeaf, type Leaf, leafHash, maxLeafBytes } from "../../encoding.ts"
import { bundleFiles } from "../../export.ts"
import { formatNote, signatureLine, signNote } from "../../note.ts"
import { checkpointOf, type Files, makeBundle } from "../bundle.ts"
import { log, origin, signer } from "../fixture.ts"
import { chainLeaves, makeSigner, type SealedLog, sha256 } from "../seal.ts"
import {
  forger,
  type Given,
  type Group,
  given,
  signedAgain,
  type TamperCase,
  textOf,
  whole,
  withoutKey,
} from "./case.ts"

/** Histories that were sealed anew: whoever holds the database can chain and hash whatever they like. */
const { checkpoint, records } = bundleFiles

export const change = (record: number, edit: (leaf: Leaf) => Leaf): SealedLog =>
  chainLeaves(
    origin,
    log.decoded.map((leaf, i) => (i === record ? edit(leaf) : leaf)),
    log,
  )

/** One record sealed a millisecond later, and everything after it chained and hashed again. */
export const rewritten = change(100, (leaf) => ({ ...leaf, at: leaf.at.replace(".020Z", ".021Z") }))

export const made = (
  edit: string,
  verdict: TamperCase["verdict"],
  finds: TamperCase["finds"],
  make: () => Given,
  file: string = records,
): TamperCase => ({ edit, file, make, verdict, finds })

/** Records of which one was changed after chaining: the tree and the head are made over what then stands there. */
function unchained(edit: (leaf: Leaf) => Leaf): SealedLog {
  const decoded = log.decoded.map((leaf, i) => (i === 100 ? edit(leaf) : leaf))
  const leaves = decoded.map((leaf) => utf8(encodeLeaf(leaf)))
  const hashes = leaves.map((leaf) => leafHash(leaf, sha256))
  return { ...log, decoded, leaves, hashes }
}

/** The tree's middle is another history's: only its edge gives the signed root. */
function linearFake(): Files {
  const files = makeBundle(rewritten, signer)
  for (const path of ["tile/1/000.p/1", "tile/0/001.p/14", checkpoint])
    files.set(path, whole.get(path) as Uint8Array)
  return signedAgain(files, rewritten)
}

const withCheckpoint = (text: string, files: Files = whole): Files =>
  signedAgain(new Map(files).set(checkpoint, utf8(text)))

const forgedHeads: readonly TamperCase[] = [
  made(
    "all sealed again after an edit, and the old head kept",
    "broken",
    [`root_mismatch ${checkpoint}`],
    () =>
      given(
        signedAgain(
          new Map(makeBundle(rewritten, signer)).set(checkpoint, whole.get(checkpoint) as Uint8Array),
        ),
      ),
  ),
  made(
    "the records and the tree's middle made anew, the tree's edge kept (a linear fake)",
    "broken",
    ["tile_mismatch tile/0/000"],
    () => given(linearFake()),
  ),
  made(
    "all sealed again and signed with a key of their own",
    "broken",
    [`checkpoint_not_signed_by_key ${checkpoint}`, "manifest_not_signed_by_key manifest.note"],
    () => given(makeBundle(rewritten, forger)),
  ),
  made("the same, shown to a reader who brought no key", "unauthenticated", [], () =>
    withoutKey(makeBundle(rewritten, forger)),
  ),
  made(
    "a key of their own in log.vkey, and the old signatures kept",
    "broken",
    [`checkpoint_not_signed_by_key ${checkpoint}`],
    () =>
      withoutKey(
        new Map(whole).set(bundleFiles.key, makeBundle(log, forger).get(bundleFiles.key) as Uint8Array),
      ),
    bundleFiles.key,
  ),
  made(
    "a false signature beside a true one of another key",
    "broken",
    [`checkpoint_signature_bad ${checkpoint}`],
    () => {
      const text = textOf(checkpoint)
      const false_ = signatureLine({ ...signer.key, signature: new Uint8Array(64) })
      return given(withCheckpoint(text + false_))
    },
    checkpoint,
  ),
  made(
    "the head of another log, signed by that log",
    "broken",
    [`checkpoint_not_signed_by_key ${checkpoint}`],
    () => {
      const name = "quanheng/other/0a1b2c3d"
      return given(withCheckpoint(checkpointOf({ ...log, origin: name }, makeSigner(name))))
    },
    checkpoint,
  ),
  made(
    "the head without its size, signed by the log's own key",
    "broken",
    [`checkpoint_malformed ${checkpoint}`],
    () => {
      const [name, , root] = textOf(checkpoint).split("\n")
      return given(withCheckpoint(formatNote(signNote(`${name}\n${root}\n`, signer.key, signer.sign))))
    },
    checkpoint,
  ),
]

const sealedWrong = (edit: string, finds: TamperCase["finds"], of: () => SealedLog): TamperCase =>
  made(edit, "broken", finds, () => given(makeBundle(of(), signer)))

const tradeThread = (
  leaf: Leaf,
  thread: (n: number, before: number | null) => [number, number | null],
): Leaf => ({
  ...leaf,
  threads: leaf.threads.map(([key, n, before]) =>
    key.startsWith("trd_") ? ([key, ...thread(n, before)] as const) : ([key, n, before] as const),
  ),
})

const signedWrong: readonly TamperCase[] = [
  sealedWrong(
    "a record edited, tree and head made anew, the chain left as it was",
    ["chain_broken 101"],
    () => unchained((leaf) => ({ ...leaf, at: leaf.at.replace(".020Z", ".021Z") })),
  ),
  sealedWrong("a record that names another record before it", ["chain_broken 100"], () =>
    unchained((leaf) => ({ ...leaf, prev: "0".repeat(64) })),
  ),
  sealedWrong("a record left out of its thread: the count is skipped", ["thread_broken 100"], () =>
    change(100, (leaf) => tradeThread(leaf, (n, before) => [n + 1, before])),
  ),
  sealedWrong("a record that names another one before it in its thread", ["thread_broken 100"], () =>
    change(100, (leaf) => tradeThread(leaf, (n) => [n, 1])),
  ),
  sealedWrong("a thread that begins twice", ["thread_broken 100"], () =>
    change(100, (leaf) => tradeThread(leaf, () => [1, null])),
  ),
  sealedWrong("a record sealed before the one before it", ["time_backwards 100"], () =>
    change(100, (leaf) => ({ ...leaf, at: "2025-12-31T00:00:00.000Z" })),
  ),
  sealedWrong("a record of another log sealed in", ["record_of_other_log 100"], () =>
    change(100, (leaf) => ({ ...leaf, log: "quanheng/other/0a1b2c3d" })),
  ),
  sealedWrong("a record larger than a record can be", ["record_malformed 100"], () =>
    change(100, (leaf) => ({ ...leaf, body: { ...leaf.body, more: "x".repeat(maxLeafBytes) } })),
  ),
  sealedWrong("a record whose body lacks a member", ["body_malformed 100"], () =>
    change(100, ({ body: { version, ...body }, ...leaf }) => ({ ...leaf, body })),
  ),
  sealedWrong("a record whose body has a member named __proto__", ["body_malformed 100"], () =>
    chainLeaves(origin, log.decoded, log, (leaf, i) =>
      i === 100 ? encodeLeaf(leaf).replace('"body":{', '"body":{"__proto__":{"a":1},') : encodeLeaf(leaf),
    ),
  ),
  sealedWrong("a record with a member named __proto__", ["record_malformed 100"], () =>
    chainLeaves(origin, log.decoded, log, (leaf, i) =>
      i === 100 ? encodeLeaf(leaf).replace(/^\{/, '{"__proto__":{"a":1},') : encodeLeaf(leaf),
    ),
  ),
  sealedWrong("a record whose body has an unknown member", ["body_malformed 100"], () =>
    change(100, (leaf) => ({ ...leaf, body: { ...leaf.body, more: 1 } })),
  ),
]

export const forgedGroups: readonly Group[] = [
  { title: "The history sealed anew", about: "Every hash is recomputed after an edit.", cases: forgedHeads },
  {
    title: "Sealed wrong and signed by the log's own key",
    about: "Tree, head and manifest fit what was sealed; the records contradict each other.",
    cases: signedWrong,
  },
]
