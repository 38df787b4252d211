import { concat, equalBytes, fromUtf8, toHex, utf8 } from "../../../bytes.ts"
import { canonicalJson } from "../../../canonical-json.ts"
import { formatCertificate, parseCertificate } from "../../certificate-form.ts"
import { describeCertificate, verifyCertificateFile } from "../../certificate-json.ts"
import { formatCheckpoint, readCheckpoint } from "../../checkpoint.ts"
import { csvRow, parseCsvRow } from "../../csv.ts"
import { decodeLeaf, encodeBody, encodeLeaf, type Leaf, leafHash } from "../../encoding.ts"
import { bundleFiles, formatManifest, isSafePath, parseManifest, recordRow } from "../../export.ts"
import type { FactType } from "../../fact.ts"
import { problemOfBody } from "../../fact-body.ts"
import { isMalformed } from "../../malformed.ts"
import { inclusionProof } from "../../merkle.ts"
import { formatNote, formatVerifierKey, parseNote, parseVerifierKey, sameKey } from "../../note.ts"
import { parsePolicy } from "../../policy.ts"
import { isProblem, readRotation } from "../../rotation.ts"
import { LeafScan } from "../../scan-leaf.ts"
import { afterRowOf } from "../../scan-row.ts"
import {
  decodeEntries,
  decodeHashTile,
  encodeEntries,
  encodeHashTile,
  hashBytes,
  parseTilePath,
  tileHashReader,
  tilePath,
  tilesOfSize,
} from "../../tiles.ts"
import { parseBookRow } from "../../verify-book.ts"
import { parseDisclosure } from "../../verify-companions.ts"
import { formatKeptProof, parseKeptProof } from "../../verify-consistency.ts"
import { checkpointOf } from "../bundle.ts"
import { log, origin, pristine, signer, size } from "../fixture.ts"
import { market } from "../market.ts"
import { rotationProof, turned } from "../rotated.ts"
import { makeSigner, sealLog, sha256, testCrypto } from "../seal.ts"
import { proofPath, whole } from "../tamper/case.ts"

/**
 * What is fuzzed: `check` gets any bytes and says whether they were accepted. It throws where a parser breaks its
 * word: it never throws itself, and what it accepts prints to the same bytes again.
 */
export type Target = {
  readonly name: string
  readonly seeds: readonly Uint8Array[]
  /** Of a million inputs. */
  readonly share: number
  readonly check: (bytes: Uint8Array) => boolean
}

export class BrokenWord extends Error {}

function same(made: string, text: string): true {
  if (made !== text) throw new BrokenWord("what was accepted prints to something else")
  return true
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true })

/** A parser of texts gets whatever the bytes are as text, broken characters replaced. */
const ofText = (
  name: string,
  share: number,
  seeds: readonly string[],
  check: (text: string) => boolean,
): Target => ({
  name,
  share,
  seeds: seeds.map((text) => utf8(text)),
  check: (bytes) => check(decoder.decode(bytes)),
})

const textOf = (path: string): string => fromUtf8(whole.get(path) as Uint8Array)
const linesOf = (path: string, count: number): string[] => textOf(path).split("\n").slice(0, count)
const vkey = formatVerifierKey(signer.key)
const read = tileHashReader(size, async (tile) => pristine.get(tilePath(tile)) as Uint8Array, sha256)
const certificates = await Promise.all(
  [0, 7, 260].map(async (index) => ({
    extra: log.leaves[index] as Uint8Array,
    index,
    proof: await inclusionProof(index, size, read, sha256),
    checkpoint: checkpointOf(log, signer),
  })),
)
const proofs = certificates.map(formatCertificate)
const described = proofs.map((text, i) =>
  JSON.stringify(describeCertificate(certificates[i] as (typeof certificates)[number], text, sha256)),
)

const scan = new LeafScan(origin)

/** The scan may only say yes where the strict decoder does, and must then have read the same. */
function checkLeaf(bytes: Uint8Array): boolean {
  const decoded = decodeLeaf(bytes)
  if ("leaf" in decoded) same(encodeLeaf(decoded.leaf), fromUtf8(bytes))
  // Between others, as a line lies in its file; no line has a line feed in it.
  const around = new Uint8Array(bytes.length + 16).fill(0x0a)
  around.set(bytes, 8)
  if (!scan.scan(around, 8, 8 + bytes.length)) return "leaf" in decoded
  if (!("leaf" in decoded)) throw new BrokenWord("scanned, but no leaf")
  checkScan(decoded.leaf, bytes)
  return true
}

