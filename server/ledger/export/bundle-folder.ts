import { createHash } from "node:crypto"
import { type FileHandle, mkdir, open, rm } from "node:fs/promises"
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
  readonly #folders = new Set<string>()

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
    const file = path.join(this.folder, name)
    const parent = path.dirname(file)
    if (!this.#folders.has(parent)) {
      await mkdir(parent, { recursive: true, mode: 0o700 })
      this.#folders.add(parent)
    }
    return new BundleFile(await open(file, "wx", 0o600), (sha256, bytes) =>
      this.#files.push({ path: name, sha256, bytes }),
    )
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    const file = await this.begin(name)
    await file.write(content)
    await file.end()
  }

  /** All ended files, sorted by path as the manifest wants them. */
  files(): ManifestFile[] {
    return this.#files.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  }
}

export class BundleFile {
  readonly #handle: FileHandle
  readonly #ended: (sha256: string, bytes: number) => void
  readonly #hash = createHash("sha256")
  #parts: Buffer[] = []
  #buffered = 0
  #bytes = 0

  constructor(handle: FileHandle, ended: (sha256: string, bytes: number) => void) {
    this.#handle = handle
    this.#ended = ended
  }

  async write(content: string | Uint8Array): Promise<void> {
    const part = Buffer.from(content as Uint8Array)
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
    const whole = Buffer.concat(this.#parts)
    this.#parts = []
    this.#buffered = 0
    this.#hash.update(whole)
    this.#bytes += whole.length
    await this.#handle.writeFile(whole)
  }
}
