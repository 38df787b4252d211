import { concat, utf8 } from "../../../bytes.ts"
import { bundleFiles } from "../../export.ts"
import {
  agreementPath,
  flip,
  type Given,
  type Group,
  given,
  proofPath,
  signedAgain,
  type TamperCase,
  textOf,
  whole,
  withBytes,
  withoutKey,
  withText,
} from "./case.ts"

/** One of each kind of file that the manifest lists, the checkpoint apart. */
const listed: readonly string[] = [
  bundleFiles.key,
  "tile/0/000",
  "tile/0/001.p/14",
  "tile/1/000.p/1",
  "tile/entries/000",
  "tile/entries/001.p/14",
  bundleFiles.records,
  bundleFiles.recordsTable,
  bundleFiles.disclosures,
  bundleFiles.book,
  bundleFiles.trialBalance,
  agreementPath,
  proofPath,
  "README.txt",
  "verify.html",
  "verify.mjs",
]

const nameOf = (file: string): string => file.replace(/[0-9a-f]{64}/, "<sha256>")

const changed = (edit: string, file: string, make: (bytes: Uint8Array) => Uint8Array): TamperCase => ({
  edit: `${edit} ${nameOf(file)}`,
  file,
  make: () => given(withBytes(file, make)),
  verdict: "broken",
  finds: [`file_changed ${file}`],
})

function without(file: string): TamperCase {
  return {
    edit: `there is no ${nameOf(file)}`,
    file,
    make() {
      const files = new Map(whole)
      files.delete(file)
      return given(files)
    },
    verdict: "broken",
    finds: [`file_missing ${file}`],
  }
}

const eachFile: readonly TamperCase[] = listed.flatMap((file) => [
  changed("one bit flipped in the middle of", file, (bytes) => flip(bytes, bytes.length >> 1)),
  changed("the second half cut off from", file, (bytes) => bytes.slice(0, bytes.length >> 1)),
  {
    ...changed("a byte added at the end of", file, (bytes) => concat(bytes, utf8("x"))),
    // A full tile has the most bytes that a tile can have.
    finds: [file === "tile/0/000" ? `file_too_large ${file}` : `file_changed ${file}`],
  },
  without(file),
])

const broken = (file: string, edit: string, finds: TamperCase["finds"], make: () => Given): TamperCase => ({
  edit,
  file,
  make,
  verdict: "broken",
  finds,
})

const { checkpoint, key, manifest, manifestNote } = bundleFiles

const heads: readonly TamperCase[] = [
  broken(
    checkpoint,
    "the size in the checkpoint raised by one",
    [`checkpoint_signature_bad ${checkpoint}`],
    () => given(withText(checkpoint, (text) => text.replace("\n270\n", "\n271\n"))),
  ),
  broken(
    checkpoint,
    "one letter of the root in the checkpoint changed",
    [`checkpoint_signature_bad ${checkpoint}`, `root_mismatch ${checkpoint}`],
    () =>
      given(
        withText(checkpoint, (text) =>
          text.replace(/\n270\n(.)/, (_, first: string) => `\n270\n${first === "A" ? "B" : "A"}`),
        ),
      ),
  ),
  broken(
    checkpoint,
    "one letter of the checkpoint's signature changed",
    [`checkpoint_signature_bad ${checkpoint}`],
    () => given(withText(checkpoint, changeSignature)),
  ),
  broken(checkpoint, "the checkpoint's signature cut off", [`checkpoint_malformed ${checkpoint}`], () =>
    given(withText(checkpoint, (text) => text.slice(0, text.indexOf("\u2014")))),
  ),
  broken(
    checkpoint,
    "a byte added at the end of the checkpoint",
    [`checkpoint_malformed ${checkpoint}`],
    () => given(withText(checkpoint, (text) => `${text}x`)),
  ),
  broken(checkpoint, "the checkpoint's lines ended by CR LF", [`checkpoint_malformed ${checkpoint}`], () =>
    given(withText(checkpoint, (text) => text.replaceAll("\n", "\r\n"))),
  ),
  broken(checkpoint, "a line more in the checkpoint's text", [`checkpoint_malformed ${checkpoint}`], () =>
    given(withText(checkpoint, (text) => text.replace("\n\n", "\nanother line\n\n"))),
  ),
  broken(checkpoint, "a checkpoint of two megabytes", [`file_too_large ${checkpoint}`], () =>
    given(withText(checkpoint, (text) => text + " ".repeat(2_000_000))),
  ),
  without(checkpoint),
  broken(key, "a key that is none, and the reader brought none", [`key_malformed ${key}`], () =>
    withoutKey(withText(key, (text) => text.replace("+", "-"))),
  ),
]

