import type { Bundle } from "./bundle.ts"
import { bundleFiles } from "./export.ts"

/** A file that can be read at any place: a file handle, or a Blob in the browser. */
export type RandomAccess = {
  readonly size: number
  /** Exactly `length` bytes from `offset`; throws when the file ends before. */
  read(offset: number, length: number): Promise<Uint8Array>
}

type Entry = {
  readonly offset: number
  readonly packed: number
  readonly size: number
  readonly method: number
}

const endSignature = 0x06054b50
const end64Locator = 0x07064b50
const end64Signature = 0x06064b50
const centralSignature = 0x02014b50
const localSignature = 0x04034b50
const maxCentralBytes = 256 * 1024 * 1024
const chunkBytes = 1024 * 1024

/**
 * A zip (PKWARE APPNOTE 6.3, stored or deflated entries, with ZIP64) as a bundle, read at random: only the
 * directory is in memory, an entry is inflated while it streams and never beyond the size that the directory
 * tells. A folder that encloses everything is looked through. Throws a plain Error on what is not such a zip.
 */
export async function openZip(file: RandomAccess): Promise<Bundle> {
  const { offset, length } = await findDirectory(file)
  if (length > maxCentralBytes || offset + length > file.size)
    throw new Error("the zip's directory is out of place")
  const entries = readDirectory(await file.read(offset, length))
  // Else a few megabytes could be told of as many files, and be inflated again for each.
  const packed = [...entries.values()].reduce((sum, entry) => sum + entry.packed, 0)
  if (packed > file.size) throw new Error("files of the zip lie over each other")
  const prefix = enclosingFolder(entries)
  return {
    has: async (path) => entries.has(prefix + path),
    stream: (path) => streamEntry(file, entries.get(prefix + path), path),
    async *list() {
      for (const path of entries.keys()) yield path.startsWith(prefix) ? path.slice(prefix.length) : path
    },
  }
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function safeNumber(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Error("the zip tells of an absurd size")
  return Number(value)
}

async function findDirectory(file: RandomAccess): Promise<{ offset: number; length: number }> {
  const tailLength = Math.min(file.size, 22 + 0xffff)
  const tail = viewOf(await file.read(file.size - tailLength, tailLength))
  for (let at = tailLength - 22; at >= 0; at--) {
    if (tail.getUint32(at, true) !== endSignature) continue
    const length = tail.getUint32(at + 12, true)
    const offset = tail.getUint32(at + 16, true)
    const isZip64 = at >= 20 && tail.getUint32(at - 20, true) === end64Locator
    return isZip64 ? readEnd64(file, safeNumber(tail.getBigUint64(at - 12, true))) : { offset, length }
  }
  throw new Error("not a zip file")
}

async function readEnd64(file: RandomAccess, at: number): Promise<{ offset: number; length: number }> {
  if (at + 56 > file.size) throw new Error("the zip's end is out of place")
  const end = viewOf(await file.read(at, 56))
  if (end.getUint32(0, true) !== end64Signature) throw new Error("the zip's end is malformed")
  return { length: safeNumber(end.getBigUint64(40, true)), offset: safeNumber(end.getBigUint64(48, true)) }
}

function readDirectory(bytes: Uint8Array): Map<string, Entry> {
  const view = viewOf(bytes)
  const names = new TextDecoder("utf-8", { fatal: true })
  const entries = new Map<string, Entry>()
  for (let at = 0; at < bytes.length; ) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== centralSignature)
      throw new Error("the zip's directory is malformed")
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      view.getUint16(at + field, true),
    ) as [number, number, number]
    const extraAt = at + 46 + nameLength
    const next = extraAt + extraLength + commentLength
    if (next > bytes.length) throw new Error("the zip's directory is malformed")
    const name = names.decode(bytes.subarray(at + 46, extraAt))
    if ((view.getUint16(at + 8, true) & 1) !== 0) throw new Error("the zip is encrypted")
    if (entries.has(name)) throw new Error(`the zip has two files named ${name.slice(0, 100)}`)
    if (!name.endsWith("/")) entries.set(name, readEntry(view, at, extraAt, extraAt + extraLength))
    at = next
  }
  return entries
}

function readEntry(view: DataView, at: number, extraAt: number, extraEnd: number): Entry {
  const method = view.getUint16(at + 10, true)
  const fields = {
    size: view.getUint32(at + 24, true),
    packed: view.getUint32(at + 20, true),
    offset: view.getUint32(at + 42, true),
  }
  for (let extra = extraAt; extra + 4 <= extraEnd; extra += 4 + view.getUint16(extra + 2, true)) {
    if (view.getUint16(extra, true) !== 1) continue
    let value = extra + 4
    for (const name of ["size", "packed", "offset"] as const)
      if (fields[name] === 0xffffffff) {
        if (value + 8 > extraEnd) throw new Error("the zip's directory is malformed")
        fields[name] = safeNumber(view.getBigUint64(value, true))
        value += 8
      }
  }
  return { ...fields, method }
}

/** "name/" when every file lies in that one folder and the manifest stands in it; else "". */
function enclosingFolder(entries: ReadonlyMap<string, Entry>): string {
  if (entries.has(bundleFiles.manifest)) return ""
  const [first] = entries.keys()
  const prefix = first?.includes("/") === true ? first.slice(0, first.indexOf("/") + 1) : ""
  const encloses = prefix !== "" && entries.has(prefix + bundleFiles.manifest)
  return encloses && [...entries.keys()].every((path) => path.startsWith(prefix)) ? prefix : ""
}

async function* streamEntry(
  file: RandomAccess,
  entry: Entry | undefined,
  path: string,
): AsyncGenerator<Uint8Array> {
  if (entry === undefined) throw new Error(`the zip has no file ${path}`)
  if (entry.offset + 30 > file.size) throw new Error("a file of the zip is out of place")
  const local = viewOf(await file.read(entry.offset, 30))
  if (local.getUint32(0, true) !== localSignature) throw new Error("a file of the zip is out of place")
  const start = entry.offset + 30 + local.getUint16(26, true) + local.getUint16(28, true)
  if (start + entry.packed > file.size) throw new Error("a file of the zip ends too early")
  const raw = readRange(file, start, entry.packed)
  if (entry.method !== 0 && entry.method !== 8)
    throw new Error("a file of the zip is packed in an unknown way")
  let length = 0
  for await (const part of entry.method === 0 ? raw : inflate(raw)) {
    length += part.length
    if (length > entry.size) throw new Error("a file of the zip is longer than the zip tells")
    yield part
  }
  if (length !== entry.size) throw new Error("a file of the zip is shorter than the zip tells")
}

async function* readRange(file: RandomAccess, start: number, length: number): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < length; done += chunkBytes)
    yield await file.read(start + done, Math.min(chunkBytes, length - done))
}

async function* inflate(raw: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = new ReadableStream<BufferSource>({
    async pull(controller) {
      const next = await raw.next()
      if (next.done === true) controller.close()
      else controller.enqueue(next.value as Uint8Array<ArrayBuffer>)
    },
  })
  const reader = source.pipeThrough(new DecompressionStream("deflate-raw")).getReader()
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value
  } finally {
    await reader.cancel().catch(() => {})
  }
}
