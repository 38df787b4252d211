/**
 * Verifies and hashes off the page's thread, so that the page stays alive and a cancel ends it at once. It gets
 * files and answers what it found; it opens no connection. Built into public/verify/worker.js
 * (scripts/verifiers.ts).
 */
import { z } from "zod"
import { readGivenRotations } from "#contracts/ledger/given-rotations.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { nobleCrypto } from "#contracts/ledger/noble-crypto.ts"
import type { Rotation } from "#contracts/ledger/rotation.ts"
import { hashFile } from "./hash-file.ts"
import { checkHead, continues } from "./head-check.ts"
import type { Tasks, WorkerMessage, WorkerRequest } from "./protocol.ts"
import { checkRecord } from "./record-check.ts"
import { readTrust, verifyGiven } from "./verify-given.ts"

const tellEveryMs = 50

// zod would compile its checks with eval, which the page's policy rightly refuses.
z.config({ jitless: true })

type Answer = Tasks[keyof Tasks]["answers"]
const tell = (message: WorkerMessage<Answer>): void => self.postMessage(message)

let toldAt = 0
function progress(done: number, total: number): void {
  const now = performance.now()
  if (now - toldAt < tellEveryMs) return
  toldAt = now
  tell({ progress: { done, total } })
}

self.onmessage = async ({ data }: MessageEvent<WorkerRequest>) => {
  // What fails here must reach the page; of a promise nobody waits for, it would not.
  try {
    tell({ answer: await answerOf(data) })
  } catch (error) {
    setTimeout(() => {
      throw error
    })
  }
}

async function answerOf(request: WorkerRequest): Promise<Answer> {
  switch (request.task) {
    case "verify": {
      const began = performance.now()
      const result = await verifyGiven(request.asks, { crypto: nobleCrypto, progress })
      return { ...result, tookMs: performance.now() - began }
    }
    case "records": {
      const { key, records, rotations } = request.asks
      const trust = readTrust(key, nobleCrypto)
      const turns = readTurns(rotations)
      return trust === null ? "key" : records.map((record) => checkRecord(record, trust, turns))
    }
    case "head": {
      const { key, rotations } = request.asks
      const trust = readTrust(key, nobleCrypto)
      return trust === null ? "key" : checkHead(request.asks, trust, readTurns(rotations))
    }
    case "growth":
      return continues(request.asks)
    case "hash":
      return hashFile(request.asks.file, progress)
  }
}

/** Changes of key that prove nothing are none: then the reader's key alone decides. */
function readTurns(texts: readonly string[]): readonly Rotation[] {
  const given = texts.map((text, order) => ({ name: `rotation/${order + 1}`, text }))
  const rotations = readGivenRotations(given, nobleCrypto)
  return isMalformed(rotations) ? [] : rotations
}
