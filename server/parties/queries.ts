import { z } from "zod"
import type { Actor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { Party } from "#contracts/party.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { permit, permitPerson } from "../access/permit.ts"
import { loadMemberships, type Membership } from "../access/store.ts"
import { readPlace, type Waiting, writePlace } from "../queue.ts"
import type { Services } from "../services.ts"
import { loadMembers, type Member } from "./member-store.ts"
import {
  countSubmitted,
  loadPartiesInRole,
  loadParty,
  loadPartyCard,
  loadSubmitted,
  type PartyCardRow,
} from "./store.ts"

type Reading = Pick<Services, "sql">

/** The parties that the person may act for. */
export async function myParties({ sql }: Reading, actor: Actor): Promise<Membership[] | Refusal> {
  const user = permitPerson(actor)
  return isRefusal(user) ? user : loadMemberships(sql, user)
}

/** The whole of the party that the person acts for now, with who sits in it. */
export async function myParty(
  { sql }: Reading,
  actor: Actor,
): Promise<{ party: Party; members: Member[] } | Refusal> {
  if (actor.kind !== "user") return refuse(actor.kind === "person" ? "no_party" : "not_signed_in")
  const [party, members] = await Promise.all([loadParty(sql, actor.party), loadMembers(sql, actor.party)])
  return party ? { party, members } : refuse("not_found")
}

/** What anyone, signed in or not, may read of a party: its name, its country, and whether it is verified. */
export async function partyCard(
  { sql }: Reading,
  _actor: Actor,
  party: Id<"party">,
): Promise<PartyCardRow | Refusal> {
  return (await loadPartyCard(sql, party)) ?? refuse("not_found", "party")
}

const pageSize = 50

export const verificationQueueInput = z.strictObject({ after: z.string().max(60).nullable().default(null) })

/** The operator's queue: parties that wait to be verified, the longest waiting first; `next` reads on. */
export async function verificationQueue(
  { sql, writer }: Pick<Services, "sql" | "writer">,
  actor: Actor,
  { after }: z.infer<typeof verificationQueueInput>,
): Promise<{ parties: Party[]; next: string | null; now: Time } | Refusal> {
  const user = permit(actor, "party.verify")
  if (isRefusal(user)) return user
  const place = readPlace(after)
  if (isRefusal(place)) return place
  const parties = await loadSubmitted(sql, place, pageSize)
  const last = parties.length === pageSize ? parties.at(-1) : undefined
  return { parties, next: last ? writePlace({ at: last.updatedAt, id: last.id }) : null, now: writer.now() }
}

/** How many parties wait to be verified. */
export const waitingParties = ({ sql }: Reading): Promise<Waiting> => countSubmitted(sql)

/** The market's regulators, by age, with what each is entrusted with. */
export async function regulatorList({ sql }: Reading, actor: Actor): Promise<Party[] | Refusal> {
  const user = permit(actor, "regulator.entrust")
  return isRefusal(user) ? user : loadPartiesInRole(sql, "regulator")
}

/** One party as the operator sees it to verify it. Who has not asked to be verified is not for the operator to read. */
export async function partyForReview(
  { sql }: Reading,
  actor: Actor,
  party: Id<"party">,
): Promise<Party | Refusal> {
  const user = permit(actor, "party.verify")
  if (isRefusal(user)) return user
  const found = await loadParty(sql, party)
  return found && found.state !== "registered" ? found : refuse("not_found", "party")
}
