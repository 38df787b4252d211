import { createReadStream } from "node:fs"
import { pipeline } from "node:stream/promises"
import { z } from "zod"
import { isId } from "#contracts/ids.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { entityTag, parseRange } from "../delivery/range.ts"
import { readCertificate } from "../ledger/certificates.ts"
import { openExport } from "../ledger/export/commands.ts"
import { readOwnCertificate } from "../ledger/own-certificate.ts"
import { answerLedger } from "../ledger/serve.ts"
import { closedContentSecurityPolicy, securityHeaders } from "../security-headers.ts"
import { answerJson, type Call, type Door } from "./door.ts"

/** Opened by itself in a browser, nothing that is served here may do anything. */
const closed = { ...securityHeaders, "Content-Security-Policy": closedContentSecurityPolicy }

/** The published log (LEDGER section 5): anyone's tools and anyone's pages may read it. */
const published: Door = {
  method: "GET",
  pattern: /^\/ledger\/(?<path>checkpoint|log\.vkey|(?:tile|proof|checkpoint|consistency|rotation)\/.+)$/,
  async open({ services, request, response, parts }) {
    const { status, headers, body } = await answerLedger(services.sql, parts.path ?? "")
    response.writeHead(status, {
      ...closed,
      "Cross-Origin-Resource-Policy": "cross-origin",
      ...headers,
      "content-length": typeof body === "string" ? Buffer.byteLength(body) : body.byteLength,
    })
    response.end(request.method === "HEAD" ? undefined : body)
    return undefined
  },
}

const certificateQuery = z.strictObject({ values: z.literal("own").optional() })

/**
 * A certificate in the form for programs. Its record is public, so nobody is asked who they are; with `values=own`
 * it carries the confidential values that the asking party may read.
 */
const certificate: Door = {
  method: "GET",
  pattern: /^\/api\/certificates\/(?<index>0|[1-9][0-9]{0,14})$/,
  async open({ services, response, parts, url, actor }) {
    const query = certificateQuery.safeParse(Object.fromEntries(url.searchParams))
    if (!query.success) return refuse("invalid_input", "values")
    const index = Number(parts.index)
    const found =
      query.data.values === "own"
        ? await readOwnCertificate(services, await actor(), index)
        : await readCertificate(services.sql, { index })
    if (isRefusal(found)) return found
    answerJson(response, 200, found)
    return undefined
  },
}

/** A finished export as one zip, or a part of it, so that a broken download goes on; for the party that asked for it. */
const exportFile: Door = {
  method: "GET",
  pattern: /^\/api\/exports\/(?<id>[^/]+)$/,
  async open(call) {
    const { id } = call.parts
    if (!isId("export", id)) return refuse("not_found")
    const found = await openExport(call.services, await call.actor(), id)
    return isRefusal(found) ? found : sendZip(call, found)
  },
}

async function sendZip(
  { request, response }: Call,
  { file, bytes, name, manifestHash }: { file: string; bytes: number; name: string; manifestHash: string },
): Promise<Refusal | undefined> {
  const { range, "if-range": ifRange } = request.headers
  const tag = Array.isArray(ifRange) ? ifRange[0] : ifRange
  // A finished zip never changes, so the hash of its manifest names its bytes.
  const asked = parseRange(range, tag, { sha256: manifestHash, bytes })
  if (isRefusal(asked)) return asked
  const { start, end, part } = asked
  response.writeHead(part ? 206 : 200, {
    ...closed,
    "Content-Type": "application/zip",
    "Content-Length": end - start,
    "Accept-Ranges": "bytes",
    ETag: entityTag(manifestHash),
    ...(part ? { "Content-Range": `bytes ${start}-${end - 1}/${bytes}` } : {}),
    "Content-Disposition": `attachment; filename="${name}"`,
    "Cache-Control": "private, no-store",
  })
  if (request.method === "HEAD") {
    response.end()
    return undefined
  }
  try {
    await pipeline(createReadStream(file, { start, end: end - 1, highWaterMark: 1024 * 1024 }), response)
  } catch (error) {
    // A reader that goes away is no failure; a file that cannot be read to its end breaks the connection.
    response.destroy()
    if (!(error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE"))
      throw error
  }
  return undefined
}

export const ledgerDoors: readonly Door[] = [published, certificate, exportFile]
