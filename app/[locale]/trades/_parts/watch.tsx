"use client"

import { useRouter } from "next/navigation"
import { useEffect, useRef, useTransition } from "react"

/** What goes on is mostly over within seconds, so the first reads come soon; then the reader may have gone for tea. */
const soonReads = 10
const [soonMs, laterMs] = [1000, 3000]
/** After five minutes of nothing new the reader reloads if they still want to know. */
const mostReads = 100

/**
 * Reads the page again while something goes on that needs nobody: a payment arriving, a file being checked. The pause
 * begins when the page has arrived, as in `KeepFresh`; while nobody sees the page, it is not read and nothing is counted.
 */
export function Watch() {
  const router = useRouter()
  const reads = useRef(0)
  const [reading, startReading] = useTransition()
  useEffect(() => {
    if (reading || reads.current >= mostReads) return
    const timer = setInterval(
      () => {
        if (document.visibilityState !== "visible") return
        reads.current += 1
        startReading(() => router.refresh())
      },
      reads.current < soonReads ? soonMs : laterMs,
    )
    return () => clearInterval(timer)
  }, [router, reading])
  return null
}
