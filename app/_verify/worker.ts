/**
 * Verifies off the page's thread, so that the page stays alive and a cancel ends it at once. It gets files and
 * answers an outcome; it opens no connection. Built into public/verify/worker.js (scripts/verifiers.ts).
 */
import { z } from "zod"
import { nobleCrypto } from "#contracts/ledger/noble-crypto.ts"
import type { VerifyRequest, WorkerMessage } from "./protocol.ts"
import { verifyGiven } from "./verify-given.ts"

const tellEveryMs = 50

// zod would compile its checks with eval, which the page's policy rightly refuses.
z.config({ jitless: true })

const tell = (message: WorkerMessage): void => self.postMessage(message)

self.onmessage = async ({ data }: MessageEvent<VerifyRequest>) => {
  const began = performance.now()
  let toldAt = 0
  const progress = (done: number, total: number): void => {
    const now = performance.now()
    if (now - toldAt < tellEveryMs) return
    toldAt = now
    tell({ progress: { done, total } })
  }
  const result = await verifyGiven(data, { crypto: nobleCrypto, progress })
  tell({ outcome: { ...result, tookMs: performance.now() - began } })
}
