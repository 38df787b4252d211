import { contentHash } from "#contracts/content-hash.ts"
import type { Id } from "#contracts/ids.ts"
import type { Listing } from "#contracts/listing.ts"
import { rank } from "#contracts/match/rank.ts"
import { type Candidate, matchRules, type Round, type RoundInputs } from "#contracts/match.ts"
import type { Request } from "#contracts/request.ts"
import type { Time } from "#contracts/time.ts"

/** A published listing as the matcher finds it. */
export type FoundListing = {
  listing: Listing
  sellerCountry: string
  columns: string[]
  /** Free seats of those plans that have a number of them. */
  freeSeats: Readonly<Record<Id<"plan">, number>>
}

/** The listing as the rules look at it, or null when none of its plans can be bought now. */
export function candidateOf({ listing, sellerCountry, columns, freeSeats }: FoundListing): Candidate | null {
  const plans = listing.plans
    .filter(({ id, seats }) => seats === null || (freeSeats[id] ?? 0) > 0)
    .map(({ id, price }) => ({ id, price }))
  if (plans.length === 0) return null
  const { id, version, seller, title, description, domain, format, policy, publishedAt } = listing
  return {
    listing: id,
    version,
    seller,
    sellerCountry,
    title,
    description,
    columns,
    domain,
    format,
    policy,
    plans,
    publishedAt,
  }
}

/** Everything the rules look at, in an order that does not depend on who found the candidates how. */
export function roundInputs(
  request: Request,
  buyerCountry: string,
  candidates: readonly Candidate[],
  at: Time,
): RoundInputs {
  const { buyer, words, use, formats, domain, cap } = request
  const inOrder = candidates.toSorted((a, b) => (a.listing < b.listing ? -1 : 1))
  return { rules: matchRules, at, buyer, buyerCountry, words, use, formats, domain, cap, candidates: inOrder }
}

export function runRound(
  id: Id<"round">,
  request: Request,
  buyerCountry: string,
  candidates: readonly Candidate[],
  at: Time,
): Round {
  const inputs = roundInputs(request, buyerCountry, candidates, at)
  const result = rank(inputs)
  return {
    id,
    version: 1,
    request: request.id,
    inputs,
    inputsHash: contentHash(inputs),
    result,
    resultHash: contentHash(result),
    at,
  }
}
