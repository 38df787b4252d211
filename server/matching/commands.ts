import type { Actor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import type { Round } from "#contracts/match.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { OnRequest, PostRequest, Request, TakeMatch } from "#contracts/request.ts"
import { queryTokens } from "#contracts/tokens.ts"
import { permit } from "../access/permit.ts"
import type { Services } from "../services.ts"
import { prepareProposal } from "../trades/proposal.ts"
import { candidateOf } from "./round-rules.ts"
import * as rules from "./rules.ts"
import { findListings, loadRequest, loadRequester, loadRound } from "./store.ts"

type Needs = Pick<Services, "sql" | "writer" | "config" | "newId">

/** Posts what a buyer needs. Answers `{request}`. */
export async function postRequest(
  services: Needs,
  actor: Actor,
  input: PostRequest,
): Promise<Json | Refusal> {
  const user = permit(actor, "request.post")
  if (isRefusal(user)) return user
  const id = services.newId("request")
  return services.writer.run(
    { giver: user.party, id: input.commandId, action: "request.post", input },
    async () => (await loadRequester(services.sql, user.party)) ?? refuse("not_found", "party"),
    (buyer, now) => rules.post(buyer, id, input, user, now),
  )
}

export async function closeRequest(services: Needs, actor: Actor, input: OnRequest): Promise<Json | Refusal> {
  const user = permit(actor, "request.close")
  if (isRefusal(user)) return user
  return services.writer.run(
    { giver: user.party, id: input.commandId, action: "request.close", input },
    () => ownRequest(services, input.request, user.party),
    (request, now) => rules.close(request, user, now),
  )
}

/** Runs a matching round over what is listed now. Answers `{round}`. */
export async function matchRequest(services: Needs, actor: Actor, input: OnRequest): Promise<Json | Refusal> {
  const user = permit(actor, "request.match")
  if (isRefusal(user)) return user
  const id = services.newId("round")
  return services.writer.run(
    { giver: user.party, id: input.commandId, action: "request.match", input },
    async () => {
      const request = await ownRequest(services, input.request, user.party)
      if (isRefusal(request)) return request
      const buyer = await loadRequester(services.sql, user.party)
      if (buyer === null) return refuse("not_found", "party")
      const found = await findListings(services.sql, queryTokens(request.words))
      return { request, buyer, candidates: found.map(candidateOf).filter((one) => one !== null) }
    },
    (state, now) => rules.match(state, id, user, now),
  )
}

/**
 * Takes a ranked match: proposes the trade and marks the request as matched, in one decision. Answers `{trade}`.
 * Refuses `match_not_eligible` for a listing that the round refused, and all that a proposal is refused for.
 */
export async function takeMatch(services: Needs, actor: Actor, input: TakeMatch): Promise<Json | Refusal> {
  const user = permit(actor, "trade.propose")
  if (isRefusal(user)) return user
  const trade = services.newId("trade")
  return services.writer.run(
    { giver: user.party, id: input.commandId, action: "request.take", input },
    async (now) => {
      const found = await ownRound(services, input.round, user.party)
      if (isRefusal(found)) return found
      const entry = rules.rankedOf(found.round, input.listing)
      if (isRefusal(entry)) return entry
      const { listing, locale } = input
      const origin = { kind: "match", request: found.request.id, round: input.round } as const
      const choice = {
        trade,
        buyer: user.party,
        listing,
        plan: entry.plan,
        locale,
        origin,
        purchaseOrder: null,
      }
      const proposal = await prepareProposal(services, { ...choice, use: found.request.use }, now)
      return isRefusal(proposal) ? proposal : { ...found, proposal }
    },
    ({ proposal, ...found }, now) => rules.take(found, proposal, user, now),
  )
}

/** Another party's request does not exist for the asker. */
async function ownRequest({ sql }: Needs, id: Id<"request">, party: Id<"party">): Promise<Request | Refusal> {
  const request = await loadRequest(sql, id)
  return request?.buyer === party ? request : refuse("not_found", "request")
}

async function ownRound(
  { sql }: Needs,
  id: Id<"round">,
  party: Id<"party">,
): Promise<{ round: Round; request: Request } | Refusal> {
  const found = await loadRound(sql, id)
  return found?.request.buyer === party ? found : refuse("not_found", "round")
}
