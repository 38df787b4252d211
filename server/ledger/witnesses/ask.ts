import { setTimeout as delay } from "node:timers/promises"
import type { UnverifiedCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { parseSignatureLines, verifyCosignatures } from "#contracts/ledger/cosignature.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { signatureLine } from "#contracts/ledger/note.ts"
import { formatKeptProof } from "#contracts/ledger/verify-consistency.ts"
import type { WitnessTrouble } from "#contracts/ledger/witness-trouble.ts"
import { nodeCrypto } from "../node-crypto.ts"
import type { WitnessTarget } from "./targets.ts"

/** A checkpoint to be cosigned, with its text as it is published and proofs from smaller sizes. */
export type Question = {
  readonly head: UnverifiedCheckpoint
  readonly note: string
  readonly proofFrom: (size: number) => Promise<readonly Uint8Array[]>
}

/** `line`: its checked signature line; `size`: how far it now is known to have seen the log. */
export type Reply = { readonly line: string; readonly size: number } | { readonly trouble: WitnessTrouble }

const answerWithinMs = 3_000
const largestAnswer = 64 * 1024
/** At most one request a second (c2sp.org/tlog-witness asks nothing less of a log's manners). */
export const paceMs = 1_000

/**
 * Asks a witness for its cosignature, from the size that it is thought to know. When it knows another one it says
 * so, and is asked once more, a second later. Never throws, whatever it answers; nothing that it answers is
 * believed but its own signature of this very checkpoint.
 */
export async function askWitness(target: WitnessTarget, question: Question, old: number): Promise<Reply> {
  const first = await askOnce(target, question, old)
  if (!("knows" in first)) return first
  const { size } = question.head.unverifiedCheckpoint
  if (first.knows > size) return trouble("ahead", String(first.knows))
  await delay(paceMs)
  const second = await askOnce(target, question, first.knows)
  return "knows" in second ? trouble("unfit_answer", "409") : second
}

const trouble = (code: WitnessTrouble["code"], detail = ""): Reply => ({ trouble: { code, detail } })

async function askOnce(
  target: WitnessTarget,
  { head, note, proofFrom }: Question,
  old: number,
): Promise<Reply | { knows: number }> {
  const { size } = head.unverifiedCheckpoint
  const body = formatKeptProof({ size: old, hashes: await proofFrom(old), checkpoint: note })
  const answer = await post(`${target.url}/add-checkpoint`, body)
  if ("trouble" in answer) return answer
  const { status, type, text } = answer
  if (status === 200) return readCosigned(target, head, text)
  if (status === 409 && type === "text/x.tlog.size") {
    const known = /^(0|[1-9][0-9]{0,15})\n$/.exec(text)
    return known === null || !Number.isSafeInteger(Number(known[1]))
      ? trouble("unfit_answer", "409")
      : { knows: Number(known[1]) }
  }
  if (status === 404) return trouble("unknown_log")
  if (status === 403) return trouble("key_refused")
  // The proof was made from our own stored tree: if it does not fit there, the witness saw another tree.
  if (status === 422 || status === 409) return trouble("other_history", String(status === 422 ? old : size))
  return trouble("unfit_answer", String(status))
}

function readCosigned(
  target: WitnessTarget,
  { note, unverifiedCheckpoint }: UnverifiedCheckpoint,
  text: string,
): Reply {
  const lines = parseSignatureLines(text)
  if (isMalformed(lines)) return trouble("unfit_answer", "200")
  const { key } = target
  const own = lines.filter(({ name, keyId }) => name === key.cosigner && keyId === key.keyId)
  for (const line of own) {
    const verdict = verifyCosignatures(
      { text: note.text, signatures: [line] },
      [key],
      nodeCrypto.verifyEd25519,
    )
    if ("cosigned" in verdict && verdict.cosigned.length === 1)
      return { line: signatureLine(line), size: unverifiedCheckpoint.size }
  }
  return trouble("wrong_signature")
}

type Answer = { status: number; type: string; text: string }

async function post(url: string, body: string): Promise<Answer | { trouble: WitnessTrouble }> {
  const signal = AbortSignal.timeout(answerWithinMs)
  try {
    const headers = { "content-type": "text/plain; charset=utf-8" }
    const answer = await fetch(url, { method: "POST", body, headers, signal, redirect: "manual" })
    const text = await readAtMost(answer)
    if (text === null) return { trouble: { code: "unfit_answer", detail: String(answer.status) } }
    return { status: answer.status, type: answer.headers.get("content-type") ?? "", text }
  } catch (error) {
    if (signal.aborted) return { trouble: { code: "slow", detail: String(answerWithinMs / 1000) } }
    return { trouble: { code: "unreachable", detail: causeOf(error) } }
  }
}

/** The answer's text, or null when it is longer than any answer should be or no UTF-8. */
async function readAtMost(answer: Response): Promise<string | null> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of answer.body ?? []) {
    length += part.length
    if (length > largestAnswer) return null
    parts.push(part)
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(parts))
  } catch {
    return null
  }
}

/** A short technical name: ECONNREFUSED and the like. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (cause instanceof Error && "code" in cause && typeof cause.code === "string") return cause.code
  return cause instanceof Error ? cause.name : "unknown"
}
