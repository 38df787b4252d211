"use client"

import { useEffect, useRef, useState } from "react"
import type { Outcome, VerifyRequest } from "../../../_verify/protocol.ts"
import { type Session, startTask } from "../../../_verify/session.ts"

export type Verification =
  | { readonly state: "idle" | "cancelled" | "crashed" }
  | { readonly state: "running"; readonly share: number; readonly copy: boolean }
  | { readonly state: "done"; readonly outcome: Outcome }

/**
 * Runs verifications one at a time. A worker is made ready beforehand, so that while one runs the page asks the
 * server for nothing at all.
 */
export function useVerification(workerAddress: string) {
  const spare = useRef<Worker | null>(null)
  const session = useRef<Session<Outcome> | null>(null)
  const [verification, setVerification] = useState<Verification>({ state: "idle" })

  useEffect(() => {
    spare.current = new Worker(workerAddress)
    return () => {
      session.current?.cancel()
      spare.current?.terminate()
      spare.current = null
    }
  }, [workerAddress])

  const start = async (request: VerifyRequest) => {
    if (session.current) return
    const copy = request.tamper !== null
    setVerification({ state: "running", share: 0, copy })
    const take = () => {
      const worker = spare.current ?? new Worker(workerAddress)
      spare.current = null
      return worker
    }
    const running = startTask(take, "verify", request, (share) =>
      setVerification({ state: "running", share, copy }),
    )
    session.current = running
    try {
      const outcome = await running.outcome
      setVerification(outcome === null ? { state: "cancelled" } : { state: "done", outcome })
    } catch {
      setVerification({ state: "crashed" })
    }
    session.current = null
    spare.current ??= new Worker(workerAddress)
  }

  return {
    verification,
    start,
    cancel: () => session.current?.cancel(),
    forget: () => setVerification({ state: "idle" }),
  }
}
