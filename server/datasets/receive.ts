import { createHash } from "node:crypto"
import { type Refusal, refuse } from "#contracts/refusal.ts"
import type { FileKey, FileStore } from "../storage/file-store.ts"
import { createSealed, resumeSealed, type SealedWriter } from "../storage/sealed-file.ts"
import { refuseStart } from "./detect.ts"

/** What stands of an upload after a request for it ended. */
export type Received =
  /** `sha256` in lower-case hex, `bytes`: of the plain file. */
  | { state: "complete"; key: FileKey; sha256: string; bytes: number }
  /** The connection broke, or more is to come: go on at byte `bytes`. */
  | { state: "partial"; key: FileKey; bytes: number }

export type Receiving = {
  /** A larger file is refused when the byte after arrives, or at once when `totalBytes` says so. */
  maxBytes: number
  /** Where the sender told how large the file is: a body that ends before is partial, one that is longer refused. */
  totalBytes?: number
  /** Goes on with an unfinished file; the body starts at its byte `offset`. */
  resume?: { key: FileKey; offset: number }
  /** Ends the upload and removes all of it; the signal's reason is thrown. */
  signal?: AbortSignal
  /** The key of a new file before its first byte: kept by the caller, so that it can be resumed or swept. */
  onKey?: (key: FileKey) => Promise<void>
  /** Plain bytes so far, after each piece. */
  onProgress?: (bytes: number) => void
}

/**
 * Stores a file while it arrives: sealed, hashed and counted in one pass, with one chunk in memory. A resumed
 * file is read once more, to hash what is there. What is refused, aborted or fails here is removed; what the
 * sender broke off is kept for a resume. Throws what the storage throws.
 */
export async function receiveFile(
  store: FileStore,
  productKey: Uint8Array,
  body: AsyncIterable<Uint8Array>,
  options: Receiving,
): Promise<Received | Refusal> {
  const { maxBytes, totalBytes, resume, onKey } = options
  if (totalBytes !== undefined && totalBytes > maxBytes) return tooLarge(maxBytes)
  const hash = createHash("sha256")
  const writer = resume
    ? await resumeSealed(store, productKey, resume.key, (plain) => hash.update(plain))
    : await createSealed(store, productKey)
  if (writer === null) return refuse("upload_not_open", "upload")
  if (resume && resume.offset !== writer.bytes()) {
    const received = await writer.suspend(false)
    return refuse("range_invalid", "Content-Range", { received })
  }
  let end: "end" | "broken" | Refusal
  try {
    if (!resume) await onKey?.(writer.key)
    end = await takeBody(writer, body, (piece) => hash.update(piece), options)
  } catch (error) {
    await writer.abort()
    throw error
  }
  if (typeof end === "object") {
    await writer.abort()
    return end
  }
  const more = totalBytes !== undefined && writer.bytes() < totalBytes
  if (end === "broken" || more)
    return { state: "partial", key: writer.key, bytes: await writer.suspend(more) }
  if (writer.bytes() === 0) {
    await writer.abort()
    return refuse("file_empty", "file")
  }
  const bytes = writer.bytes()
  await writer.finish()
  return { state: "complete", key: writer.key, sha256: hash.digest("hex"), bytes }
}

/** `broken` when the sender's side failed; throws when ours did, or when it was aborted. */
async function takeBody(
  writer: SealedWriter,
  body: AsyncIterable<Uint8Array>,
  hash: (piece: Uint8Array) => void,
  { maxBytes, totalBytes, signal, onProgress }: Receiving,
): Promise<"end" | "broken" | Refusal> {
  const pieces = body[Symbol.asyncIterator]()
  try {
    for (;;) {
      signal?.throwIfAborted()
      const next = await nextPiece(pieces, signal)
      signal?.throwIfAborted()
      if (next === "broken") return "broken"
      if (next.done) return "end"
      const piece = next.value
      const refused = writer.bytes() === 0 ? refuseStart(piece) : null
      if (refused !== null) return refused
      const bytes = writer.bytes() + piece.length
      if (bytes > maxBytes) return tooLarge(maxBytes)
      if (totalBytes !== undefined && bytes > totalBytes)
        return refuse("malformed_request", "Content-Range", { expected: totalBytes })
      hash(piece)
      await writer.write(piece)
      onProgress?.(bytes)
    }
  } finally {
    // Not awaited: a sender that is silent would never let it end.
    pieces.return?.().catch(() => {})
  }
}

type Next = IteratorResult<Uint8Array> | "broken"

/** An abort is noticed also while the sender is silent. */
async function nextPiece(pieces: AsyncIterator<Uint8Array>, signal?: AbortSignal): Promise<Next> {
  const next = pieces.next().catch((): "broken" => "broken")
  if (signal === undefined) return next
  const aborted = Promise.withResolvers<Next>()
  const stop = () => aborted.resolve("broken")
  signal.addEventListener("abort", stop, { once: true })
  try {
    return await Promise.race([next, aborted.promise])
  } finally {
    signal.removeEventListener("abort", stop)
  }
}

const tooLarge = (most: number): Refusal => refuse("body_too_large", "file", { most })
