import type { ServerResponse } from "node:http"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { SealedFile } from "../storage/sealed-file.ts"
import { type ByteRange, type DeliveredFile, deliveryHead } from "./range.ts"

/**
 * Sends a range of a stored file, each chunk checked before a byte of it leaves. A reader that goes away ends
 * it quietly (false); a chunk that is not what was stored breaks the connection, so that nobody takes the part
 * for the whole, and throws SealBrokenError.
 */
export async function sendFile(
  response: ServerResponse,
  stored: SealedFile,
  file: DeliveredFile,
  range: ByteRange,
  headOnly = false,
): Promise<boolean> {
  const { status, headers } = deliveryHead(file, range)
  response.writeHead(status, headers)
  if (headOnly) {
    response.end()
    return true
  }
  try {
    await pipeline(
      Readable.from(stored.read(range.start, range.end), { objectMode: true, highWaterMark: 2 }),
      response,
    )
    return true
  } catch (error) {
    response.destroy()
    if (error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE") return false
    throw error
  }
}
