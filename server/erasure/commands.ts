import type { Actor, UserActor } from "#contracts/actor.ts"
import type {
  ApproveErasure,
  Erasure,
  Hold,
  LiftHold,
  PlaceHold,
  RefuseErasure,
  RequestErasure,
} from "#contracts/erasure.ts"
import { type Id, isId } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { permit, permitPerson } from "../access/permit.ts"
import { mayKnow } from "../access/remit-store.ts"
import type { Guard } from "../decision.ts"
import { readOperatorParty } from "../ledger/export/run-store.ts"
import { loadParty } from "../parties/store.ts"
import { runCommand } from "../run-command.ts"
import type { Services } from "../services.ts"
import { systemActor, userActor } from "../trades/scene.ts"
import { holdIdOf } from "./hold-id.ts"
import * as holds from "./hold-rules.ts"
import { ownerOf } from "./jobs.ts"
import { loadProductScene, productParty } from "./product-store.ts"
import * as rules from "./rules.ts"
import * as store from "./store.ts"

export type ErasureServices = Pick<Services, "sql" | "writer" | "keys" | "newId">

/**
 * A person asks for their own account to be erased; a party's administrator for a field or a product of their own
 * party; the operator for any of anybody's. Refuses `not_found` for what is not theirs, `erasure_asked` for what was
 * asked for with this reason and has not ended.
 */
export async function requestErasure(
  services: ErasureServices,
  actor: Actor,
  input: RequestErasure,
): Promise<Json | Refusal> {
  const asked = await subjectOf(services, actor, input)
  if (isRefusal(asked)) return asked
  const { by, subject } = asked
  // Whom the records are kept for: a product's seller, else whoever asks.
  const owner = isId("product", subject)
    ? await productParty(services.sql, subject)
    : (by.party ?? (await readOperatorParty(services.sql)))
  if (owner === null) return refuse("no_party")
  const { kind, reason, basis } = input
  const field = input.kind === "field" ? input.field : null
  const row = { id: services.newId("erasure"), kind, subject, field, reason, basis }
  return services.writer.run(
    { giver: by.party ?? by.user, id: input.commandId, action: "erasure.request", input },
    async () => ((await store.isAsked(services.sql, row)) ? refuse("erasure_asked", "subject") : null),
    (_, now) => rules.requestErasure(row, by, owner, now),
  )
}

async function subjectOf(
  { sql }: ErasureServices,
  actor: Actor,
  input: RequestErasure,
): Promise<{ by: rules.Asker; subject: Erasure["subject"] } | Refusal> {
  const person = permitPerson(actor)
  if (isRefusal(person)) return person
  const by = askerOf(actor, person)
  const asOperator = !isRefusal(permit(actor, "erasure.decide"))
  if (input.kind === "account") {
    const subject = input.subject ?? person
    if (subject !== person && !asOperator) return refuse("not_found", "subject")
    return (await store.userExists(sql, subject)) ? { by, subject } : refuse("not_found", "subject")
  }
  const user = permit(actor, "erasure.request")
  if (isRefusal(user)) return user
  if (input.kind === "product") {
    const seller = await productParty(sql, input.subject)
    const theirs = seller !== null && (seller === user.party || asOperator)
    return theirs ? { by, subject: input.subject } : refuse("not_found", "subject")
  }
  const subject = input.subject ?? user.party
  if (subject !== user.party && !asOperator) return refuse("not_found", "subject")
  return (await loadParty(sql, subject)) ? { by, subject } : refuse("not_found", "subject")
}

/** A person without a party has no key of their own: the record names the account's own door. */
function askerOf(actor: Actor, user: Id<"user">): rules.Asker {
  if (actor.kind !== "user") return { user, party: null, actor: systemActor("account") }
  const [role = "buyer"] = actor.roles
  return { user, party: actor.party, actor: userActor(role, actor.party, user) }
}

const deciderOf = ({ user, party }: UserActor): rules.Asker => ({
  user,
  party,
  actor: userActor("operator", party, user),
})

/** Erases what may be erased; what must be kept is held, with the rule and the date. */
export const approveErasure = (services: ErasureServices, actor: Actor, input: ApproveErasure) =>
  runCommand(
    services,
    actor,
    { may: "erasure.decide", action: "erasure.approve", input },
    () => loadSeen(services, input),
    (scene, user, now) => rules.approveErasure(scene, deciderOf(user), now),
  )

