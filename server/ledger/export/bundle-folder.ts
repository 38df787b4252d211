import { createHash } from "node:crypto"
import { type FileHandle, mkdir, open, rm, writeFile } from "node:fs/promises"
import path from "node:path"
import type { ManifestFile } from "#contracts/ledger/export.ts"

const bufferBytes = 256 * 1024

/**
 * A bundle being written as a folder. Each file is hashed while it is written, so that the manifest costs no
 * second reading; only the list of files is in memory.
 */
export class BundleFolder {
  readonly folder: string
  readonly #files: ManifestFile[] = []
  readonly #folders = new Map<string, Promise<unknown>>()

  constructor(folder: string) {
    this.folder = folder
  }

  /** Begins with an empty folder: what an interrupted export left there is removed. */
  async clear(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
  }

  /** Begins a file; its path is one that contracts/ledger/export.ts allows. It counts once it is ended. */
  async begin(name: string): Promise<BundleFile> {
    return new BundleFile(await open(await this.#place(name), "wx", 0o600), (sha256, bytes) =>
      this.#files.push({ path: name, sha256, bytes }),
    )
  }

  /** Writes a whole file. Several may be written at the same time. */
  async write(name: string, content: string | Uint8Array): Promise<void> {
    const bytes = typeof content === "string" ? Buffer.from(content) : content
    await writeFile(await this.#place(name), bytes, { flag: "wx", mode: 0o600 })
    const sha256 = createHash("sha256").update(bytes).digest("hex")
    this.#files.push({ path: name, sha256, bytes: bytes.length })
  }

  /** All ended files, sorted by path as the manifest wants them. */
  files(): ManifestFile[] {
    return this.#files.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  }

  async #place(name: string): Promise<string> {
    const file = path.join(this.folder, name)
    const parent = path.dirname(file)
    const made = this.#folders.get(parent) ?? mkdir(parent, { recursive: true, mode: 0o700 })
    this.#folders.set(parent, made)
    await made
    return file
  }
}

/** A file that grows by one writer, which waits for each part before it gives the next. */
export class BundleFile {
  readonly #handle: FileHandle
  readonly #ended: (sha256: string, bytes: number) => void
  readonly #hash = createHash("sha256")
  #parts: Uint8Array[] = []
  #buffered = 0
  #bytes = 0

  constructor(handle: FileHandle, ended: (sha256: string, bytes: number) => void) {
    this.#handle = handle
    this.#ended = ended
  }

  /** The bytes are the caller's again once it is done. */
  async write(content: string | Uint8Array): Promise<void> {
    const isEnough = this.#buffered + content.length >= bufferBytes
    const isOurs = typeof content === "string" || !isEnough
    const part = isOurs ? Buffer.from(content as Uint8Array) : content
    this.#parts.push(part)
    this.#buffered += part.length
    if (this.#buffered >= bufferBytes) await this.#flush()
  }

  async end(): Promise<void> {
    await this.#flush()
    await this.#handle.close()
    this.#ended(this.#hash.digest("hex"), this.#bytes)
  }

  /** Lets go of a file whose export has failed. */
  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => undefined)
  }

  async #flush(): Promise<void> {
    const [first, ...others] = this.#parts
    if (first === undefined) return
    const whole = others.length === 0 ? first : Buffer.concat(this.#parts)
    this.#parts = []
    this.#buffered = 0
    this.#bytes += whole.length
    // The file is written by another thread while this one hashes.
    const written = this.#handle.writeFile(whole)
    this.#hash.update(whole)
    await written
  }
}
