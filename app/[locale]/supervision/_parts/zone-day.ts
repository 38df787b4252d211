import type { Locale } from "#contracts/localized-text.ts"
import { dayMs, type Time, toMs, toTime } from "#contracts/time.ts"

/** The zone's offset as an ISO time ends with it; the zones are those of format-time.ts. */
const offsets: Record<Locale, string> = { zh: "+08:00", en: "Z" }

/** When a day (`2026-11-24`, as a date field gives it) begins in the zone of the reader's language. */
export const dayBegins = (day: string, locale: Locale): Time =>
  toTime(Date.parse(`${day}T00:00:00.000${offsets[locale]}`))

/** When it ends: the first moment of the next day. */
export const dayEnds = (day: string, locale: Locale): Time => toTime(toMs(dayBegins(day, locale)) + dayMs)
