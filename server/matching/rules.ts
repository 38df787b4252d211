import type { Id } from "#contracts/ids.ts"
import type { Candidate, Ranked, Round } from "#contracts/match.ts"
import type { Party } from "#contracts/party.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import {
  type Request,
  type RequestInput,
  type RequestState,
  type RequestStep,
  requestTransitions,
} from "#contracts/request.ts"
import { addMs, dayMs, type Time } from "#contracts/time.ts"
import { nextState } from "#contracts/transition.ts"
import { type Decision, decide, type FactActor, type PendingFact } from "../decision.ts"
import { type Proposal, propose } from "../trades/rules.ts"
import { runRound } from "./round-rules.ts"

/** What the rules read of a buyer. */
export type Requester = Pick<Party, "id" | "version" | "country" | "frozenBy">

/** Who acts for the buyer. */
export type By = { user: Id<"user">; party: Id<"party"> }

/** How long a request may stay open at most. */
export const longestRequestMs = 366 * dayMs

/** Refuses `frozen`, and `invalid_input` for a deadline that is over or more than a year away. */
export function post(
  buyer: Requester,
  id: Id<"request">,
  input: RequestInput,
  by: By,
  now: Time,
): Decision | Refusal {
  if (buyer.frozenBy) return refuse("frozen", "party", { freeze: buyer.frozenBy })
  if (input.deadline <= now || input.deadline > addMs(now, longestRequestMs))
    return refuse("invalid_input", "deadline")
  const { words, locale, use, formats, domain, cap, deadline } = input
  const row: Request = {
    id,
    version: 1,
    state: "open",
    buyer: buyer.id,
    words,
    locale,
    use,
    formats,
    domain,
    cap,
    deadline,
    trade: null,
    postedAt: now,
    updatedAt: now,
  }
  return decide({
    changes: [{ noun: "request", row }],
    guards: [guardOf(buyer)],
    facts: [
      {
        type: "request.posted@1",
        ...factOf(row, actorOf(by)),
        threads: [{ id }, { party: buyer.id }],
        body: { version: row.version, deadline },
        secret: { request: { words, locale, use, formats, domain, cap } },
      },
    ],
    result: { request: id },
  })
}

/** The buyer no longer needs it. */
export function close(before: Request, by: By, now: Time): Decision | Refusal {
  return ended(before, "close", "buyer", actorOf(by), now)
}

/** The deadline came and nothing was taken. */
export function expire(before: Request, now: Time): Decision | Refusal {
  if (before.deadline > now) return refuse("deadline_not_reached")
  return ended(before, "expire", "deadline", { role: "system", job: "requests" }, now)
}

/**
 * Ranks the candidates as they are now and keeps inputs and result, whose hashes are certified. Refuses `frozen`,
 * `request_state`, and `deadline_passed` where the sweep has not come by yet.
 */
export function match(
  { request, buyer, candidates }: { request: Request; buyer: Requester; candidates: Candidate[] },
  id: Id<"round">,
  by: By,
  now: Time,
): Decision | Refusal {
  if (buyer.frozenBy) return refuse("frozen", "party", { freeze: buyer.frozenBy })
  const over = refuseEnded(request, "take", now)
  if (over) return over
  const row = runRound(id, request, buyer.country, candidates, now)
  return decide({
    changes: [{ noun: "round", row }],
    guards: [{ noun: "request", id: request.id, version: request.version }, guardOf(buyer)],
    facts: [
      {
        type: "round.ranked@2",
        subject: { noun: "round", id, version: row.version },
        threads: [{ id }, { id: request.id }],
        actor: actorOf(by),
        occurredAt: now,
        body: {
          version: row.version,
          request: request.id,
          rules: row.inputs.rules,
          candidates: candidates.length,
        },
        secret: { inputsHash: row.inputsHash, resultHash: row.resultHash },
        owner: request.buyer,
        readers: [request.buyer],
      },
    ],
    result: { round: id },
  })
}

/** The ranked entry of a listing; what the rules refused, or the round never saw, cannot be taken. */
export function rankedOf(round: Round, listing: Id<"listing">): Ranked | Refusal {
  const entry = round.result.ranked.find((one) => one.listing === listing)
  if (entry) return entry
  const refused = round.result.refused.find((one) => one.listing === listing)
  return refuse("match_not_eligible", "listing", { because: refused?.refused ?? "unrelated" })
}

/**
 * Takes a ranked match: the proposed trade and the matched request are one decision. The trade's own rules judge
 * the listing as it is now, so that what was withdrawn or frozen since is refused as in any proposal.
 */
export function take(
  { request, round }: { request: Request; round: Round },
  proposal: Proposal,
  by: By,
  now: Time,
): Decision | Refusal {
  const over = refuseEnded(request, "take", now)
  if (over) return over
  const entry = rankedOf(round, proposal.listing.id)
  if (isRefusal(entry)) return entry
  if (entry.plan !== proposal.plan.id) throw new Error("a match is taken at the plan that was ranked")
  const proposed = propose(proposal, by.user, now)
  if (isRefusal(proposed)) return proposed
  const matched = ended(request, "take", "matched", actorOf(by), now, { trade: proposal.trade })
  if (isRefusal(matched)) return matched
  return {
    ...proposed,
    changes: [...proposed.changes, ...matched.changes],
    facts: [...proposed.facts, ...matched.facts],
  }
}

const stepFrom = (request: Request, step: RequestStep): RequestState | Refusal =>
  nextState(requestTransitions, request.state, step) ??
  refuse("request_state", step, { state: request.state })

function refuseEnded(request: Request, step: RequestStep, now: Time): Refusal | null {
  const state = stepFrom(request, step)
  if (isRefusal(state)) return state
  return request.deadline <= now ? refuse("deadline_passed", step) : null
}

/** The request leaves the market, one way or another. */
function ended(
  before: Request,
  step: RequestStep,
  reason: "buyer" | "deadline" | "matched",
  actor: FactActor,
  now: Time,
  changes: Partial<Request> = {},
): Decision | Refusal {
  const state = stepFrom(before, step)
  if (isRefusal(state)) return state
  const row: Request = { ...before, ...changes, state, version: before.version + 1, updatedAt: now }
  return decide({
    changes: [{ noun: "request", row }],
    facts: [
      {
        type: "request.closed@1",
        ...factOf(row, actor),
        body: { version: row.version, reason },
        secret: {},
      },
    ],
    result: { request: row.id, state },
  })
}

const guardOf = ({ id, version }: Requester) => ({ noun: "party", id, version }) as const

const actorOf = ({ user, party }: By): FactActor => ({ role: "buyer", party, user })

/** What a request says is its buyer's alone. */
const factOf = (
  row: Request,
  actor: FactActor,
): Pick<PendingFact, "subject" | "threads" | "actor" | "occurredAt" | "owner" | "readers"> => ({
  subject: { noun: "request", id: row.id, version: row.version },
  threads: [{ id: row.id }],
  actor,
  occurredAt: row.updatedAt,
  owner: row.buyer,
  readers: [row.buyer],
})
