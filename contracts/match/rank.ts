import {
  type Candidate,
  type CandidatePlan,
  matchRules,
  type Ranked,
  type Reason,
  type Refused,
  type RoundInputs,
  type RoundResult,
} from "../match.ts"
import { type Money, minorOf } from "../money.ts"
import { acrossBorder, type Evaluation, evaluate } from "../rights/evaluate.ts"
import { dayMs, toMs } from "../time.ts"
import { queryTokens } from "../tokens.ts"

/**
 * Rules `match-1`. Points of one candidate, all whole numbers:
 *   words 0–500   best place of each word of the request: title 3, columns 2, description 1, of 3 each
 *   uses 100–200  every wanted use is permitted; 20 less for each duty beyond payment
 *   price 0–150   free 150; below the cap in proportion to what is left of it; 75 where no cap is told
 *   freshness 0–100  falls to 0 over a year since publication
 *   format 100, domain 50  where the request asks for one and this is it
 * A candidate's points depend on nothing but itself and the request, so that adding one never moves the others.
 */
export function rank(inputs: RoundInputs): RoundResult {
  if (inputs.rules !== matchRules) throw new Error(`these rules are ${matchRules}, not ${inputs.rules}`)
  const words = queryTokens(inputs.words)
  const result: RoundResult = { ranked: [], refused: [], unrelated: [] }
  for (const candidate of inputs.candidates) {
    const judged = judge(candidate, words, inputs)
    if (judged === null) result.unrelated.push(candidate.listing)
    else if ("refused" in judged) result.refused.push(judged)
    else result.ranked.push(judged)
  }
  result.ranked.sort((a, b) => b.points - a.points || compareText(a.listing, b.listing))
  result.refused.sort((a, b) => compareText(a.listing, b.listing))
  result.unrelated.sort(compareText)
  return result
}

/** By code unit, never by locale, so that every machine sorts alike. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function judge(candidate: Candidate, words: string[], inputs: RoundInputs): Ranked | Refused | null {
  const { listing } = candidate
  const found = wordsReason(candidate, words)
  if (found.found === 0) return null
  if (candidate.seller === inputs.buyer) return { listing, refused: "own_listing" }
  const use = acrossBorder(inputs.use, candidate.sellerCountry, inputs.buyerCountry)
  const evaluation = evaluate(candidate.policy, use, inputs.at)
  if (evaluation.decision === "deny")
    return { listing, refused: "purpose_not_permitted", rule: evaluation.rule }
  const plan = bestPlan(candidate.plans, inputs.cap)
  if (plan === null)
    return { listing, refused: "price_over_cap", cheapest: bestPlan(candidate.plans, null)?.price ?? null }
  const reasons: Reason[] = [
    found,
    usesReason(evaluation),
    priceReason(plan.price, inputs.cap),
    freshnessReason(candidate, inputs),
    wantedReason(
      "format",
      inputs.formats.length === 0 ? null : inputs.formats.includes(candidate.format),
      100,
    ),
    wantedReason("domain", inputs.domain === null ? null : inputs.domain === candidate.domain, 50),
  ].filter((reason) => reason !== null)
  const points = reasons.reduce((sum, reason) => sum + reason.points, 0)
  return { listing, plan: plan.id, points, reasons }
}

function wordsReason(candidate: Candidate, words: string[]): Reason & { code: "words" } {
  const inBoth = (text: Candidate["title"]) =>
    new Set([...queryTokens(text.zh ?? ""), ...queryTokens(text.en ?? "")])
  const title = inBoth(candidate.title)
  const columns = new Set(candidate.columns.flatMap(queryTokens))
  const description = inBoth(candidate.description)
  const weights = words.map((word) =>
    title.has(word) ? 3 : columns.has(word) ? 2 : description.has(word) ? 1 : 0,
  )
  const sum = weights.reduce<number>((total, weight) => total + weight, 0)
  const points = words.length === 0 ? 0 : Math.floor((500 * sum) / (3 * words.length))
  return { code: "words", points, found: weights.filter((weight) => weight > 0).length, asked: words.length }
}

function usesReason(evaluation: Evaluation & { decision: "permit" }): Reason {
  const duties = evaluation.duties.filter((one) => one.kind !== "compensate").length
  return { code: "uses", points: Math.max(100, 200 - 20 * duties), duties }
}

/**
 * The cheapest plan that the cap allows; with no cap the cheapest of all, a free one first. Prices in another
 * currency than the cap's cannot be compared with it, so they are over it, unless they are zero.
 */
function bestPlan(plans: readonly CandidatePlan[], cap: Money | null): CandidatePlan | null {
  const allowed = plans.filter(({ price }) => {
    if (cap === null || price.minor === "0") return true
    return price.currency === cap.currency && minorOf(price) <= minorOf(cap)
  })
  const [best] = allowed.toSorted((a, b) => {
    const free = Number(b.price.minor === "0") - Number(a.price.minor === "0")
    if (free !== 0) return free
    if (a.price.currency !== b.price.currency) return compareText(a.price.currency, b.price.currency)
    const [x, y] = [minorOf(a.price), minorOf(b.price)]
    return x < y ? -1 : x > y ? 1 : compareText(a.id, b.id)
  })
  return best ?? null
}

function priceReason(price: Money, cap: Money | null): Reason {
  if (price.minor === "0") return { code: "price", points: 150, free: true, capped: cap !== null }
  if (cap === null) return { code: "price", points: 75, free: false, capped: false }
  const left = ((minorOf(cap) - minorOf(price)) * 150n) / minorOf(cap)
  return { code: "price", points: Number(left), free: false, capped: true }
}

function freshnessReason(candidate: Candidate, inputs: RoundInputs): Reason {
  const days = Math.max(0, Math.floor((toMs(inputs.at) - toMs(candidate.publishedAt)) / dayMs))
  return { code: "freshness", points: Math.max(0, 100 - Math.floor((days * 100) / 365)), days }
}

/** Where nothing is asked for there are no points and no reason to tell. */
function wantedReason(code: "format" | "domain", matches: boolean | null, points: number): Reason | null {
  if (matches === null) return null
  return { code, points: matches ? points : 0, matches }
}
