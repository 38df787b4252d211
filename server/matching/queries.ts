import type { Actor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { Domain, Format } from "#contracts/listing.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import { type Rerun, rerun } from "#contracts/match/rerun.ts"
import type { Ranked, Refused, Round } from "#contracts/match.ts"
import type { Money } from "#contracts/money.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import type { Services } from "../services.ts"
import {
  loadOpenRequests,
  loadRequest,
  loadRequests,
  loadRound,
  loadRounds,
  loadSellerNames,
} from "./store.ts"

type Needs = Pick<Services, "sql" | "writer">

const pageSize = 30
/** A request's page shows its newest round whole and names so many before it. */
const shownRounds = 20

/** The party's requests, newest first; `after` is the id that the last page ended with. */
export async function myRequests({ sql, writer }: Needs, actor: Actor, { after }: { after: string | null }) {
  const user = permit(actor, "request.post")
  if (isRefusal(user)) return user
  const cards = await loadRequests(sql, user.party, after, pageSize + 1)
  const requests = cards.slice(0, pageSize)
  const next = cards.length > pageSize ? (requests.at(-1)?.request.id ?? null) : null
  return { requests, next, now: writer.now() }
}

/** What other parties look for, to sellers: without the buyer's name and without what they would pay. */
export async function openRequests(
  { sql, writer }: Needs,
  actor: Actor,
  { after }: { after: string | null },
) {
  // Who may draft a product may see what is looked for.
  const user = permit(actor, "product.draft")
  if (isRefusal(user)) return user
  const now = writer.now()
  const found = await loadOpenRequests(sql, { except: user.party, now }, after, pageSize + 1)
  const requests = found.slice(0, pageSize)
  const next = found.length > pageSize ? (requests.at(-1)?.id ?? null) : null
  return { requests, next, now }
}

/** A listing as it was when the round ran. */
export type Shown = {
  title: LocalizedText
  seller: LocalizedText | null
  domain: Domain
  format: Format
}
export type ShownRanked = Ranked & Shown & { price: Money | null }
export type ShownRefused = Refused & Shown

/** A round with the names of what it ranked; `candidates` is how many listings it looked at. */
export type ShownRound = Pick<Round, "id" | "at" | "inputsHash" | "resultHash"> & {
  rules: string
  candidates: number
  ranked: ShownRanked[]
  refused: ShownRefused[]
  unrelated: number
  rerun: Rerun
}

/** One request of the party's own, with its newest round whole and the others by their hashes. */
export async function requestPage({ sql, writer }: Needs, actor: Actor, id: Id<"request">) {
  const user = permit(actor, "request.post")
  if (isRefusal(user)) return user
  const request = await loadRequest(sql, id)
  if (request?.buyer !== user.party) return refuse("not_found", "request")
  const [newest, ...before] = await loadRounds(sql, id, shownRounds)
  return {
    request,
    round: newest ? await showRound(sql, newest) : null,
    earlier: before.map(({ id: round, at, inputsHash, resultHash, result }) => ({
      id: round,
      at,
      inputsHash,
      resultHash,
      ranked: result.ranked.length,
    })),
    now: writer.now(),
  }
}

/** One round of a request of the party's own. */
export async function roundPage(
  { sql }: Needs,
  actor: Actor,
  id: Id<"round">,
): Promise<ShownRound | Refusal> {
  const user = permit(actor, "request.post")
  if (isRefusal(user)) return user
  const found = await loadRound(sql, id)
  return found?.request.buyer === user.party ? showRound(sql, found.round) : refuse("not_found", "round")
}

/** All that is needed to run a round again elsewhere: its inputs, its result and the certified hashes. */
export async function roundInputsOf({ sql }: Needs, actor: Actor, id: Id<"round">): Promise<Round | Refusal> {
  const user = permit(actor, "request.post")
  if (isRefusal(user)) return user
  const found = await loadRound(sql, id)
  return found?.request.buyer === user.party ? found.round : refuse("not_found", "round")
}

async function showRound(sql: Needs["sql"], round: Round): Promise<ShownRound> {
  const { inputs, result } = round
  const candidates = new Map(inputs.candidates.map((one) => [one.listing, one]))
  const names = await loadSellerNames(sql, [...new Set(inputs.candidates.map(({ seller }) => seller))])
  const show = (listing: Id<"listing">): Shown => {
    const candidate = candidates.get(listing)
    if (!candidate) throw new Error(`the round ${round.id} ranked what it was not given`)
    const { title, domain, format, seller } = candidate
    return { title, domain, format, seller: names.get(seller) ?? null }
  }
  const priceOf = ({ listing, plan }: Ranked): Money | null =>
    candidates.get(listing)?.plans.find(({ id }) => id === plan)?.price ?? null
  return {
    id: round.id,
    at: round.at,
    inputsHash: round.inputsHash,
    resultHash: round.resultHash,
    rules: inputs.rules,
    candidates: inputs.candidates.length,
    ranked: result.ranked.map((one) => ({ ...one, ...show(one.listing), price: priceOf(one) })),
    refused: result.refused.map((one) => ({ ...one, ...show(one.listing) })),
    unrelated: result.unrelated.length,
    rerun: rerun(round),
  }
}
