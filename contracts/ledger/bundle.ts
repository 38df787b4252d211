import { type FailureCode, type FailureContext, failure } from "./failure.ts"

/**
 * Where a bundle's files come from: a folder, a zip, a file dropped into a page. Paths are relative, with `/`.
 * `stream` may be called again for the same path and throws when there is no such file. With `reuse` a part of it is
 * only read until the one after the next is asked for, which may then lie in the same memory.
 */
export type Bundle = {
  has(path: string): Promise<boolean>
  stream(path: string, reuse?: boolean): AsyncIterable<Uint8Array>
  list(): AsyncIterable<string>
}

/** Thrown where a verification cannot go on at all; `failure` becomes part of the report. */
export class VerificationStop extends Error {
  readonly failure: ReturnType<typeof failure>

  constructor(code: FailureCode, context: FailureContext) {
    const cause = failure(code, context)
    super(cause.en)
    this.failure = cause
  }
}

/** A bundle whose files are in memory already: tests, small bundles, copies that are tampered with. */
export function memoryBundle(files: ReadonlyMap<string, Uint8Array>): Bundle {
  return {
    has: async (path) => files.has(path),
    async *stream(path) {
      const bytes = files.get(path)
      if (bytes === undefined) throw new Error(`no file ${path}`)
      yield bytes
    },
    async *list() {
      yield* files.keys()
    },
  }
}

/**
 * A whole small file, or null when it is not there. Stops the verification when it is larger than `maxBytes`:
 * what should be small is never read on.
 */
export async function readSmall(bundle: Bundle, path: string, maxBytes: number): Promise<Uint8Array | null> {
  if (!(await bundle.has(path))) return null
  return collect(bundle.stream(path), path, maxBytes)
}

/** `keptBelow`: of a stream that uses its memory again, what is not yet as long as this has to be kept elsewhere. */
export async function collect(
  stream: AsyncIterable<Uint8Array>,
  path: string,
  maxBytes: number,
  keptBelow = 0,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of stream) {
    length += part.length
    if (length > maxBytes) throw new VerificationStop("file_too_large", { file: path })
    parts.push(length < keptBelow ? part.slice() : part)
  }
  if (parts.length === 1) return parts[0] as Uint8Array
  const whole = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

const lineFeed = 0x0a

/**
 * Memory for text that is worked on where it lies. `findLineFeeds` writes the places of those between two places of it
 * into `places`, from `first` on and as many as there is room for, and answers how many `places` hold then.
 */
export type TextRoom = {
  readonly memory: Uint8Array
  findLineFeeds(from: number, to: number, places: Int32Array, first: number): number
}

/**
 * Lines split on 0x0A only, without it; one chunk of the stream is in memory at a time, in memory of its own, so that
 * the stream may use its own again.
 */
export class LineReader {
  private readonly chunks: AsyncIterator<Uint8Array>
  private readonly path: string
  private readonly maxLine: number
  private readonly isKept: boolean
  private readonly room: TextRoom | null
  /** The bytes in memory; the next line begins at `start` and, after `peek`, ends before `end`. */
  bytes: Uint8Array = new Uint8Array(0)
  start = 0
  end = 0
  /** Where in the file `bytes` begin. */
  base = 0
  private memory: Uint8Array = new Uint8Array(0)
  /** True when the file has bytes after its last line feed; they were answered as a last line. */
  unterminated = false

  /**
   * `isKept`: lines that were answered stay as they are until `gather`; else only until the next is asked for. In `room`
   * lie the bytes in memory where there is room for them and nothing is kept elsewhere.
   */
  constructor(
    stream: AsyncIterable<Uint8Array>,
    path: string,
    maxLine: number,
    isKept = false,
    room: TextRoom | null = null,
  ) {
    this.chunks = stream[Symbol.asyncIterator]()
    this.path = path
    this.maxLine = maxLine
    this.isKept = isKept
    this.room = room
  }

  /** Whether the next line is in memory, whole and with its line feed; says so without waiting. */
  peek(): boolean {
    if (this.end <= this.start) this.end = this.bytes.indexOf(lineFeed, this.start)
    return this.end >= 0
  }

  /**
   * Takes as many next lines into memory as there is room for, and writes down where they begin and end: fewer where
   * the file ends, a line is too long, or all are longer than `most` together. No line that was answered before may be
   * looked at any more.
   */
  async gather(starts: Int32Array, ends: Int32Array, most = Number.POSITIVE_INFINITY): Promise<number> {
    let count = 0
    for (let next = this.start; count < ends.length && next - this.start <= most; ) {
      const found = this.findLineFeeds(next, ends, count)
      for (; count < found && next - this.start <= most; count++) {
        const end = ends[count] as number
        if (end - next > this.maxLine) return count
        starts[count] = next
        next = end + 1
      }
      if (next - this.start > most || count === ends.length) continue
      if (this.bytes.length - next > this.maxLine) return count
      const moved = this.start
      const chunk = await this.chunks.next()
      if (chunk.done === true) return count
      this.append(chunk.value, true)
      next -= moved
      for (let i = 0; i < count; i++) {
        starts[i] = (starts[i] as number) - moved
        ends[i] = (ends[i] as number) - moved
      }
    }
    return count
  }

  /** As that of a room does it. */
  private findLineFeeds(from: number, places: Int32Array, first: number): number {
    const { bytes, room } = this
    if (room !== null && this.memory === room.memory)
      return room.findLineFeeds(from, bytes.length, places, first)
    let count = first
    for (let at = bytes.indexOf(lineFeed, from); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) {
      places[count++] = at
      if (count === places.length) break
    }
    return count
  }

  /** Goes on after the line that `peek` found. */
  skip(): void {
    this.start = this.end + 1
  }

  /** The next line, or null at the end. Stops at a line that is too long. */
  async next(): Promise<Uint8Array | null> {
    while (!this.peek()) {
      if (this.bytes.length - this.start > this.maxLine)
        throw new VerificationStop("file_too_large", { file: this.path })
      const chunk = await this.chunks.next()
      if (chunk.done === true) return this.takeRest()
      this.append(chunk.value, !this.isKept)
    }
    if (this.end - this.start > this.maxLine)
      throw new VerificationStop("file_too_large", { file: this.path })
    const line = this.bytes.subarray(this.start, this.end)
    this.skip()
    return line
  }

  private takeRest(): Uint8Array | null {
    if (this.start === this.bytes.length) return null
    this.unterminated = true
    const line = this.bytes.subarray(this.start)
    this.start = this.bytes.length
    return line
  }

  private append(chunk: Uint8Array, inPlace: boolean): void {
    const kept = this.bytes.length - this.start
    const length = kept + chunk.length
    const memory = inPlace ? this.memoryFor(length) : new Uint8Array(length)
    if (memory === this.memory) memory.copyWithin(0, this.start, this.start + kept)
    else memory.set(this.bytes.subarray(this.start))
    this.memory = memory
    memory.set(chunk, kept)
    this.bytes = memory.subarray(0, length)
    this.base += this.start
    this.start = 0
    this.end = 0
  }

  private memoryFor(length: number): Uint8Array<ArrayBufferLike> {
    if (this.room !== null && length <= this.room.memory.length) return this.room.memory
    const isOwn = this.room === null || this.memory !== this.room.memory
    return isOwn && length <= this.memory.length ? this.memory : new Uint8Array(length + length / 4)
  }
}
