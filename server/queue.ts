import { type Refusal, refuse } from "#contracts/refusal.ts"
import { isTime, type Time } from "#contracts/time.ts"

/** What an operator's queue comes to: how many wait, and since when the longest does. */
export type Waiting = { count: number; oldest: Time | null }

/** Where a page of a queue ended: the moment it is ordered by, and the id that breaks ties. */
export type Place = { at: Time; id: string }

const form = /^(?<at>[^ ]{24}) (?<id>[a-z]{3}_[0-9a-z]{26})$/

export const writePlace = ({ at, id }: Place): string => `${at} ${id}`

/** Null for the first page. Refuses `invalid_input` for what no page gave out. */
export function readPlace(text: string | null): Place | null | Refusal {
  if (text === null) return null
  const { at = "", id = "" } = form.exec(text)?.groups ?? {}
  return isTime(at) ? { at, id } : refuse("invalid_input", "after")
}
