import type { IncomingMessage, ServerResponse } from "node:http"
import type { Actor } from "#contracts/actor.ts"
import { type Locale, locales } from "#contracts/localized-text.ts"
import { type Refusal, refusals, sentence, transient } from "#contracts/refusal.ts"
import { closedContentSecurityPolicy, securityHeaders } from "../security-headers.ts"
import type { Services } from "../services.ts"

/** One call at a door that is not tRPC and not a page. */
export type Call = {
  services: Services
  request: IncomingMessage
  response: ServerResponse
  url: URL
  /** What the door's pattern caught. */
  parts: Record<string, string>
  locale: Locale
  requestId: string
  /** Who asks; read from the session only when a door wants to know. */
  actor(): Promise<Actor>
}

/** A door: method, path pattern with named groups, and what it does. A refusal it returns is answered for it. */
export type Door = {
  method: "GET" | "POST" | "PUT" | "DELETE"
  pattern: RegExp
  /** True where the caller proves itself otherwise than by a cookie: it may be anybody's page. */
  fromAnywhere?: true
  open(call: Call): Promise<Refusal | undefined>
}

/** The reader's language: what the page says, else what the browser asks for, else English. */
export function localeOf(request: IncomingMessage): Locale {
  const told = request.headers["x-locale"]
  if (typeof told === "string" && (locales as readonly string[]).includes(told)) return told as Locale
  return /^\s*zh\b/i.test(request.headers["accept-language"] ?? "") ? "zh" : "en"
}

/** Answers a refusal as JSON: closed code, sentence in the reader's language, request id. */
export function answerRefusal({ response, locale, requestId }: Call, refusal: Refusal): void {
  const body = {
    error: {
      code: refusal.refused,
      message: sentence(refusal, locale),
      at: refusal.at ?? null,
      detail: refusal.detail ?? null,
      transient: transient(refusal.refused),
      requestId,
    },
  }
  answerJson(response, refusals[refusal.refused].http, body)
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const text = JSON.stringify(body)
  response.writeHead(status, {
    ...securityHeaders,
    "Content-Security-Policy": closedContentSecurityPolicy,
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": Buffer.byteLength(text),
    "Cache-Control": "no-store",
  })
  response.end(text)
}

/** Reads a small body whole; more than `limit` bytes is refused before it is in memory. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array | Refusal> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > limit) return { refused: "body_too_large", detail: { limit } }
    parts.push(part)
  }
  return Buffer.concat(parts)
}
