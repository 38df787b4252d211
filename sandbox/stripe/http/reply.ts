import type { IncomingMessage, ServerResponse } from "node:http"
import { ApiError } from "./errors.ts"

const bodyLimit = 1 << 20

/** The body as bytes; more than 1 MiB is refused. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > bodyLimit)
      throw new ApiError(413, { type: "invalid_request_error", message: "The request is too large." }, false)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

export type Reply = { status: number; body: string; headers: Record<string, string> }

export const jsonReply = (status: number, value: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  body: JSON.stringify(value, null, 2),
  headers: { "content-type": "application/json", ...headers },
})

export function send(response: ServerResponse, reply: Reply): void {
  const bytes = Buffer.from(reply.body, "utf8")
  response.writeHead(reply.status, { ...reply.headers, "content-length": String(bytes.length) })
  response.end(bytes)
}

/** Announces the whole body, sends half of it and closes the connection. */
export function sendTruncated(response: ServerResponse, reply: Reply): void {
  const bytes = Buffer.from(reply.body, "utf8")
  response.writeHead(reply.status, { ...reply.headers, "content-length": String(bytes.length) })
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
}

/** Resets the connection without an answer. */
export function reset(response: ServerResponse): void {
  const socket = response.socket
  if (socket === null) response.destroy()
  else socket.resetAndDestroy()
}