/** A signature is base64 of the key's id and 64 bytes: a letter well inside of the bytes. */
function changeSignature(text: string): string {
  const at = text.lastIndexOf(" ") + 30
  return text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1)
}

const manifests: readonly TamperCase[] = [
  broken(manifest, "the reason in the manifest changed", [`manifest_changed ${manifest}`], () =>
    given(withText(manifest, (text) => text.replace("a test", "no test"))),
  ),
  broken(manifest, "the range in the manifest shortened", [`manifest_changed ${manifest}`], () =>
    given(withText(manifest, (text) => text.replace('"to": 270', '"to": 269'))),
  ),
  broken(
    manifest,
    "a file left out of the manifest",
    [`manifest_changed ${manifest}`, "file_unlisted README.txt"],
    () =>
      given(withText(manifest, (text) => text.replace(/ {2}\{\n {3}"path": "README\.txt",[^}]*\},\n/, ""))),
  ),
  broken(manifest, "the manifest in another form of the same JSON", [`manifest_malformed ${manifest}`], () =>
    given(withText(manifest, (text) => `${JSON.stringify(JSON.parse(text))}\n`)),
  ),
  broken(manifest, "the manifest cut off", [`manifest_malformed ${manifest}`], () =>
    given(withText(manifest, (text) => text.slice(0, text.length >> 1))),
  ),
  broken(manifest, "a name in the manifest that leaves the bundle", [`manifest_malformed ${manifest}`], () =>
    given(withText(manifest, (text) => text.replace("records.csv", "../../etc/passwd"))),
  ),
  broken(manifest, "an absolute name in the manifest", [`manifest_malformed ${manifest}`], () =>
    given(withText(manifest, (text) => text.replace("records.csv", "/etc/passwd"))),
  ),
  broken(manifest, "an absurd file size in the manifest", [`manifest_malformed ${manifest}`], () =>
    given(withText(manifest, (text) => text.replace(/"bytes": \d+/, '"bytes": 1e300'))),
  ),
  broken(manifest, "a negative file size in the manifest", [`manifest_malformed ${manifest}`], () =>
    given(withText(manifest, (text) => text.replace(/"bytes": \d+/, '"bytes": -1'))),
  ),
  broken(manifest, "an unknown member in the manifest", [`manifest_malformed ${manifest}`], () =>
    given(withText(manifest, (text) => text.replace('"filter"', '"filler": 1,\n "filter"'))),
  ),
  broken(
    manifest,
    "the size in the manifest changed, and signed again",
    [`manifest_disagrees ${manifest}`],
    () => {
      const shorter = { origin: "", leaves: [], decoded: [], hashes: [], disclosures: [], journals: [] }
      const origin = textOf(checkpoint).split("\n")[0] as string
      return given(signedAgain(new Map(whole), { ...shorter, origin }))
    },
  ),
  without(manifest),
  broken(
    manifestNote,
    "another manifest's hash in the signed note",
    [`manifest_signature_bad ${manifestNote}`, `manifest_changed ${manifest}`],
    () =>
      given(
        withText(manifestNote, (text) =>
          text.replace(
            /\n([0-9a-f])([0-9a-f]{63}\n)/,
            (_, a: string, rest: string) => `\n${a === "0" ? "1" : "0"}${rest}`,
          ),
        ),
      ),
  ),
  broken(
    manifestNote,
    "one letter of the manifest's signature changed",
    [`manifest_signature_bad ${manifestNote}`],
    () => given(withText(manifestNote, changeSignature)),
  ),
  broken(
    manifestNote,
    "a byte added at the end of manifest.note",
    [`manifest_malformed ${manifestNote}`],
    () => given(withText(manifestNote, (text) => `${text}x`)),
  ),
  without(manifestNote),
  broken("extra.txt", "a file that the manifest does not list", ["file_unlisted extra.txt"], () =>
    given(new Map(whole).set("extra.txt", utf8("x"))),
  ),
  broken(".hidden", "a hidden file", ["file_name_unsafe .hidden"], () =>
    given(new Map(whole).set(".hidden", utf8("x"))),
  ),
]

export const fileGroups: readonly Group[] = [
  {
    title: "Every file, changed after the export",
    about:
      "The manifest lists each file with its SHA-256 and is signed by the log's key. Whoever does not have that key cannot change a byte.",
    cases: eachFile,
  },
  { title: "The signed head", about: "The reader brought the log's key.", cases: heads },
  { title: "The manifest and its signature", about: "The reader brought the log's key.", cases: manifests },
]
