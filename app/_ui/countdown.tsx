"use client"

import { useEffect, useState } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import { hourMs, minuteMs, type Time, toMs, toTime } from "#contracts/time.ts"
import { formatDeadline } from "../_lib/format-time.ts"

/**
 * What is left until a deadline. The server's `now` makes the first text, so it reads right without JavaScript
 * and cannot differ when React takes over; then it ticks by the time that passed, not by the device's clock.
 */
export function Countdown({ deadline, now, locale }: { deadline: Time; now: Time; locale: Locale }) {
  const [passed, setPassed] = useState(0)
  useEffect(() => {
    const start = performance.now()
    const left = toMs(deadline) - toMs(now)
    const timer = setInterval(() => setPassed(performance.now() - start), left < hourMs ? 1000 : minuteMs / 2)
    return () => clearInterval(timer)
  }, [deadline, now])
  return <time dateTime={deadline}>{formatDeadline(deadline, toTime(toMs(now) + passed), locale)}</time>
}
