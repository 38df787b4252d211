import { isOwnMatter, type PartyRole, type UserActor } from "#contracts/actor.ts"
import { contentHash } from "#contracts/content-hash.ts"
import { readIdentifier } from "#contracts/identifier.ts"
import type { Id } from "#contracts/ids.ts"
import type { FactBody, FactType } from "#contracts/ledger/fact.ts"
import type {
  ClassifyParty,
  CorrectParty,
  Party,
  PartyIdentity,
  PartyStep,
  RejectParty,
  SetProcurement,
  UpdateBilling,
  UpdatePayee,
  VerifyParty,
} from "#contracts/party.ts"
import { partyTransitions } from "#contracts/party.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Entrust } from "#contracts/remit.ts"
import type { Time } from "#contracts/time.ts"
import { nextState } from "#contracts/transition.ts"
import { type Decision, decide, type FactActor, type PendingFact } from "../decision.ts"

/** A new party, known by what it says of itself until the operator has verified it. */
export function register(
  party: Id<"party">,
  { name, country, identifier, authorisedPerson, roles }: PartyIdentity & { roles: PartyRole[] },
  user: Id<"user">,
  now: Time,
): Decision | Refusal {
  const read = readIdentifier(country, identifier)
  if (isRefusal(read)) return read
  const row: Party = {
    id: party,
    version: 1,
    state: "registered",
    name,
    country,
    roles,
    identifierKind: read.kind,
    identifier: read.identifier,
    authorisedPerson,
    verification: null,
    rejection: null,
    payee: null,
    bankAccount: null,
    frozenBy: null,
    registeredAt: now,
    updatedAt: now,
  }
  const actor: FactActor = { role: roleOf(roles), party, user }
  const secret = { name, country, identifier: read.identifier }
  return changed(row, partyFact("party.registered@1", row, actor, { roles }, secret))
}

/** Who the party is may be put right until it is submitted; afterwards the operator looks at what it looked at. */
export function correct(party: Party, input: CorrectParty, user: UserActor, now: Time): Decision | Refusal {
  if (party.state === "verified") return refuse("party_already_verified")
  if (party.state !== "registered") return refuse("party_state", "correct", { state: party.state })
  const read = readIdentifier(input.country, input.identifier)
  if (isRefusal(read)) return read
  const identity = {
    name: input.name,
    country: input.country,
    identifier: read.identifier,
    authorisedPerson: input.authorisedPerson,
  }
  const fields = (["name", "country", "identifier", "authorisedPerson"] as const).filter(
    (field) => JSON.stringify(party[field]) !== JSON.stringify(identity[field]),
  )
  if (fields.length === 0) return unchanged(party)
  const row = advance(party, { ...identity, identifierKind: read.kind }, now)
  return changed(row, partyFact("party.corrected@1", row, actorOf(user), { fields }, identity))
}

/** Asks the operator to verify. */
export function submit(party: Party, user: UserActor, now: Time): Decision | Refusal {
  const state = stepFrom(party, "submit")
  if (isRefusal(state)) return state
  const row = advance(party, { state, rejection: null }, now)
  const { identifier, authorisedPerson } = row
  return changed(
    row,
    partyFact("party.submitted@1", row, actorOf(user), {}, { identifier, authorisedPerson }),
  )
}

/** The operator has seen who the party is, and says how. */
export function verify(party: Party, input: VerifyParty, user: UserActor, now: Time): Decision | Refusal {
  const state = reviewStep(party, "verify", input.version, user)
  if (isRefusal(state)) return state
  const { method, evidence } = input
  const row = advance(party, { state, verification: { method, evidence, by: user.user, at: now } }, now)
  const { name, identifier, authorisedPerson } = row
  const secret = { name, identifier, authorisedPerson, evidence }
  return changed(row, partyFact("party.verified@1", row, operatorOf(user), { method }, secret))
}

/** The operator could not see who the party is; its administrator may correct and submit again. */
export function reject(party: Party, input: RejectParty, user: UserActor, now: Time): Decision | Refusal {
  const state = reviewStep(party, "reject", input.version, user)
  if (isRefusal(state)) return state
  const { reason, note } = input
  const row = advance(party, { state, rejection: { reason, note } }, now)
  return changed(row, partyFact("party.rejected@1", row, operatorOf(user), { reason }, { note }))
}

/** Where the bank transfer rail pays to. A frozen party cannot turn its money elsewhere. */
export function updateBankAccount(
  party: Party,
  { bankAccount }: Pick<UpdatePayee, "bankAccount">,
  user: UserActor,
  now: Time,
): Decision | Refusal {
  if (party.frozenBy) return refuse("frozen", "party", { freeze: party.frozenBy })
  return party.bankAccount === bankAccount
    ? unchanged(party)
    : payeeChanged(advance(party, { bankAccount }, now), ["bankAccount"], actorOf(user))
}

/** What the party's invoices are made out to; null removes it. */
export function updateBilling(
  party: Party,
  { billing }: Pick<UpdateBilling, "billing">,
  user: UserActor,
  now: Time,
): Decision | Refusal {
  if (party.frozenBy) return refuse("frozen", "party", { freeze: party.frozenBy })
  const { billing: before = null, ...unbilled } = party
  if (contentHash(before) === contentHash(billing)) return unchanged(party)
  const row: Party = billing === null ? unbilled : { ...unbilled, billing }
  return payeeChanged(advance(row, {}, now), ["billing"], actorOf(user))
}

