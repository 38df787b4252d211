import { toHex } from "../bytes.ts"
import { type Bundle, collect, LineReader, VerificationStop } from "./bundle.ts"
import { bundleFiles, isSafePath, type Manifest, type ManifestFile } from "./export.ts"
import type { FailureList } from "./failure.ts"
import type { HashLanes } from "./lanes/hash-lanes.ts"
import type { EndingSha256, LeafHashes, RunningSha256, VerifierCrypto } from "./ports.ts"

/** `done` and `total` are bytes of the files that the manifest lists. */
export type Progress = (done: number, total: number) => void

/** Of the memory of the lanes: a part of a file, and a block of its lines before it. */
const linesRoom = 2 * 1024 * 1024

/**
 * The bundle's files seen through the signed manifest. Every file is hashed while whoever needs it reads it, so
 * that nothing is read twice for its digest; what nobody read is read at the end, by `checkRest`.
 */
export class BundleFiles {
  private readonly bundle: Bundle
  private readonly crypto: VerifierCrypto
  private readonly failures: FailureList
  private readonly progress: Progress
  private readonly lanes: HashLanes | null
  private readonly listed = new Map<string, ManifestFile>()
  private readonly unread = new Set<string>()
  private readonly missing = new Set<string>()
  /** What is to be said of those that were to be compared later, in the order in which they were read. */
  private readonly later: ((() => void) | null)[] = []
  private doneBytes = 0
  readonly totalBytes: number
  /** What another thread knows of the bytes of records.jsonl that are being read: of them alone, in this reading. */
  leaves: LeafHashes | null = null

  constructor(
    bundle: Bundle,
    manifest: Manifest,
    crypto: VerifierCrypto,
    failures: FailureList,
    progress: Progress,
    lanes: HashLanes | null = null,
  ) {
    this.bundle = bundle
    this.crypto = crypto
    this.failures = failures
    this.progress = progress
    this.lanes = lanes
    for (const file of manifest.files) {
      this.listed.set(file.path, file)
      this.unread.add(file.path)
    }
    this.totalBytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
  }

  has(path: string): boolean {
    return this.listed.has(path)
  }

  paths(folder: string): string[] {
    return [...this.listed.keys()].filter((path) => path.startsWith(`${folder}/`))
  }

  bytesOf(path: string): number {
    return this.listed.get(path)?.bytes ?? 0
  }

  /** The file's bytes; when it is not there the failure is noted once, and nothing comes. */
  async *stream(path: string, reuse = false): AsyncGenerator<Uint8Array> {
    const file = this.listed.get(path)
    if (file === undefined || !(await this.bundle.has(path))) return this.noteMissing(path)
    const counted = this.unread.has(path)
    // What is read a second time may have changed since: nothing is known of it.
    if (path === bundleFiles.records) this.leaves = null
    const hash = this.hashOf(path, counted)
    const isAhead = counted && "leaves" in hash
    const parts = this.bundle.stream(path, reuse)
    let length = 0
    try {
      for await (const part of isAhead ? oneAhead(parts, hash) : parts) {
        length += part.length
        if (counted && !isAhead) hash.update(part)
        this.advance(counted ? part.length : 0)
        yield part
        // What is longer than listed is wrong already; the part that crosses the end still says which record it is.
        if (length > file.bytes) break
      }
    } catch (error) {
      if (error instanceof VerificationStop) throw error
      this.unread.delete(path)
      this.failures.add("bundle_unreadable", { file: path, detail: reason(error) })
      return
    }
    if (!this.unread.delete(path)) return
    if (path.startsWith("tile/")) this.compareLater(file, length, hash)
    else this.compare(file, length, toHex(hash.digest()))
  }

  /**
   * A lane hashes a third as fast as all of `runningSha256`: a single long file is better off with that, unless the
   * other lanes have as much to do.
   */
  private hashOf(path: string, counted: boolean): RunningSha256 | EndingSha256 {
    const { crypto, lanes } = this
    if (!counted || !isRecordsFile(path)) return crypto.runningSha256()
    if (path === bundleFiles.records && crypto.fileHashes?.openLines) {
      const hash = crypto.fileHashes.openLines()
      this.leaves = hash.leaves
      return hash
    }
    if (crypto.fileHashes) return crypto.fileHashes.open()
    const areMany = path !== bundleFiles.records || this.has(bundleFiles.recordsTable)
    return (areMany ? lanes?.stream() : null) ?? crypto.runningSha256()
  }