function checkScan(leaf: Leaf, bytes: Uint8Array): void {
  const text = (from: number, to: number) => fromUtf8(scan.bytes.subarray(from, to))
  if (problemOfBody(leaf.type as FactType, leaf.body) !== null)
    throw new BrokenWord("scanned, but no body of its type")
  const threads = Array.from({ length: scan.threads }, (_, i) => {
    const before = scan.prevIndex[i] as number
    return [text(scan.key[i] as number, scan.keyEnd[i] as number), scan.n[i], before < 0 ? null : before]
  })
  const fits =
    leaf.log === origin &&
    scan.bodyScan?.type === leaf.type &&
    scan.index === leaf.index &&
    scan.version === leaf.body.version &&
    text(scan.at, scan.at + 24) === leaf.at &&
    text(scan.occurredAt, scan.occurredAt + 24) === leaf.occurredAt &&
    text(scan.prev, scan.prev + 64) === leaf.prev &&
    text(scan.body, scan.bodyEnd) === encodeBody(leaf.body) &&
    text(scan.role, scan.roleEnd) === ("job" in leaf.actor ? leaf.actor.job : leaf.actor.role) &&
    JSON.stringify(threads) === JSON.stringify(leaf.threads)
  if (!fits) throw new BrokenWord("scanned as something else than it is")
  const hash = leafHash(bytes, sha256)
  const row = utf8(`${recordRow(leaf, toHex(hash))}\n`)
  if (afterRowOf(row, 0, scan, hash) !== row.length - 1) throw new BrokenWord("its own row is not known")
}

/** A row of the table beside its record: only the one text is the row. */
const rowLeaf = log.leaves[0] as Uint8Array
const rowHash = leafHash(rowLeaf, sha256)
function checkTableRow(bytes: Uint8Array): boolean {
  if (!scan.scan(rowLeaf, 0, rowLeaf.length)) throw new BrokenWord("the record is not scanned")
  const row = utf8(recordRow(log.decoded[0] as Leaf, toHex(rowHash)))
  const is = afterRowOf(concat(bytes, utf8("\n")), 0, scan, rowHash) === bytes.length
  if (is !== equalBytes(bytes, row)) throw new BrokenWord("another row is taken for the record's")
  return is
}

/** What verifies without a failure is about that very record of that very log. */
function checkCertificateFile(text: string): boolean {
  const report = verifyCertificateFile(text, { keys: [signer.key], crypto: testCrypto })
  if (report.failures.length > 0) return false
  const leaf = report.index === null ? undefined : log.leaves[report.index]
  if (!report.authenticated || !leaf || !report.bytes || !equalBytes(report.bytes, leaf))
    throw new BrokenWord("a changed certificate verifies")
  return true
}

function checkDisclosure(bytes: Uint8Array): boolean {
  const found = parseDisclosure(bytes)
  if (typeof found === "string") return false
  const { index, path, salt, value, text } = found
  same(text, canonicalJson([path, value]))
  return same(canonicalJson({ index, path, salt, value }), fromUtf8(bytes))
}

function checkManifest(text: string): boolean {
  const manifest = parseManifest(text)
  if (isMalformed(manifest)) return false
  if (!manifest.files.every(({ path }) => isSafePath(path) && !path.split("/").includes("..")))
    throw new BrokenWord("an unsafe name")
  return same(formatManifest(manifest), text)
}

const turn = { at: 3, from: signer, to: makeSigner(origin) }
const turnedLog = sealLog(origin, turned(market(6), [turn]))

/** What is read is that very change, whatever else was changed about its proof. */
function checkRotation(bytes: Uint8Array): boolean {
  let text: string
  try {
    text = fromUtf8(bytes)
  } catch {
    return false
  }
  const read = readRotation(text, testCrypto)
  if (isProblem(read)) return false
  if (read.index !== turn.at || !sameKey(read.from, turn.from.key) || !sameKey(read.to, turn.to.key))
    throw new BrokenWord("another change of key")
  return true
}

function checkNote(bytes: Uint8Array): boolean {
  const note = parseNote(bytes)
  return !isMalformed(note) && same(formatNote(note), fromUtf8(bytes))
}

