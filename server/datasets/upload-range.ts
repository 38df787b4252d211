import { type Refusal, refuse } from "#contracts/refusal.ts"

/**
 * Where the body of `PUT /api/uploads/<id>` begins: at 0 without a Content-Range header, else at the first byte
 * that it names (`bytes 1048576-…/…`, RFC 9110 section 14.4). Its total must be the upload's.
 */
export function uploadOffset(contentRange: string | undefined, totalBytes: number): number | Refusal {
  if (contentRange === undefined) return 0
  const match = /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16})$/.exec(contentRange)
  if (match === null) return refuse("range_invalid", "Content-Range")
  const [first = Number.NaN, last = Number.NaN, total = Number.NaN] = match.slice(1).map(Number)
  if (first > last || last >= total || total !== totalBytes) return refuse("range_invalid", "Content-Range")
  return first
}