  /** Of the small ones another is read at once, so that these may wait for lanes that are free. */
  private compareLater(file: ManifestFile, length: number, hash: RunningSha256 | EndingSha256): void {
    const place = this.later.push(null) - 1
    const told = (digest: Uint8Array): void => {
      const isRight = length === file.bytes && toHex(digest) === file.sha256
      this.later[place] = isRight ? null : () => this.compare(file, length, toHex(digest))
    }
    if ("end" in hash) hash.end(told)
    else told(hash.digest())
  }

  /** Until every file that was read has been compared with the manifest. */
  settle(): void {
    this.crypto.fileHashes?.settle()
    this.lanes?.settle()
    for (const compare of this.later) compare?.()
    this.later.length = 0
  }

  lines(path: string, maxLine: number, areKept = false): LineReader {
    const isHashed = path === bundleFiles.records || path === bundleFiles.recordsTable
    const room = isHashed ? (this.lanes?.room(linesRoom) ?? null) : null
    return new LineReader(this.stream(path, true), path, maxLine, areKept, room)
  }

  /**
   * A whole small file, or null when it is not there (noted as a failure). With `reuse` its bytes are only good until
   * another file is read; a file that is longer than listed, and so refused, may then be read wrongly.
   */
  async read(path: string, maxBytes: number, reuse = false): Promise<Uint8Array | null> {
    const keptBelow = reuse ? this.bytesOf(path) : 0
    const bytes = await collect(this.stream(path, reuse), path, maxBytes, keptBelow)
    return this.missing.has(path) ? null : bytes
  }

  private noteMissing(path: string): void {
    this.unread.delete(path)
    if (!this.missing.has(path)) this.failures.add("file_missing", { file: path })
    this.missing.add(path)
  }

  private advance(bytes: number): void {
    this.doneBytes += bytes
    this.progress(this.doneBytes, this.totalBytes)
  }

  private compare(file: ManifestFile, length: number, digest: string): void {
    if (length !== file.bytes) this.failures.add("file_changed", { file: file.path, detail: `${length} B` })
    else if (digest !== file.sha256)
      this.failures.add("file_changed", { file: file.path, detail: `SHA-256 ${digest}` })
    if (file.path === `agreements/${file.sha256}` || !file.path.startsWith("agreements/")) return
    this.failures.add("agreement_wrong", { file: file.path })
  }

  /** Hashes every listed file that was not read yet, and names files that the manifest does not list. */
  async checkRest(): Promise<void> {
    for (const path of [...this.unread]) for await (const _ of this.stream(path, true));
    try {
      for await (const path of this.bundle.list()) this.checkName(path)
    } catch (error) {
      this.failures.add("bundle_unreadable", { detail: reason(error) })
    }
  }

  private checkName(path: string): void {
    if (path === bundleFiles.manifest || path === bundleFiles.manifestNote || this.listed.has(path)) return
    this.failures.add(isSafePath(path) ? "file_unlisted" : "file_name_unsafe", { file: path })
  }
}

/** Each part, after the hash was given the one behind it too, so that another thread is ahead of whoever reads. */
async function* oneAhead(parts: AsyncIterable<Uint8Array>, hash: RunningSha256): AsyncGenerator<Uint8Array> {
  let held: Uint8Array | null = null
  try {
    for await (const part of parts) {
      hash.update(part)
      if (held !== null) yield held
      held = part
    }
  } catch (error) {
    if (held !== null) yield held
    throw error
  }
  if (held !== null) yield held
}

/** The large ones, which are read side by side. */
const isRecordsFile = (path: string): boolean =>
  path === bundleFiles.records || path === bundleFiles.recordsTable || path.startsWith("tile/entries/")

/** A sentence fragment for a report: no line breaks, no stack, not long. */
export const reason = (error: unknown): string =>
  (error instanceof Error ? error.message : "unknown").split("\n")[0]?.slice(0, 200) ?? ""
