import { assert } from "#contracts/assert.ts"
import type { FileKey, FileStore, FileWriter, StoredFile } from "./file-store.ts"
import {
  type ChunkCipher,
  chunkBytes,
  chunkOverheadBytes,
  headerBytes,
  measureSealed,
  newChunkCipher,
  openChunk,
  readChunkCipher,
  SealBrokenError,
  sealChunk,
} from "./sealed-format.ts"

/** Writes plain bytes as a sealed file. One chunk is held in memory, never the file. */
export type SealedWriter = {
  readonly key: FileKey
  /** Plain bytes taken so far. */
  bytes(): number
  write(plain: Uint8Array): Promise<void>
  /** Seals the last chunk and makes the file openable. */
  finish(): Promise<void>
  /**
   * Keeps what can be resumed and returns how many plain bytes that is. A full chunk is kept only when more
   * bytes are known to follow it, since the last chunk is sealed as the last.
   */
  suspend(moreFollows: boolean): Promise<number>
  abort(): Promise<void>
}

export async function createSealed(
  store: FileStore,
  productKey: Uint8Array,
  chunk: number = chunkBytes,
): Promise<SealedWriter> {
  const cipher = newChunkCipher(productKey, chunk)
  const writer = await store.create()
  await writer.write(cipher.header)
  return sealingWriter(writer, cipher, 0)
}

/**
 * Goes on with a suspended file. The chunks already there are opened again, in order, and handed to `again`
 * (an upload feeds its hash with them). Null when there is no such file.
 * Throws SealBrokenError when a chunk was changed.
 */
export async function resumeSealed(
  store: FileStore,
  productKey: Uint8Array,
  key: FileKey,
  again: (plain: Uint8Array) => void,
): Promise<SealedWriter | null> {
  const writer = await store.resume(key)
  if (writer === null) return null
  try {
    if (writer.bytes() < headerBytes) throw new SealBrokenError("the header was not written whole")
    const cipher = readChunkCipher(productKey, await writer.read(0, headerBytes))
    const sealedBytes = cipher.chunk + chunkOverheadBytes
    const chunks = Math.floor((writer.bytes() - headerBytes) / sealedBytes)
    const there = chunks === 0 ? 0 : await reopenChunks(writer, cipher, chunks, again)
    await writer.truncate(headerBytes + there * sealedBytes)
    return sealingWriter(writer, cipher, there)
  } catch (error) {
    await writer.suspend()
    throw error
  }
}

/**
 * How many chunks stand. A final chunk that does not open was torn by a crash, or sealed as the last one just
 * before it: it is sent again. One before it that does not open was changed.
 */
async function reopenChunks(
  writer: FileWriter,
  cipher: ChunkCipher,
  chunks: number,
  again: (plain: Uint8Array) => void,
): Promise<number> {
  const sealedBytes = cipher.chunk + chunkOverheadBytes
  for (let i = 0; i < chunks; i++) {
    const sealed = await writer.read(headerBytes + i * sealedBytes, sealedBytes)
    try {
      again(openChunk(cipher, i, false, sealed))
    } catch (error) {
      if (error instanceof SealBrokenError && i === chunks - 1) return i
      throw error
    }
  }
  return chunks
}

function sealingWriter(writer: FileWriter, cipher: ChunkCipher, chunksThere: number): SealedWriter {
  const buffer = Buffer.allocUnsafeSlow(cipher.chunk)
  let filled = 0
  let index = chunksThere
  const seal = async (last: boolean) => {
    await writer.write(sealChunk(cipher, index, last, buffer.subarray(0, filled)))
    index += 1
    filled = 0
  }
  return {
    key: writer.key,
    bytes: () => index * cipher.chunk + filled,
    async write(plain) {
      for (let taken = 0; taken < plain.length; ) {
        // A full chunk waits for the next byte, because only then it is known not to be the last.
        if (filled === cipher.chunk) await seal(false)
        const part = plain.subarray(taken, taken + cipher.chunk - filled)
        buffer.set(part, filled)
        filled += part.length
        taken += part.length
      }
    },
    async finish() {
      await seal(true)
      await writer.commit()
    },
    async suspend(moreFollows) {
      if (moreFollows && filled === cipher.chunk) await seal(false)
      await writer.suspend()
      return index * cipher.chunk
    },
    abort: () => writer.abort(),
  }
}

/** A sealed file held open for reading; it must be closed. */
export type SealedFile = {
  /** Plain bytes of the whole file. */
  readonly bytes: number
  /**
   * The plain bytes from `start` up to, not including, `end`, in pieces of at most one chunk, each checked
   * before it is handed out. Throws SealBrokenError at the first chunk that is not what was stored.
   */
  read(start?: number, end?: number): AsyncGenerator<Uint8Array>
  close(): Promise<void>
}

/** Null when the store has no finished file of this key. Throws SealBrokenError on a file that is no sealed one. */
export async function openSealed(
  store: FileStore,
  productKey: Uint8Array,
  key: FileKey,
): Promise<SealedFile | null> {
  const file = await store.open(key)
  if (file === null) return null
  try {
    if (file.bytes < headerBytes) throw new SealBrokenError("too short for a sealed file")
    const cipher = readChunkCipher(productKey, await file.read(0, headerBytes))
    const { chunks, bytes } = measureSealed(file.bytes, cipher.chunk)
    return {
      bytes,
      read: (start = 0, end = bytes) => readChunks(file, cipher, chunks, bytes, start, end),
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function* readChunks(
  file: StoredFile,
  cipher: ChunkCipher,
  chunks: number,
  bytes: number,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  assert(0 <= start && start <= end && end <= bytes, "a range within the file")
  if (start === end && bytes > 0) return
  const sealedBytes = cipher.chunk + chunkOverheadBytes
  const readChunk = (i: number) => {
    const at = headerBytes + i * sealedBytes
    return file.read(at, Math.min(sealedBytes, file.bytes - at))
  }
  const first = Math.floor(start / cipher.chunk)
  const last = Math.max(first, Math.ceil(end / cipher.chunk) - 1)
  let next = readChunk(first)
  for (let i = first; i <= last; i++) {
    const sealed = await next
    // The next chunk is read from disk while this one is opened and sent.
    if (i < last) {
      next = readChunk(i + 1)
      next.catch(() => {})
    }
    const plain = openChunk(cipher, i, i === chunks - 1, sealed)
    const from = Math.max(0, start - i * cipher.chunk)
    const to = Math.min(plain.length, end - i * cipher.chunk)
    if (to > from) yield plain.subarray(from, to)
  }
}