export const refuseErasure = (services: ErasureServices, actor: Actor, input: RefuseErasure) =>
  runCommand(
    services,
    actor,
    { may: "erasure.decide", action: "erasure.refuse", input },
    () => loadSeen(services, input),
    (scene, user, now) => rules.refuseErasure(scene, input, deciderOf(user), now),
  )

/** What the operator saw is what is decided on. */
async function loadSeen(
  services: ErasureServices,
  { erasure: id, version }: { erasure: Id<"erasure">; version: number },
): Promise<rules.ErasureScene | Refusal> {
  const erasure = await store.loadErasure(services.sql, id)
  if (!erasure) return refuse("not_found", "erasure")
  if (erasure.version !== version) return refuse("stale_version", "version", { version: erasure.version })
  return loadErasureScene(services, erasure)
}

export async function loadErasureScene(
  { sql, keys }: Pick<ErasureServices, "sql" | "keys">,
  erasure: Erasure,
): Promise<rules.ErasureScene | Refusal> {
  const owner = await ownerOf(sql, erasure)
  if (owner === null) return refuse("no_party")
  const { subject, field } = erasure
  const nothing = {
    erasure,
    subject: null,
    places: [],
    tradeEnd: "none",
    orphaned: [],
    product: null,
  } as const
  if (isId("product", subject)) {
    const product = await loadProductScene(sql, subject)
    if (product === null) return refuse("not_found", "subject")
    return { ...nothing, product, holds: [await holdOf(sql, keys, product.seller)], owner }
  }
  if (isId("user", subject)) {
    const [tradeEnd, orphaned, parties] = await Promise.all([
      store.lastTradeOfUser(sql, subject),
      store.orphanedBy(sql, subject),
      store.partiesOfUser(sql, subject),
    ])
    const found = await Promise.all(parties.map((party) => holdOf(sql, keys, party)))
    return { ...nothing, tradeEnd, orphaned, holds: found, owner }
  }
  const party = await loadParty(sql, subject)
  if (!party || field === null) return refuse("not_found", "subject")
  if (await store.hasWaiting(sql, subject, field)) return refuse("not_sealed_yet")
  const [tradeEnd, places, hold] = await Promise.all([
    store.lastTradeOfParty(sql, subject),
    store.findPlaces(sql, subject, field),
    holdOf(sql, keys, subject),
  ])
  return { ...nothing, subject: party, places, tradeEnd, holds: [hold], owner }
}

async function holdOf(sql: Services["sql"], keys: Services["keys"], party: Id<"party">) {
  const id = await holdIdOf(keys, party)
  const hold = await store.loadHold(sql, id)
  return { id, version: hold?.version ?? 0, active: hold?.state === "active" }
}

const regulatorOf = ({ user, party }: UserActor) => ({
  user,
  party,
  actor: userActor("regulator", party, user),
})

/** Supervision forbids that anything of a party is erased, until it lifts the hold. */
export const placeHold = (services: ErasureServices, actor: Actor, input: PlaceHold) =>
  runCommand(
    services,
    actor,
    { may: "supervision.hold", action: "hold.place", input },
    async (user) =>
      (await mayKnow(services.sql, user, input.target))
        ? loadTarget(services, input.target)
        : refuse("not_found", "target"),
    ({ id, before, guard }, user, now) => holds.placeHold(id, input, before, guard, regulatorOf(user), now),
  )

export const liftHold = (services: ErasureServices, actor: Actor, input: LiftHold) =>
  runCommand(
    services,
    actor,
    { may: "supervision.hold", action: "hold.lift", input },
    async (user) => {
      const hold = await store.loadHold(services.sql, input.hold)
      const may = hold !== null && (await mayKnow(services.sql, user, hold.target))
      return may ? hold : refuse("not_found", "hold")
    },
    (hold, user, now) => holds.liftHold(hold, input.document, regulatorOf(user), now),
  )

async function loadTarget(
  { sql, keys }: ErasureServices,
  target: Hold["target"],
): Promise<{ id: Id<"hold">; before: Hold | null; guard: Guard } | Refusal> {
  const party = await loadParty(sql, target)
  if (!party) return refuse("not_found", "target")
  const id = await holdIdOf(keys, party.id)
  const guard = { noun: "party", id: party.id, version: party.version } as const
  return { id, before: await store.loadHold(sql, id), guard }
}
