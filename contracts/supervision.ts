import type { Id } from "./ids.ts"
import type { FilterKind } from "./ledger/filter.ts"
import type { Remit } from "./remit.ts"
import { dayMs, hourMs, type Time } from "./time.ts"
import type { Transitions } from "./transition.ts"

export const freezeScopes = ["trade", "listing", "party"] as const
export type FreezeScope = (typeof freezeScopes)[number]

export const freezeReasons = [
  "unlawfulSource",
  "personalInformation",
  "importantData",
  "crossBorder",
  "fraud",
  "courtOrder",
  "other",
] as const
export type FreezeReason = (typeof freezeReasons)[number]

export const freezeStates = ["active", "lifted", "expired"] as const
export type FreezeState = (typeof freezeStates)[number]

export const freezeTransitions = {
  active: { lift: "lifted", expire: "expired" },
  lifted: {},
  expired: {},
} as const satisfies Transitions<FreezeState, "lift" | "expire">

/** A freeze ends by itself within a year; who needs it longer orders it again, with its document. */
export const longestFreezeMs = 366 * dayMs

/** A stop ordered by supervision (暂停交易; 冻结 of the funds), with its legal basis and its end. */
export type Freeze = {
  id: Id<"freeze">
  version: number
  state: FreezeState
  scope: FreezeScope
  target: string
  reason: FreezeReason
  document: string
  note: string
  by: Id<"user">
  party: Id<"party">
  imposedAt: Time
  expires: Time
  liftedBy: string | null
  updatedAt: Time
}

/** What a filtered export holds all records of. */
export type ExportSubject = { readonly kind: FilterKind; readonly id: string }

/** One bundle that somebody took home; its manifest's hash is in the ledger. */
export type ExportRecord = {
  id: Id<"export">
  version: number
  from: number
  to: number
  size: number
  /** Null (and absent in the first ones): every record of the range. */
  subject?: ExportSubject | null
  manifestHash: string
  reason: string
  by: Id<"user"> | null
  party: Id<"party"> | null
  at: Time
}

/** How long who opened confidential values may look at them again before it takes another opening. */
export const openingLastsMs = hourMs

/** One opening of confidential values by a regulator or operator. */
export type Opening = {
  id: Id<"command">
  version: number
  /** The thing whose records were opened; null where single records were asked for. */
  subject: string | null
  purpose: string
  records: string[]
  values: number
  by: Id<"user">
  party: Id<"party">
  at: Time
}

/** What an export is asked to hold, by whom and what for. `user` and `party` are null on the market's own machine. */
export type ExportOrder = {
  /** Positions or ISO times, half-open; null is the beginning or the end of the log. */
  from: string | null
  to: string | null
  reason: string
  /** Of the whole log, all records of one thing instead of a range. */
  subject?: ExportSubject | null
  role: "regulator" | "operator" | "buyer" | "seller"
  party: Id<"party"> | null
  user: Id<"user"> | null
  form: "zip" | "folder"
  /** Of a regulator, when it asked; absent or null: the whole market. */
  remit?: Remit | null
}

/** Which trades a list shows: all, those that something is missing of, or those that something is to come of. */
export const tradeChoices = ["all", "missing", "underWay"] as const
export type TradeChoice = (typeof tradeChoices)[number]
