import type { FileHandle } from "node:fs/promises"
import type { Readable, Transform } from "node:stream"
import { crc32 } from "node:zlib"

const max16 = 0xffff
const max32 = 0xffffffff
/** From this size on an entry is told of in zip64's fields, also where packing makes it a little longer. */
const bigBytes = 0xf0000000
const zip64Version = 45
const plainVersion = 20
/** 1 January 1980: nothing in a bundle depends on when it was packed. */
const date = 0x21

type Entry = { name: Buffer; method: number; crc: number; packed: number; size: number; offset: number }

/**
 * Writes a zip (PKWARE APPNOTE 6.3) front to back into a file, with zip64's fields where sizes, places or the number
 * of entries need them, and only there: older tools read everything else. A local header is written again when its
 * entry's sizes are known, so that no data descriptors are needed.
 */
export class ZipWriter {
  readonly #file: FileHandle
  #offset = 0
  #directory: Buffer[] = []
  #entries = 0

  constructor(file: FileHandle) {
    this.#file = file
  }

  /** An entry whose content is in memory; `packed` is it by the method (0: as it is, 8: deflate). */
  async addWhole(name: string, content: Uint8Array, packed: Uint8Array, method: 0 | 8): Promise<void> {
    const entry = {
      name: Buffer.from(name),
      method,
      crc: crc32(content),
      packed: packed.length,
      size: content.length,
      offset: this.#offset,
    }
    await this.#append(Buffer.concat([localHeader(entry, false), packed]))
    this.#note(entry, false)
  }

  /** An entry of `expected` bytes that are deflated while they stream. */
  async add(name: string, content: Readable, expected: number, packer: Transform): Promise<void> {
    const entry: Entry = {
      name: Buffer.from(name),
      method: 8,
      crc: 0,
      packed: 0,
      size: 0,
      offset: this.#offset,
    }
    const isBig = expected >= bigBytes
    await this.#append(localHeader(entry, isBig))
    content.on("data", (part: Buffer) => {
      entry.crc = crc32(part, entry.crc)
      entry.size += part.length
    })
    content.on("error", (error) => packer.destroy(error))
    for await (const part of content.pipe(packer) as AsyncIterable<Buffer>) {
      entry.packed += part.length
      await this.#append(part)
    }
    if (entry.size !== expected) throw new Error(`${name} changed while it was packed`)
    await this.#write(localHeader(entry, isBig), entry.offset)
    this.#note(entry, isBig)
  }

  async end(): Promise<void> {
    const start = this.#offset
    await this.#append(Buffer.concat(this.#directory))
    await this.#append(endOfDirectory(this.#entries, start, this.#offset - start))
  }

  #note(entry: Entry, isBig: boolean): void {
    this.#directory.push(directoryHeader(entry, isBig))
    this.#entries += 1
  }

  async #append(bytes: Uint8Array): Promise<void> {
    await this.#write(bytes, this.#offset)
    this.#offset += bytes.length
  }

  async #write(bytes: Uint8Array, at: number): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, at + done)
      done += bytesWritten
    }
  }
}

/** Extra field 1: the values that the plain fields have no room for, in the format's order. */
function zip64Extra(values: readonly number[]): Buffer {
  if (values.length === 0) return Buffer.alloc(0)
  const extra = Buffer.alloc(4 + 8 * values.length)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(8 * values.length, 2)
  for (const [i, value] of values.entries()) extra.writeBigUInt64LE(BigInt(value), 4 + 8 * i)
  return extra
}

/** Version needed, flags, method, time, date, CRC and sizes: the same in both headers. */
function common({ method, crc, packed, size }: Entry, isBig: boolean, isZip64: boolean): Buffer {
  const fields = Buffer.alloc(22)
  fields.writeUInt16LE(isZip64 ? zip64Version : plainVersion, 0)
  fields.writeUInt16LE(method, 4)
  fields.writeUInt16LE(date, 8)
  fields.writeUInt32LE(crc, 10)
  fields.writeUInt32LE(isBig ? max32 : packed, 14)
  fields.writeUInt32LE(isBig ? max32 : size, 18)
  return fields
}

function localHeader(entry: Entry, isBig: boolean): Buffer {
  const extra = zip64Extra(isBig ? [entry.size, entry.packed] : [])
  const lengths = Buffer.alloc(4)
  lengths.writeUInt16LE(entry.name.length, 0)
  lengths.writeUInt16LE(extra.length, 2)
  return Buffer.concat([Buffer.from("PK\x03\x04"), common(entry, isBig, isBig), lengths, entry.name, extra])
}

function directoryHeader(entry: Entry, isBig: boolean): Buffer {
  const isFar = entry.offset >= max32
  const extra = zip64Extra([...(isBig ? [entry.size, entry.packed] : []), ...(isFar ? [entry.offset] : [])])
  const rest = Buffer.alloc(18)
  rest.writeUInt16LE(entry.name.length, 0)
  rest.writeUInt16LE(extra.length, 2)
  rest.writeUInt32LE(isFar ? max32 : entry.offset, 14)
  const isZip64 = isBig || isFar
  const madeBy = Buffer.from([isZip64 ? zip64Version : plainVersion, 0])
  return Buffer.concat([
    Buffer.from("PK\x01\x02"),
    madeBy,
    common(entry, isBig, isZip64),
    rest,
    entry.name,
    extra,
  ])
}

function endOfDirectory(entries: number, start: number, length: number): Buffer {
  const end = Buffer.alloc(22)
  end.write("PK\x05\x06", "latin1")
  end.writeUInt16LE(Math.min(entries, max16), 8)
  end.writeUInt16LE(Math.min(entries, max16), 10)
  end.writeUInt32LE(Math.min(length, max32), 12)
  end.writeUInt32LE(Math.min(start, max32), 16)
  if (entries < max16 && length < max32 && start < max32) return end
  const end64 = Buffer.alloc(56)
  end64.write("PK\x06\x06", "latin1")
  end64.writeBigUInt64LE(44n, 4)
  end64.writeUInt16LE(zip64Version, 12)
  end64.writeUInt16LE(zip64Version, 14)
  end64.writeBigUInt64LE(BigInt(entries), 24)
  end64.writeBigUInt64LE(BigInt(entries), 32)
  end64.writeBigUInt64LE(BigInt(length), 40)
  end64.writeBigUInt64LE(BigInt(start), 48)
  const locator = Buffer.alloc(20)
  locator.write("PK\x06\x07", "latin1")
  locator.writeBigUInt64LE(BigInt(start + length), 8)
  locator.writeUInt32LE(1, 16)
  return Buffer.concat([end64, locator, end])
}