/** Who approves the party's purchases, and what it may spend; trades that are confirmed already stay as they are. */
export function setProcurement(
  party: Party,
  input: Pick<SetProcurement, "procurement">,
  user: UserActor,
  now: Time,
): Decision | Refusal {
  if (party.frozenBy) return refuse("frozen", "party", { freeze: party.frozenBy })
  if (contentHash(party.procurement ?? []) === contentHash(input.procurement)) return unchanged(party)
  const row = advance(party, { procurement: input.procurement }, now)
  return changed(
    row,
    partyFact("party.limited@1", row, actorOf(user), {}, { procurement: input.procurement }),
  )
}

/** By which rates of the market's fee schedule the party sells, from its next trade on. */
export function classify(party: Party, input: ClassifyParty, user: UserActor, now: Time): Decision | Refusal {
  if (isOwnMatter(user, party.id)) return refuse("own_matter", "party")
  if (party.version !== input.version) return refuse("stale_version", "version", { version: party.version })
  if ((party.class ?? "standard") === input.class) return unchanged(party)
  const row = advance(party, { class: input.class }, now)
  return changed(row, partyFact("party.classified@1", row, operatorOf(user), {}, { class: input.class }))
}

/** The card rail's connected account, as the payment provider told us of it. */
export function connectPayee(party: Party, payee: string | null, job: string, now: Time): Decision | Refusal {
  if (party.frozenBy) return refuse("frozen", "party", { freeze: party.frozenBy })
  return party.payee === payee
    ? unchanged(party)
    : payeeChanged(advance(party, { payee }, now), ["payee"], { role: "system", job })
}

/** Gives a party roles beside those it has: operator and regulator come only this way. */
export function appoint(party: Party, roles: readonly PartyRole[], job: string, now: Time): Decision {
  const added = roles.filter((role) => !party.roles.includes(role))
  if (added.length === 0) return unchanged(party)
  const row = advance(party, { roles: [...party.roles, ...added] }, now)
  return changed(row, partyFact("party.appointed@1", row, { role: "system", job }, { roles: row.roles }, {}))
}

/** What a regulator may see and do, as the operator entrusts it; what it had before no longer counts. */
export function entrust(party: Party, input: Entrust, user: UserActor, now: Time): Decision | Refusal {
  if (isOwnMatter(user, party.id)) return refuse("own_matter", "party")
  if (!party.roles.includes("regulator")) return refuse("role_not_allowed", "party")
  if (party.version !== input.version) return refuse("stale_version", "version", { version: party.version })
  const remit = { regions: [...input.regions].sort(), duties: [...input.duties].sort() }
  if ((remit.regions.length === 0) !== (remit.duties.length === 0)) return refuse("invalid_input", "duties")
  const row = advance(party, { remit }, now)
  return changed(row, partyFact("party.entrusted@1", row, operatorOf(user), remit, {}))
}

function payeeChanged(row: Party, fields: string[], actor: FactActor): Decision {
  const { bankAccount, payee } = row
  const billing = row.billing ?? null
  return changed(row, partyFact("party.updated@2", row, actor, { fields }, { bankAccount, payee, billing }))
}

function stepFrom(party: Party, step: PartyStep): Party["state"] | Refusal {
  if (party.state === "verified") return refuse("party_already_verified")
  return nextState(partyTransitions, party.state, step) ?? refuse("party_state", step, { state: party.state })
}

/**
 * What the operator saw must be what is decided on: between the two the party may have corrected itself. Nobody
 * decides on their own party.
 */
function reviewStep(
  party: Party,
  step: "verify" | "reject",
  version: number,
  by: UserActor,
): Party["state"] | Refusal {
  if (isOwnMatter(by, party.id)) return refuse("own_matter", "party")
  const state = stepFrom(party, step)
  if (isRefusal(state)) return state
  return party.version === version ? state : refuse("stale_version", "version", { version: party.version })
}

const advance = (party: Party, changes: Partial<Party>, now: Time): Party => ({
  ...party,
  ...changes,
  version: party.version + 1,
  updatedAt: now,
})

const changed = (row: Party, fact: PendingFact): Decision =>
  decide({
    changes: [{ noun: "party", row }],
    facts: [fact],
    result: { party: row.id, version: row.version, state: row.state },
  })

/** What is asked for is so already: there is nothing to tell, and the command is answered all the same. */
const unchanged = ({ id, version, state }: Party): Decision =>
  decide({ changes: [], facts: [], result: { party: id, version, state } })

/** The role that a party's own acts on itself are told under. */
const roleOf = ([first = "buyer"]: readonly PartyRole[]): PartyRole => first

const actorOf = ({ roles, party, user }: UserActor): FactActor => ({ role: roleOf(roles), party, user })
const operatorOf = ({ party, user }: UserActor): FactActor => ({ role: "operator", party, user })

type PartyFactType = Extract<FactType, `party.${string}`>

/**
 * The fact of a party's change. The values are the party's own, whoever acted, and lie under its key; whoever acted
 * may read them.
 */
function partyFact<T extends PartyFactType>(
  type: T,
  row: Party,
  actor: FactActor,
  body: Omit<FactBody<T>, "version">,
  secret: Extract<PendingFact, { type: T }>["secret"],
): PendingFact {
  return {
    type,
    subject: { noun: "party", id: row.id, version: row.version },
    threads: [{ party: row.id }],
    actor,
    occurredAt: row.updatedAt,
    body: { version: row.version, ...body },
    secret,
    owner: row.id,
    readers: actor.role === "system" ? [row.id] : [row.id, actor.party],
  } as unknown as PendingFact
}
