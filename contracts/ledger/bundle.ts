import { type FailureCode, type FailureContext, failure } from "./failure.ts"

/**
 * Where a bundle's files come from: a folder, a zip, a file dropped into a page. Paths are relative, with `/`.
 * `stream` may be called again for the same path and throws when there is no such file.
 */
export type Bundle = {
  has(path: string): Promise<boolean>
  stream(path: string): AsyncIterable<Uint8Array>
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

export async function collect(
  stream: AsyncIterable<Uint8Array>,
  path: string,
  maxBytes: number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of stream) {
    length += part.length
    if (length > maxBytes) throw new VerificationStop("file_too_large", { file: path })
    parts.push(part)
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

/** Lines split on 0x0A only, without it; one chunk of the stream is in memory at a time. */
export class LineReader {
  private readonly chunks: AsyncIterator<Uint8Array>
  private readonly path: string
  private readonly maxLine: number
  /** The bytes in memory; the next line begins at `start` and, after `peek`, ends before `end`. */
  bytes: Uint8Array = new Uint8Array(0)
  start = 0
  end = 0
  /** True when the file has bytes after its last line feed; they were answered as a last line. */
  unterminated = false

  constructor(stream: AsyncIterable<Uint8Array>, path: string, maxLine: number) {
    this.chunks = stream[Symbol.asyncIterator]()
    this.path = path
    this.maxLine = maxLine
  }

  /** Whether the next line is in memory, whole and with its line feed; says so without waiting. */
  peek(): boolean {
    if (this.end <= this.start) this.end = this.bytes.indexOf(lineFeed, this.start)
    return this.end >= 0
  }

  /** Goes on after the line that `peek` found. */
  skip(): void {
    this.start = this.end + 1
  }

  /** The next line, or null at the end. The bytes are a view that stays valid. Stops at a line that is too long. */
  async next(): Promise<Uint8Array | null> {
    while (!this.peek()) {
      if (this.bytes.length - this.start > this.maxLine)
        throw new VerificationStop("file_too_large", { file: this.path })
      const chunk = await this.chunks.next()
      if (chunk.done === true) return this.takeRest()
      this.append(chunk.value)
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

  private append(chunk: Uint8Array): void {
    const kept = this.bytes.length - this.start
    if (kept === 0) this.bytes = chunk
    else {
      const joined = new Uint8Array(kept + chunk.length)
      joined.set(this.bytes.subarray(this.start))
      joined.set(chunk, kept)
      this.bytes = joined
    }
    this.start = 0
    this.end = 0
  }
}
