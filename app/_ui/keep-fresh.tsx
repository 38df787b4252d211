"use client"

import { useRouter } from "next/navigation"
import { useEffect, useTransition } from "react"

/**
 * Reads the page again and again while what it waits for goes on elsewhere; it shows nothing itself. The pause
 * begins when the page has arrived: a slow one would otherwise be given up for the next, again and again.
 */
export function KeepFresh({ everyMs }: { everyMs: number }) {
  const router = useRouter()
  const [reading, startReading] = useTransition()
  useEffect(() => {
    if (reading) return
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") startReading(() => router.refresh())
    }, everyMs)
    return () => clearInterval(timer)
  }, [router, everyMs, reading])
  return null
}
