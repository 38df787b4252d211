"use client"

import { useRouter } from "next/navigation"
import { useEffect } from "react"

const everyMs = 3000
/** After five minutes of nothing new the reader reloads if they still want to know. */
const mostReads = 100

/** Reads the page again while something goes on that needs nobody: a payment arriving, a file being checked. */
export function Watch() {
  const router = useRouter()
  useEffect(() => {
    let reads = 0
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh()
      if (++reads >= mostReads) clearInterval(timer)
    }, everyMs)
    return () => clearInterval(timer)
  }, [router])
  return null
}
