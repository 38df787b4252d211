import { fromUtf8, toHex } from "../bytes.ts"
import { type Bundle, readSmall, VerificationStop } from "./bundle.ts"
import { BundleFiles, type Progress, reason } from "./bundle-files.ts"
import { type Checkpoint, readCheckpoint } from "./checkpoint.ts"
import { nothingErased } from "./erased-values.ts"
import {
  bundleFiles,
  type Filter,
  type Manifest,
  manifestNoteText,
  parseManifest,
  rotationFile,
} from "./export.ts"
import { FailureList } from "./failure.ts"
import { type HeadKeys, keysForHead } from "./head-keys.ts"
import { HashLanes } from "./lanes/hash-lanes.ts"
import { isMalformed } from "./malformed.ts"
import { parseNote, parseVerifierKey, sameKey, type VerifierKey, verifyNote } from "./note.ts"
import type { Policy } from "./policy.ts"
import type { Sha256, VerifierCrypto } from "./ports.ts"
import type { Report } from "./report.ts"
import { reportKeys } from "./report-keys.ts"
import type { Rotation } from "./rotation.ts"
import { isAuthenticated, judgeHead, trustedKeys, type WitnessReport } from "./trust.ts"
import { checkKeptProofs, checkSince } from "./verify-consistency.ts"
import { FilteredAudit, type FilteredSummary } from "./verify-filtered.ts"
import { RecordsAudit, type RecordsSummary } from "./verify-records.ts"
import { checkRotations, readRotations } from "./verify-rotations.ts"
import { TreeAudit } from "./verify-tree.ts"

export type VerifyOptions = {
  readonly crypto: VerifierCrypto
  /** The keys that the reader brought; without any the bundle's own is used, and nothing is authenticated. */
  readonly keys: readonly VerifierKey[]
  /** The reader's own trust policy: its witnesses must have cosigned the head, and the logs it lists are trusted. */
  readonly policy?: Policy
  /** A checkpoint (a signed note) that the reader kept from before. */
  readonly since?: string
  readonly progress?: Progress
}

const maxNoteBytes = 1_100_000
/** Half a million files, as those of a log of 60 million records. */
const maxManifestBytes = 64 * 1024 * 1024

/** What is known when the head and the manifest have been read. */
type Opened = {
  readonly manifest: Manifest
  readonly checkpoint: Checkpoint
  readonly heads: HeadKeys
  readonly rotations: readonly Rotation[]
  /** Whether the keys are the reader's own, or such as those lead to. */
  readonly brought: boolean
  readonly compromised: boolean
  readonly authenticated: boolean
  readonly witnesses: WitnessReport | null
}

const nothing: RecordsSummary = {
  records: 0,
  disclosures: 0,
  journals: 0,
  trades: 0,
  maps: 0,
  unknown: { count: 0, first: null, kinds: [] },
  erased: nothingErased,
}

/**
 * Verifies an export bundle (LEDGER sections 6 and 7) without any network and without trusting whoever made it:
 * files against the signed manifest, records, hash chain, threads, tree, signatures, opened values, the book,
 * and the meaning of the steps. Streams; never throws for anything that a bundle can hold.
 */
export async function verifyBundle(bundle: Bundle, options: VerifyOptions): Promise<Report> {
  const failures = new FailureList()
  let opened: Opened | null = null
  let files: BundleFiles | null = null
  let summary: RecordsSummary | FilteredSummary = nothing
  let since: number | null = null
  try {
    opened = await openBundle(bundle, options, failures)
    const { sha256 } = options.crypto
    const lanes = HashLanes.open(sha256)
    const progress = options.progress ?? (() => {})
    files = new BundleFiles(bundle, opened.manifest, options.crypto, failures, progress, lanes)
    const tree = treeOf(opened, files, failures, sha256, lanes)
    await tree.open()
    const { origin: log, size, root } = opened.checkpoint
    const { filter, range } = opened.manifest
    const { rotations } = opened
    const input = { files, failures, sha256, lanes, tree, log, size, root, rotations }
    summary =
      filter === null
        ? await new RecordsAudit({ ...input, ...range }).run()
        : await new FilteredAudit({ ...input, filter }).run()
    const consistency = {
      checkpoint: opened.checkpoint,
      heads: opened.heads,
      rotations: opened.rotations,
      files,
      tree,
      failures,
      crypto: options.crypto,
    }
    await checkRotations(consistency)
    await checkKeptProofs(consistency)
    since = options.since === undefined ? null : await checkSince(consistency, options.since)
    await files.checkRest()
    files.settle()
  } catch (error) {
    if (!(error instanceof VerificationStop)) throw error
    files?.settle()
    failures.count += 1
    failures.kept.push(error.failure)
  }
  return makeReport(failures, opened, files, summary, since)
}

/** What is to be said of something that is no bundle at all, such as a zip that cannot be opened. */
export function reportUnreadable(detail: string): Report {
  const failures = new FailureList()
  failures.add("bundle_unreadable", { detail })
  return makeReport(failures, null, null, nothing, null)
}

