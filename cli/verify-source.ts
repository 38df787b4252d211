import { closeSync, lstatSync, openSync, readFileSync, readSync, realpathSync } from "node:fs"
import { type FileHandle, open, readdir, realpath } from "node:fs/promises"
import { join, sep } from "node:path"
import type { Bundle } from "#contracts/ledger/bundle.ts"
import { isSafePath } from "#contracts/ledger/export.ts"
import type { RandomAccess } from "#contracts/ledger/zip-bundle.ts"

const chunkBytes = 1024 * 1024

/**
 * A folder as a bundle. Only plain files inside of it are read: names are relative and safe, and a symbolic link
 * is not followed, so that a bundle cannot make its verifier read anything else.
 */
export async function openFolder(folder: string): Promise<Bundle> {
  const root = await realpath(folder)
  // Without waiting: a bundle has a great many small files, and asking the thread pool costs more than the answer.
  const locate = (path: string): { file: string; size: number } | null => {
    if (!isSafePath(path)) return null
    const file = join(root, ...path.split("/"))
    try {
      const entry = lstatSync(file)
      if (!entry.isFile() || realpathSync.native(file) !== file) return null
      return { file, size: entry.size }
    } catch {
      return null
    }
  }
  const small = Buffer.allocUnsafeSlow(chunkBytes + 1)
  // A file is asked for and then read: the second look is spared.
  let last: { path: string; found: { file: string; size: number } | null } | null = null
  return {
    async has(path) {
      last = { path, found: locate(path) }
      return last.found !== null
    },
    async *stream(path, reuse = false) {
      const found = last?.path === path ? last.found : locate(path)
      if (found === null) throw new Error("there is no such file")
      if (found.size <= chunkBytes) yield reuse ? readInto(small, found.file) : readFileSync(found.file)
      else yield* readParts(found.file, reuse)
    },
    list: () => listFolder(root, ""),
  }
}

/** A file of less than the memory; a longer one, which has grown since, is cut off and so found to be changed. */
function readInto(memory: Buffer, file: string): Buffer {
  const handle = openSync(file, "r")
  try {
    let length = 0
    for (let read = -1; read !== 0 && length < memory.length; length += read)
      read = readSync(handle, memory, length, memory.length - length, null)
    return memory.subarray(0, length)
  } finally {
    closeSync(handle)
  }
}

/** Without waiting, as a verifier has nothing else to do; memory that is used again need not be collected. */
function* readParts(file: string, reuse: boolean): Generator<Uint8Array> {
  const handle = openSync(file, "r")
  try {
    let memory = Buffer.allocUnsafeSlow(chunkBytes)
    let before: Buffer<ArrayBuffer> | null = null
    for (let read = readSync(handle, memory); read > 0; read = readSync(handle, memory)) {
      yield memory.subarray(0, read)
      const last = memory
      memory = (reuse ? before : null) ?? Buffer.allocUnsafeSlow(chunkBytes)
      before = last
    }
  } finally {
    closeSync(handle)
  }
}

async function* listFolder(root: string, inside: string): AsyncGenerator<string> {
  for (const entry of await readdir(join(root, inside), { withFileTypes: true })) {
    const path = join(inside, entry.name)
    if (entry.isDirectory()) yield* listFolder(root, path)
    else yield path.split(sep).join("/")
  }
}

/** A file that is read at any place; the caller closes the handle. */
export async function randomAccess(handle: FileHandle): Promise<RandomAccess> {
  const { size } = await handle.stat()
  return {
    size,
    async read(offset, length) {
      const bytes = new Uint8Array(length)
      let done = 0
      while (done < length) {
        const { bytesRead } = await handle.read(bytes, done, length - done, offset + done)
        if (bytesRead === 0) throw new Error("the file ends too early")
        done += bytesRead
      }
      return bytes
    },
  }
}

export const openForReading = (file: string): Promise<FileHandle> => open(file, "r")
