/**
 * Time is an ISO 8601 string in UTC with milliseconds and `Z` (`2026-11-24T03:50:00.000Z`): it sorts as text,
 * is what a leaf holds, and has one form only. `now` always comes in from outside (database time).
 */
export type Time = string

const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

export function isTime(text: unknown): text is Time {
  if (typeof text !== "string" || !form.test(text)) return false
  const ms = Date.parse(text)
  // Some engines read the 30th of February as a day of March: the day must print as it was written.
  return !Number.isNaN(ms) && toTime(ms) === text
}

export const toTime = (ms: number): Time => new Date(ms).toISOString()

export const toMs = (time: Time): number => Date.parse(time)

export const addMs = (time: Time, ms: number): Time => toTime(toMs(time) + ms)