function makeReport(
  failures: FailureList,
  opened: Opened | null,
  files: BundleFiles | null,
  summary: RecordsSummary | FilteredSummary,
  since: number | null,
): Report {
  const broken = failures.count > 0 || opened === null
  return {
    verdict: broken ? "broken" : opened.authenticated ? "intact" : "unauthenticated",
    failures: failures.kept,
    failureCount: failures.count,
    log: opened?.checkpoint.origin ?? null,
    size: opened?.checkpoint.size ?? null,
    root: opened === null ? null : toHex(opened.checkpoint.root),
    range: opened?.manifest.range ?? null,
    filter: filterOf(opened?.manifest.filter ?? null, summary),
    ...reportKeys(opened),
    witnesses: opened?.witnesses ?? null,
    checked: {
      files: opened?.manifest.files.length ?? 0,
      bytes: files?.totalBytes ?? 0,
      records: summary.records,
      disclosures: summary.disclosures,
      journals: summary.journals,
      trades: summary.trades,
      maps: summary.maps,
      since,
    },
    unknown: summary.unknown,
    erased: summary.erased,
    openingAssumed: (opened?.manifest.range.from ?? 0) > 0,
  }
}

const filterOf = (filter: Filter | null, summary: RecordsSummary | FilteredSummary): Report["filter"] =>
  filter !== null && "threads" in summary
    ? { ...filter, threads: summary.threads, scanned: summary.scanned }
    : null

const treeOf = (
  opened: Opened,
  files: BundleFiles,
  failures: FailureList,
  sha256: Sha256,
  lanes: HashLanes | null,
) =>
  new TreeAudit({
    files,
    failures,
    sha256,
    lanes,
    size: opened.checkpoint.size,
    root: opened.checkpoint.root,
    ...(opened.manifest.filter === null ? opened.manifest.range : { from: 0, to: 0 }),
  })

/** Reads and checks checkpoint, keys and manifest; stops where nothing can be built on them. */
async function openBundle(bundle: Bundle, options: VerifyOptions, failures: FailureList): Promise<Opened> {
  const head = readCheckpoint(await required(bundle, bundleFiles.checkpoint, maxNoteBytes))
  if (isMalformed(head))
    throw new VerificationStop("checkpoint_malformed", {
      file: bundleFiles.checkpoint,
      detail: head.malformed,
    })
  const checkpoint = head.unverifiedCheckpoint
  const rotations = await readRotations(bundle, checkpoint, options.crypto, failures)
  const brought = trustedKeys(options, checkpoint)
  const own = brought === null ? await ownKey(bundle, options.crypto) : null
  const trusted = keysForHead(brought, own, rotations, checkpoint)
  const { heads } = trusted
  const judged = judgeHead(head, heads, options.policy, options.crypto.verifyEd25519)
  for (const { code, ...detail } of judged.failures)
    failures.add(code, { file: bundleFiles.checkpoint, ...detail })
  if (trusted.astray && judged.signature === "signed")
    failures.add("rotation_out_of_order", { file: rotationFile(1), detail: "1" })
  const text = textOrStop(
    await required(bundle, bundleFiles.manifest, maxManifestBytes),
    bundleFiles.manifest,
  )
  await checkManifestNote(bundle, text, checkpoint, heads, options.crypto, failures)
  const manifest = parseManifest(text)
  if (isMalformed(manifest))
    throw new VerificationStop("manifest_malformed", {
      file: bundleFiles.manifest,
      detail: manifest.malformed,
    })
  if (manifest.log !== checkpoint.origin || manifest.size !== checkpoint.size)
    throw new VerificationStop("manifest_disagrees", {
      file: bundleFiles.manifest,
      detail: `${manifest.log} ${manifest.size}, ${checkpoint.origin} ${checkpoint.size}`,
    })
  const authenticated = isAuthenticated(trusted, judged, options.policy)
  return { manifest, checkpoint, ...trusted, rotations, authenticated, witnesses: judged.witnesses }
}

async function checkManifestNote(
  bundle: Bundle,
  manifest: string,
  { origin, size }: Checkpoint,
  heads: HeadKeys,
  crypto: VerifierCrypto,
  failures: FailureList,
): Promise<void> {
  const file = bundleFiles.manifestNote
  const note = parseNote(await required(bundle, file, maxNoteBytes))
  if (isMalformed(note)) return failures.add("manifest_malformed", { file, detail: note.malformed })
  const verdict = verifyNote(note, heads.known, crypto.verifyEd25519)
  const due = heads.at(size).filter(({ name }) => name === origin)
  if ("badKey" in verdict) failures.add("manifest_signature_bad", { file })
  else if (!verdict.verifiedBy.some((key) => due.some((one) => sameKey(one, key))))
    failures.add("manifest_not_signed_by_key", { file })
  if (note.text !== manifestNoteText(origin, manifest, crypto.sha256))
    failures.add("manifest_changed", { file: bundleFiles.manifest })
}

async function required(bundle: Bundle, path: string, maxBytes: number): Promise<Uint8Array> {
  let bytes: Uint8Array | null
  try {
    bytes = await readSmall(bundle, path, maxBytes)
  } catch (error) {
    if (error instanceof VerificationStop) throw error
    throw new VerificationStop("bundle_unreadable", { file: path, detail: reason(error) })
  }
  if (bytes === null) throw new VerificationStop("file_missing", { file: path })
  return bytes
}

async function ownKey(bundle: Bundle, crypto: VerifierCrypto): Promise<VerifierKey> {
  const text = textOrStop(await required(bundle, bundleFiles.key, 4096), bundleFiles.key)
  const key = parseVerifierKey(text, crypto.sha256)
  if (isMalformed(key))
    throw new VerificationStop("key_malformed", { file: bundleFiles.key, detail: key.malformed })
  return key
}

function textOrStop(bytes: Uint8Array, file: string): string {
  try {
    return fromUtf8(bytes)
  } catch {
    throw new VerificationStop("bundle_unreadable", { file, detail: "not UTF-8" })
  }
}
