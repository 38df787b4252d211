import type { Locale } from "#contracts/localized-text.ts"
import { isRefusal, type Refusal, refusals, sentence, transient } from "#contracts/refusal.ts"
import { attachment } from "#server/delivery/range.ts"
import type { PrintedDocument } from "#server/documents/document.ts"
import { inProcess } from "#server/in-process.ts"
import { closedContentSecurityPolicy, securityHeaders } from "#server/security-headers.ts"
import { requestId } from "./caller.ts"
import type { Failure } from "./failure.ts"

/** Opened by itself in a browser, a file may do nothing; and nobody between may keep it. */
const closed = {
  ...securityHeaders,
  "Content-Security-Policy": closedContentSecurityPolicy,
  "Cache-Control": "private, no-store",
}

/** A refusal as the doors that are not pages answer it: closed code, sentence in the reader's language, request id. */
export function answerFailure({ sentence: message, ...rest }: Failure): Response {
  const code = rest.code ?? "internal"
  const known = Object.hasOwn(refusals, code) ? refusals[code as keyof typeof refusals] : refusals.internal
  return Response.json({ error: { message, ...rest, code } }, { status: known.http, headers: closed })
}

export const answerRefusal = async (refusal: Refusal, locale: Locale): Promise<Response> =>
  answerFailure({
    sentence: sentence(refusal, locale),
    code: refusal.refused,
    at: refusal.at ?? null,
    detail: refusal.detail ?? null,
    requestId: await requestId(),
    transient: transient(refusal.refused),
  })

/** The document as a PDF to keep. */
export async function answerPdf(document: PrintedDocument, name: string): Promise<Response> {
  const pdf = await inProcess().print(document)
  if (isRefusal(pdf)) return answerRefusal(pdf, document.locale)
  return new Response(Buffer.from(pdf), {
    headers: {
      ...closed,
      "Content-Type": "application/pdf",
      "Content-Length": String(pdf.byteLength),
      "Content-Disposition": attachment(name),
    },
  })
}
