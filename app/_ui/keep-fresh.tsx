"use client"

import { useRouter } from "next/navigation"
import { useEffect } from "react"

/** Reads the page again and again while what it waits for goes on elsewhere; it shows nothing itself. */
export function KeepFresh({ everyMs }: { everyMs: number }) {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh()
    }, everyMs)
    return () => clearInterval(timer)
  }, [router, everyMs])
  return null
}
