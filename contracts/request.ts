import { z } from "zod"
import { type Id, isId } from "./ids.ts"
import { type Domain, domains, type Format, formats } from "./listing.ts"
import { type Locale, locales } from "./localized-text.ts"
import { type Money, money } from "./money.ts"
import { moment, type WantedUse, wantedUse } from "./rights.ts"
import type { Time } from "./time.ts"
import type { Transitions } from "./transition.ts"

/** What a buyer needs (需求). The words are searched in either language; `locale` is the one they are in. */
export const requestInput = z.strictObject({
  words: z.string().trim().min(2).max(500),
  locale: z.enum(locales),
  use: wantedUse,
  /** None: any format will do. */
  formats: z
    .array(z.enum(formats))
    .max(formats.length)
    .overwrite((chosen) => formats.filter((format) => chosen.includes(format))),
  domain: z.enum(domains).nullable(),
  /** What the buyer would pay at most; null when no limit is told. */
  cap: money.nullable(),
  deadline: moment,
})
export type RequestInput = z.infer<typeof requestInput>

const idOf = <K extends Parameters<typeof isId>[0]>(kind: K) =>
  z.string().refine((text): text is Id<K> => isId(kind, text), { message: `not an id of a ${kind}` })

export const postRequestInput = requestInput.extend({ commandId: idOf("command") })
export type PostRequest = z.infer<typeof postRequestInput>

/** Closing a request, and letting the matcher rank what is listed now. */
export const onRequestInput = z.strictObject({ commandId: idOf("command"), request: idOf("request") })
export type OnRequest = z.infer<typeof onRequestInput>

/** Takes one of a round's ranked listings; `locale` is the language of the agreement. */
export const takeMatchInput = z.strictObject({
  commandId: idOf("command"),
  round: idOf("round"),
  listing: idOf("listing"),
  locale: z.enum(locales),
})
export type TakeMatch = z.infer<typeof takeMatchInput>

export const requestStates = ["open", "matched", "closed", "expired"] as const
export type RequestState = (typeof requestStates)[number]
export type RequestStep = "take" | "close" | "expire"

/** `take`: a match was taken and a trade proposed. `close`: the buyer gave up. `expire`: the deadline came. */
export const requestTransitions = {
  open: { take: "matched", close: "closed", expire: "expired" },
  matched: {},
  closed: {},
  expired: {},
} as const satisfies Transitions<RequestState, RequestStep>

export type Request = {
  id: Id<"request">
  version: number
  state: RequestState
  buyer: Id<"party">
  words: string
  locale: Locale
  use: WantedUse
  formats: Format[]
  domain: Domain | null
  cap: Money | null
  deadline: Time
  /** The trade that a taken match led to. */
  trade: Id<"trade"> | null
  postedAt: Time
  updatedAt: Time
}
