import type { Locale } from "#contracts/localized-text.ts"
import { dayMs, hourMs, minuteMs, type Time, toMs } from "#contracts/time.ts"

/** The zone in which each language's pages tell time; its name always stands beside the time. */
export const zones: Readonly<Record<Locale, { id: string; label: string }>> = {
  zh: { id: "Asia/Shanghai", label: "UTC+8" },
  en: { id: "UTC", label: "UTC" },
}

/** "2026-11-24 11:50 UTC+8" in Chinese, "24 Nov 2026, 03:50 UTC" in English. */
export function formatTime(time: Time, locale: Locale, precision: "minute" | "second" = "minute"): string {
  const part = timeParts(time, locale)
  const clock =
    precision === "second" ? `${part.hour}:${part.minute}:${part.second}` : `${part.hour}:${part.minute}`
  const zone = zones[locale].label
  return locale === "zh"
    ? `${formatDate(time, locale)} ${clock} ${zone}`
    : `${formatDate(time, locale)}, ${clock} ${zone}`
}

/** "2026-11-24" in Chinese, "24 Nov 2026" in English, in the zone of that language. */
export function formatDate(time: Time, locale: Locale): string {
  const part = timeParts(time, locale)
  if (locale === "zh") return `${part.year}-${part.month}-${part.day}`
  return `${Number(part.day)} ${months[Number(part.month) - 1]} ${part.year}`
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

function timeParts(time: Time, locale: Locale): Record<string, string> {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zones[locale].id,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  })
  return Object.fromEntries(format.formatToParts(new Date(toMs(time))).map((part) => [part.type, part.value]))
}

/** A length of time by its two largest units: "2 days 3 hours", "3 小时 5 分钟"; under a minute in seconds. */
export function formatDuration(ms: number, locale: Locale): string {
  const size = Math.max(0, ms)
  const parts: string[] = []
  let rest = size
  for (const unit of durationUnits) {
    const count = Math.floor(rest / unit.ms)
    if (unit.ms === 1000 && size >= minuteMs) break
    if (count > 0) parts.push(unit[locale](count))
    rest -= count * unit.ms
    if (parts.length === 2) break
    if (parts.length === 1 && count === 0) break
  }
  return parts.length > 0 ? parts.join(" ") : durationUnits[3][locale](0)
}

const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`

const durationUnits = [
  { ms: dayMs, zh: (n: number) => `${n} 天`, en: (n: number) => plural(n, "day") },
  { ms: hourMs, zh: (n: number) => `${n} 小时`, en: (n: number) => plural(n, "hour") },
  { ms: minuteMs, zh: (n: number) => `${n} 分钟`, en: (n: number) => plural(n, "minute") },
  { ms: 1000, zh: (n: number) => `${n} 秒`, en: (n: number) => plural(n, "second") },
] as const

/** What is left until a deadline, or how long it has been over. */
export function formatDeadline(deadline: Time, now: Time, locale: Locale): string {
  const left = toMs(deadline) - toMs(now)
  const span = formatDuration(Math.abs(left), locale)
  if (locale === "zh") return left >= 0 ? `还剩 ${span}` : `已过 ${span}`
  return left >= 0 ? `${span} left` : `${span} over`
}

/** "3 hours ago", "3 小时前"; for what has happened. */
export function formatAgo(time: Time, now: Time, locale: Locale): string {
  const past = Math.max(0, toMs(now) - toMs(time))
  if (past < minuteMs) return locale === "zh" ? "刚刚" : "just now"
  const largest = durationUnits.find((unit) => past >= unit.ms) ?? durationUnits[3]
  const span = largest[locale](Math.floor(past / largest.ms))
  return locale === "zh" ? `${span}前` : `${span} ago`
}
