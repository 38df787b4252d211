import { fromHex, toBase64 } from "#contracts/bytes.ts"
import type { FileFormat } from "#contracts/dataset.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"

/** Which bytes of a file are asked for: `end` is not among them. */
export type ByteRange = { start: number; end: number; part: boolean }

/**
 * Reads a Range header (RFC 9110 section 14.2) for a file of `bytes` bytes. One range of bytes is served; what
 * is malformed, in other units or several ranges is ignored, as the RFC allows, and the whole file is served.
 * With `If-Range` the part is served only for the very bytes it names. Refuses a range outside of the file.
 */
export function parseRange(
  range: string | undefined,
  ifRange: string | undefined,
  file: { sha256: string; bytes: number },
): ByteRange | Refusal {
  const whole = { start: 0, end: file.bytes, part: false }
  const match = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(range ?? "")
  const [, first = "", last = ""] = match ?? []
  if (match === null || (first === "" && last === "")) return whole
  if (ifRange !== undefined && ifRange !== entityTag(file.sha256)) return whole
  if (first === "") {
    const length = Number(last)
    if (length === 0 || file.bytes === 0) return outside(file.bytes)
    return { start: Math.max(0, file.bytes - length), end: file.bytes, part: true }
  }
  const start = Number(first)
  if (last !== "" && Number(last) < start) return whole
  if (start >= file.bytes) return outside(file.bytes)
  return { start, end: last === "" ? file.bytes : Math.min(Number(last) + 1, file.bytes), part: true }
}

const outside = (bytes: number): Refusal => refuse("range_not_satisfiable", "Range", { bytes })

/** The file's hash is its strong validator. @param sha256 lower-case hex. */
export const entityTag = (sha256: string): string => `"${sha256}"`

/** True when the reader has these very bytes already (If-None-Match, RFC 9110 section 13.1.2). */
export function isSame(ifNoneMatch: string | undefined, sha256: string): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch.trim() === "*") return true
  return ifNoneMatch.split(",").some((tag) => tag.trim().replace(/^W\//, "") === entityTag(sha256))
}

const mediaTypes: Record<FileFormat, string> = {
  csv: "text/csv",
  json: "application/json",
  jsonl: "application/jsonl",
  parquet: "application/vnd.apache.parquet",
}

export type DeliveredFile = { name: string; format: FileFormat; sha256: string; bytes: number }

/**
 * Status and headers of a delivery. The digest is always that of the whole file (`Repr-Digest`, RFC 9530, and
 * `Digest`, RFC 3230, for older tools), so that whoever fetched it in parts can check the whole.
 */
export function deliveryHead(
  file: DeliveredFile,
  range: ByteRange,
): { status: 200 | 206; headers: Record<string, string> } {
  const digest = toBase64(fromHex(file.sha256))
  const headers: Record<string, string> = {
    "Content-Type": mediaTypes[file.format],
    "Content-Length": String(range.end - range.start),
    "Content-Disposition": attachment(file.name),
    "Accept-Ranges": "bytes",
    ETag: entityTag(file.sha256),
    "Repr-Digest": `sha-256=:${digest}:`,
    Digest: `sha-256=${digest}`,
    "Cache-Control": "private, no-store, no-transform",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
  }
  if (!range.part) return { status: 200, headers }
  headers["Content-Range"] = `bytes ${range.start}-${range.end - 1}/${file.bytes}`
  return { status: 206, headers }
}

/** RFC 6266: an ASCII name for old readers, the true one in UTF-8 (RFC 8187) for all others. */
export function attachment(name: string): string {
  const ascii = name.replaceAll(/[^\x20-\x7e]/g, "_").replaceAll(/["\\]/g, "_")
  const encoded = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
