import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { fromUtf8 } from "#contracts/bytes.ts"
import { type CosignerKey, cosign, formatCosignerKey } from "#contracts/ledger/cosignature.ts"
import { formatNote, formatVerifierKey, signatureLine, type VerifierKey } from "#contracts/ledger/note.ts"
import type { SignEd25519 } from "#contracts/ledger/ports.ts"
import {
  type AddCheckpoint,
  maxAddCheckpointBytes,
  parseAddCheckpoint,
  whyNotCosign,
} from "#contracts/ledger/witness.ts"
import { nodeCrypto } from "../node-crypto.ts"
import { type HeadStore, headName } from "./heads.ts"

export type Witness = {
  readonly key: CosignerKey
  readonly sign: SignEd25519
  readonly logs: readonly VerifierKey[]
  readonly heads: HeadStore
  /** Unix seconds. */
  readonly now: () => number
  /** Tells whoever runs the witness, in a sentence. */
  readonly say: (sentence: string) => void
}

type Answer = { readonly status: number; readonly body: string; readonly type?: string }

const plain = "text/plain; charset=utf-8"
const sizeType = "text/x.tlog.size"
/** More requests than this at once are turned away: one log asks once a second. */
const mostWaiting = 64

/** The HTTP side of a witness (c2sp.org/tlog-witness). The caller listens and closes. */
export function makeWitnessServer(witness: Witness): Server {
  const queue = new Queue()
  const server = createServer(
    {
      requestTimeout: 10_000,
      headersTimeout: 5_000,
      keepAliveTimeout: 60_000,
      connectionsCheckingInterval: 1_000,
    },
    (request, response) => {
      answer(witness, queue, request)
        .catch((error: unknown): Answer => {
          witness.say(`A request could not be answered: ${error instanceof Error ? error.message : error}.`)
          return { status: 500, body: "the witness could not do its work; nothing was cosigned\n" }
        })
        .then((made) => send(request, response, made))
    },
  )
  server.maxConnections = 256
  return server
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body, type = plain }: Answer,
): void {
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": Buffer.byteLength(body),
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    ...(status === 413 ? { Connection: "close" } : {}),
    ...(status === 405 ? { Allow: request.url === "/add-checkpoint" ? "POST" : "GET, HEAD" } : {}),
  })
  response.end(request.method === "HEAD" ? "" : body)
}

async function answer(witness: Witness, queue: Queue, request: IncomingMessage): Promise<Answer> {
  const path = (request.url ?? "/").replace(/\?.*$/, "")
  if (path === "/add-checkpoint") {
    if (request.method !== "POST") return { status: 405, body: "POST a checkpoint here\n" }
    const body = await readBody(request)
    return body === null
      ? { status: 413, body: "the request is too long\n" }
      : addCheckpoint(witness, queue, body)
  }
  if (request.method !== "GET" && request.method !== "HEAD") return { status: 405, body: "only to be read\n" }
  if (path === "/") return { status: 200, body: await describe(witness) }
  if (path === "/witness.vkey") return { status: 200, body: `${formatCosignerKey(witness.key)}\n` }
  const name = /^\/checkpoint\/([0-9a-f]{64})$/.exec(path)?.[1]
  const log = witness.logs.find(({ name: origin }) => headName(origin) === name)
  const head = log === undefined ? null : await witness.heads.read(log.name)
  return head === null ? { status: 404, body: "not found\n" } : { status: 200, body: head.note }
}

/** Null when the body is longer than any request can be. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  if (Number(request.headers["content-length"] ?? 0) > maxAddCheckpointBytes) return null
  const parts: Buffer[] = []
  let length = 0
  // Left early, the connection stays, for the answer has to reach its sender.
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += part.length
    if (length > maxAddCheckpointBytes) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}

async function addCheckpoint(witness: Witness, queue: Queue, body: Uint8Array): Promise<Answer> {
  const request = parseBody(body)
  if ("malformed" in request) return { status: 400, body: `${request.malformed}\n` }
  const { origin } = request.checkpoint
  // Whatever needs no memory is refused before the queue, so that strangers cannot fill it.
  const early = whyNotCosign(request, witness.logs, null, nodeCrypto)
  if (early !== null && (early.status === 404 || early.status === 403 || early.status === 400))
    return { status: early.status, body: `${early.why}\n` }
  if (queue.waiting >= mostWaiting) return { status: 503, body: "too many requests at once\n" }
  return queue.next(origin, () => decide(witness, request))
}

function parseBody(body: Uint8Array): AddCheckpoint | { malformed: string } {
  try {
    return parseAddCheckpoint(fromUtf8(body))
  } catch {
    return { malformed: "the request is not UTF-8" }
  }
}

/** Read, decide, persist, answer; one at a time for each log, or two answers could roll it back. */
async function decide(
  { key, sign, logs, heads, now, say }: Witness,
  request: AddCheckpoint,
): Promise<Answer> {
  const { note, checkpoint } = request
  const { origin, size } = checkpoint
  const known = await heads.read(origin)
  const refused = whyNotCosign(request, logs, known?.checkpoint ?? null, nodeCrypto)
  if (refused !== null) {
    const { status, why, knownSize, evidence } = refused
    if (evidence) {
      await heads.keepEvidence(formatNote(note))
      say(`Refused a checkpoint of ${size} records that ${origin} signed: ${why}. It is kept in evidence/.`)
    }
    return knownSize === undefined
      ? { status, body: `${why}\n` }
      : { status, body: `${knownSize}\n`, type: sizeType }
  }
  const line = cosign(note.text, now(), key, sign)
  // The same checkpoint again changes nothing that would have to be remembered.
  if (known === null || known.checkpoint.size !== size) {
    const own = note.signatures.filter(({ name, keyId }) =>
      logs.some((log) => log.name === name && log.keyId === keyId),
    )
    await heads.keep(origin, formatNote({ text: note.text, signatures: [...own, line] }))
  }
  return { status: 200, body: signatureLine(line) }
}

/** What a person sees who opens the witness's address. */
async function describe({ key, logs, heads }: Witness): Promise<string> {
  const lines = [
    `This is the witness ${key.cosigner}.`,
    "It remembers the last checkpoint of each log below, cosigns only what continues it, and refuses every other history.",
    "",
    `Its verifier key (/witness.vkey):`,
    formatCosignerKey(key),
  ]
  for (const origin of new Set(logs.map(({ name }) => name))) {
    const head = await heads.read(origin)
    lines.push("", `Log ${origin}`)
    for (const log of logs) if (log.name === origin) lines.push(`  key ${formatVerifierKey(log)}`)
    if (head === null) lines.push("  nothing cosigned yet")
    else
      lines.push(
        `  ${head.checkpoint.size} records, cosigned ${new Date(head.time * 1000).toISOString()}`,
        `  /checkpoint/${headName(origin)}`,
      )
  }
  return `${lines.join("\n")}\n`
}

/** Work of one name in its order; other names beside it. */
class Queue {
  readonly #last = new Map<string, Promise<unknown>>()
  waiting = 0

  async next<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.waiting += 1
    const before = this.#last.get(name) ?? Promise.resolve()
    const mine = before.then(work, work)
    this.#last.set(name, mine)
    try {
      return await mine
    } finally {
      this.waiting -= 1
      if (this.#last.get(name) === mine) this.#last.delete(name)
    }
  }
}
