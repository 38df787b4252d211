import type { Id } from "./ids.ts"
import type { Domain, Format } from "./listing.ts"
import type { Locale, LocalizedText } from "./localized-text.ts"
import type { Money } from "./money.ts"
import type { Rule } from "./rights/evaluate.ts"
import type { RightsPolicy, WantedUse } from "./rights.ts"
import type { Time } from "./time.ts"

/**
 * One matching round (供需匹配): its inputs, the version of the rules and the result, all plain JSON whose
 * `contentHash` is in the ledger. Whoever has the inputs can run the same rules again and compare.
 */
export const matchRules = "match-1"

export type CandidatePlan = { id: Id<"plan">; price: Money }

/** A listing as it was when the round ran. */
export type Candidate = {
  listing: Id<"listing">
  version: number
  seller: Id<"party">
  /** Whether this buyer would be given the data across a border; the wanted use then asks for that too. */
  sellerCountry: string
  title: LocalizedText
  description: LocalizedText
  columns: string[]
  domain: Domain
  format: Format
  policy: RightsPolicy
  plans: CandidatePlan[]
  publishedAt: Time
}

export type RoundInputs = {
  rules: typeof matchRules
  at: Time
  buyer: Id<"party">
  buyerCountry: string
  words: string
  use: WantedUse
  formats: Format[]
  domain: Domain | null
  cap: Money | null
  candidates: Candidate[]
}

/** Points are whole numbers; the figures beside them are what the sentence needs. */
export type Reason =
  | { code: "words"; points: number; found: number; asked: number }
  | { code: "uses"; points: number; duties: number }
  | { code: "price"; points: number; free: boolean; capped: boolean }
  | { code: "freshness"; points: number; days: number }
  | { code: "format"; points: number; matches: boolean }
  | { code: "domain"; points: number; matches: boolean }

export type Ranked = { listing: Id<"listing">; plan: Id<"plan">; points: number; reasons: Reason[] }

/** A hard no, with the rule that decided. */
export type Refused =
  | { listing: Id<"listing">; refused: "own_listing" }
  | { listing: Id<"listing">; refused: "purpose_not_permitted"; rule: Rule }
  | { listing: Id<"listing">; refused: "price_over_cap"; cheapest: Money | null }

/** `unrelated` share no word with the request; every candidate is in exactly one of the three. */
export type RoundResult = { ranked: Ranked[]; refused: Refused[]; unrelated: Id<"listing">[] }

export type Round = {
  id: Id<"round">
  version: number
  request: Id<"request">
  inputs: RoundInputs
  inputsHash: string
  result: RoundResult
  resultHash: string
  at: Time
}

/** Why a candidate has these points, as a sentence. */
export function reasonSentence(reason: Reason, locale: Locale): string {
  const zh = locale === "zh"
  switch (reason.code) {
    case "words":
      return zh
        ? `需求中的 ${reason.asked} 个词命中 ${reason.found} 个`
        : `${reason.found} of the request's ${reason.asked} words found`
    case "uses":
      if (reason.duties === 0)
        return zh ? "所需用途全部允许，无附加义务" : "Every wanted use permitted, without duties"
      return zh
        ? `所需用途全部允许，附 ${reason.duties} 项义务`
        : `Every wanted use permitted, with ${reason.duties} ${reason.duties === 1 ? "duty" : "duties"}`
    case "price":
      if (reason.free) return zh ? "免费" : "Free of charge"
      if (!reason.capped) return zh ? "需求未设价格上限" : "The request names no price cap"
      return zh ? "价格不高于上限" : "Within the price cap"
    case "freshness":
      if (reason.days === 0) return zh ? "今天挂牌" : "Listed today"
      return zh
        ? `${reason.days} 天前挂牌`
        : `Listed ${reason.days} ${reason.days === 1 ? "day" : "days"} ago`
    case "format":
      if (reason.matches) return zh ? "格式符合" : "In a wanted format"
      return zh ? "格式不在所需之列" : "Not in a wanted format"
    case "domain":
      if (reason.matches) return zh ? "领域符合" : "In the wanted domain"
      return zh ? "领域不同" : "In another domain"
  }
}
