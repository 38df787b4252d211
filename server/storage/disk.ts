import { randomBytes } from "node:crypto"
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises"
import { dirname, join } from "node:path"
import { assert } from "#contracts/assert.ts"
import { type FileKey, type FileStore, type FileWriter, isFileKey, type StoredFile } from "./file-store.ts"

/**
 * Files on a local disk, under `<root>/whole/<2 hex>/<key>`; those being written lie in `<root>/begun/<key>`
 * and are moved when they are complete and durable, so that a crash at any point leaves a whole file or none.
 */
export function makeDiskStore(root: string): FileStore {
  const begun = (key: FileKey) => join(root, "begun", checked(key))
  const whole = (key: FileKey) => join(root, "whole", checked(key).slice(0, 2), key)
  return {
    async create() {
      const key = randomBytes(16).toString("hex")
      await mkdir(join(root, "begun"), { recursive: true, mode: 0o700 })
      return diskWriter(key, await open(begun(key), "wx+", 0o600), 0, begun(key), whole(key))
    },
    async resume(key) {
      const handle = await openOrNull(begun(key), "r+")
      if (handle === null) return null
      return diskWriter(key, handle, (await handle.stat()).size, begun(key), whole(key))
    },
    async open(key) {
      const handle = await openOrNull(whole(key), "r")
      return handle === null ? null : diskFile(handle, (await handle.stat()).size)
    },
    async stat(key) {
      const found = await stat(whole(key)).catch(nullWhenMissing)
      return found === null ? null : { bytes: found.size }
    },
    async delete(key) {
      await rm(begun(key), { force: true })
      await rm(whole(key), { force: true })
    },
    async unfinished(beforeMs) {
      const names = (await readdir(join(root, "begun")).catch(nullWhenMissing)) ?? []
      const old: FileKey[] = []
      for (const name of names.filter(isFileKey)) {
        const found = await stat(begun(name)).catch(nullWhenMissing)
        if (found !== null && found.mtimeMs < beforeMs) old.push(name)
      }
      return old
    },
  }
}

function diskWriter(key: FileKey, handle: FileHandle, size: number, from: string, to: string): FileWriter {
  let bytes = size
  return {
    key,
    bytes: () => bytes,
    async write(part) {
      await writeWhole(handle, part, bytes)
      bytes += part.length
    },
    read: (start, length) => readExactly(handle, start, length),
    async truncate(to) {
      assert(to <= bytes, "cannot truncate beyond the end")
      await handle.truncate(to)
      bytes = to
    },
    async commit() {
      await handle.datasync()
      await handle.close()
      await mkdir(dirname(to), { recursive: true, mode: 0o700 })
      await rename(from, to)
      await syncFolder(dirname(to))
    },
    async suspend() {
      await handle.datasync()
      await handle.close()
    },
    async abort() {
      await handle.close()
      await rm(from, { force: true })
    },
  }
}

function diskFile(handle: FileHandle, bytes: number): StoredFile {
  return {
    bytes,
    read: (start, length) => readExactly(handle, start, length),
    close: () => handle.close(),
  }
}

async function writeWhole(handle: FileHandle, part: Uint8Array, position: number): Promise<void> {
  let done = 0
  while (done < part.length) {
    const { bytesWritten } = await handle.write(part, done, part.length - done, position + done)
    done += bytesWritten
  }
}

async function readExactly(handle: FileHandle, start: number, length: number): Promise<Uint8Array> {
  // A buffer of its own, not one from Node's shared pool: it is handed on to streams that keep it.
  const bytes = Buffer.allocUnsafeSlow(length)
  let done = 0
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, start + done)
    if (bytesRead === 0)
      throw new Error(`stored file ends at ${start + done}, ${length - done} bytes missing`)
    done += bytesRead
  }
  return bytes
}

/** A renamed file survives a power cut only when its folder was written too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r")
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function openOrNull(path: string, flags: string): Promise<FileHandle | null> {
  return open(path, flags).catch(nullWhenMissing)
}

function nullWhenMissing(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null
  throw error
}

function checked(key: string): FileKey {
  assert(isFileKey(key), "not a file key")
  return key
}