function checkHead(text: string): boolean {
  const head = readCheckpoint(text)
  if (isMalformed(head)) return false
  return same(`${formatCheckpoint(head.unverifiedCheckpoint)}`, head.note.text)
}

const policies = [
  `log ${vkey} https://example.org/\nquorum none\n`,
  `# trusted\nlog ${vkey}\n\nwitness w1 ${vkey}\nwitness w2 ${vkey} https://example.org/w2\ngroup g 1 w1 w2\nquorum g\n`,
]

export const targets: readonly Target[] = [
  { name: "leaf", share: 0.34, seeds: log.leaves.slice(0, 60), check: checkLeaf },
  {
    name: "table row",
    share: 0.08,
    seeds: [utf8(recordRow(log.decoded[0] as Leaf, toHex(rowHash)))],
    check: checkTableRow,
  },
  {
    name: "note",
    share: 0.08,
    seeds: [whole.get(bundleFiles.checkpoint), whole.get(bundleFiles.manifestNote)] as Uint8Array[],
    check: checkNote,
  },
  ofText("checkpoint", 0.06, [checkpointOf(log, signer), checkpointOf(log, signer, 1)], checkHead),
  ofText("verifier key", 0.05, [vkey, `${vkey}\n`], (text) => {
    const key = parseVerifierKey(text, sha256)
    return !isMalformed(key) && same(formatVerifierKey(key), text.replace(/\n$/, ""))
  }),
  ofText("tile path", 0.08, [...tilesOfSize(70_000)].slice(-300).map(tilePath), (text) => {
    const tile = parseTilePath(text)
    return !isMalformed(tile) && same(tilePath(tile), text)
  }),
  {
    name: "entry bundle",
    share: 0.04,
    seeds: [encodeEntries(log.leaves.slice(0, 3)), encodeEntries([])],
    check: checkEntries,
  },
  {
    name: "hash tile",
    share: 0.02,
    seeds: [(whole.get("tile/0/000") as Uint8Array).subarray(0, 2 * hashBytes)],
    check: checkHashTile,
  },
  ofText("certificate", 0.06, proofs, (text) => {
    const certificate = parseCertificate(text)
    return !isMalformed(certificate) && same(formatCertificate(certificate), text)
  }),
  ofText("certificate file", 0.02, [...proofs, ...described], checkCertificateFile),
  ofText("kept proof", 0.04, [textOf(proofPath)], (text) => {
    const proof = parseKeptProof(text)
    return !isMalformed(proof) && same(formatKeptProof(proof), text)
  }),
  ofText("manifest", 0.02, [textOf(bundleFiles.manifest)], checkManifest),
  ofText(
    "row of a table",
    0.03,
    [...linesOf(bundleFiles.recordsTable, 4), ...linesOf(bundleFiles.book, 4)],
    (text) => {
      const fields = parseCsvRow(text)
      return !isMalformed(fields) && same(csvRow(fields), text)
    },
  ),
  ofText(
    "row of the book",
    0.03,
    linesOf(bundleFiles.book, 9).slice(1),
    (text) => parseBookRow(text, 1) !== null,
  ),
  {
    name: "opened value",
    share: 0.03,
    seeds: linesOf(bundleFiles.disclosures, 9).map((line) => utf8(line)),
    check: checkDisclosure,
  },
  {
    name: "change of key",
    share: 0.01,
    seeds: [utf8(await rotationProof(turnedLog, turn))],
    check: checkRotation,
  },
  {
    name: "policy",
    share: 0.01,
    seeds: policies.map((text) => utf8(text)),
    check: (bytes) => !isMalformed(parsePolicy(bytes, sha256)),
  },
]

function checkEntries(bytes: Uint8Array): boolean {
  for (const width of [0, 1, 2, 3, 4]) {
    const leaves = decodeEntries(bytes, width)
    if (isMalformed(leaves)) continue
    if (leaves.length !== width || !equalBytes(encodeEntries(leaves), bytes))
      throw new BrokenWord("other entries")
    return true
  }
  return false
}

function checkHashTile(bytes: Uint8Array): boolean {
  const hashes = decodeHashTile(bytes, 2)
  if (isMalformed(hashes)) return false
  if (!equalBytes(encodeHashTile(hashes), bytes)) throw new BrokenWord("other hashes")
  return true
}
