import type { Actor, PartyRole, UserActor } from "#contracts/actor.ts"
import { readIdentifier } from "#contracts/identifier.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import type {
  ClassifyParty,
  CorrectParty,
  OpenOffice,
  Party,
  PartyIdentity,
  RegisterParty,
  RejectParty,
  SetProcurement,
  SubmitParty,
  UpdateBilling,
  UpdatePayee,
  VerifyParty,
} from "#contracts/party.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Entrust } from "#contracts/remit.ts"
import { permitPerson } from "../access/permit.ts"
import type { Command } from "../commit.ts"
import { runCommand } from "../run-command.ts"
import type { Services } from "../services.ts"
import { dropMember, findUser, seatFirstAdministrator } from "./member-store.ts"
import * as rules from "./rules.ts"
import { identifierIsTaken, isIdentifierConflict, loadParty } from "./store.ts"

export type PartyServices = Pick<Services, "sql" | "writer" | "newId">

/**
 * Registers an organisation; the person becomes its first administrator and may act for others besides. Answers
 * `{party, version, state}`.
 */
export async function registerParty(
  services: PartyServices,
  actor: Actor,
  input: RegisterParty,
): Promise<Json | Refusal> {
  const user = permitPerson(actor)
  if (isRefusal(user)) return user
  return registerFor(services, user, { giver: user, id: input.commandId, action: "party.register", input })
}

/**
 * Registers a party that holds an office of the market, operator or regulator, for a person who has an account.
 * For the command line and the seeding only: no door leads here, and nobody takes an office by asking. The same
 * person, office and identity again get the first answer. Refuses `not_found` at `email`.
 */
export async function openOffice(
  services: PartyServices,
  { email, ...input }: OpenOffice,
): Promise<Json | Refusal> {
  const user = await findUser(services.sql, email)
  if (user === null) return refuse("not_found", "email")
  const id = `office:${input.roles.join("+")}:${input.identifier}`
  return registerFor(services, user, { giver: user, id, action: "party.openOffice", input })
}

async function registerFor(
  services: PartyServices,
  user: Id<"user">,
  command: Command & { input: PartyIdentity & { roles: PartyRole[] } },
): Promise<Json | Refusal> {
  const { sql, writer } = services
  const party = services.newId("party")
  const { input } = command
  // The seat is written first: after a crash there may be a seat of no party, never a party that nobody can enter.
  await seatFirstAdministrator(sql, party, user)
  const answer = await onceForIdentifier(() =>
    writer.run(
      command,
      () => freeIdentifier(services, party, input),
      (_, now) => rules.register(party, input, user, now),
    ),
  )
  if (!(await loadParty(sql, party))) await dropMember(sql, party, user)
  return answer
}

/** Puts right who the party is, before it is submitted or after it was rejected. */
export const correctParty = (services: PartyServices, actor: Actor, input: CorrectParty) =>
  onceForIdentifier(() =>
    runCommand(
      services,
      actor,
      { may: "party.manage", action: "party.correct", input },
      async (user) => (await freeIdentifier(services, user.party, input)) ?? ownParty(services, user),
      (party, user, now) => rules.correct(party, input, user, now),
    ),
  )

export const submitParty = (services: PartyServices, actor: Actor, input: SubmitParty) =>
  runCommand(
    services,
    actor,
    { may: "party.submit", input },
    (user) => ownParty(services, user),
    (party, user, now) => rules.submit(party, user, now),
  )

export const verifyParty = (services: PartyServices, actor: Actor, input: VerifyParty) =>
  runCommand(
    services,
    actor,
    { may: "party.verify", input },
    () => anyParty(services, input.party),
    (party, user, now) => rules.verify(party, input, user, now),
  )

export const rejectParty = (services: PartyServices, actor: Actor, input: RejectParty) =>
  runCommand(
    services,
    actor,
    { may: "party.verify", action: "party.reject", input },
    () => anyParty(services, input.party),
    (party, user, now) => rules.reject(party, input, user, now),
  )

/** Gives a regulator its remit, or takes it away: an operator's act, and a fact. */
export const entrustRegulator = (services: PartyServices, actor: Actor, input: Entrust) =>
  runCommand(
    services,
    actor,
    { may: "regulator.entrust", input },
    () => anyParty(services, input.party),
    (party, user, now) => rules.entrust(party, input, user, now),
  )

/** Sets or removes the bank account that the bank transfer rail pays to. */
export const updatePayee = (services: PartyServices, actor: Actor, input: UpdatePayee) =>
  runCommand(
    services,
    actor,
    { may: "party.manage", action: "party.updatePayee", input },
    (user) => ownParty(services, user),
    (party, user, now) => rules.updateBankAccount(party, input, user, now),
  )

/** Sets or removes what the party's invoices are made out to. */
export const updateBilling = (services: PartyServices, actor: Actor, input: UpdateBilling) =>
  runCommand(
    services,
    actor,
    { may: "party.manage", action: "party.updateBilling", input },
    (user) => ownParty(services, user),
    (party, user, now) => rules.updateBilling(party, input, user, now),
  )

/** An administrator sets who approves the party's purchases, and its budgets. */
export const setProcurement = (services: PartyServices, actor: Actor, input: SetProcurement) =>
  runCommand(
    services,
    actor,
    { may: "party.manage", action: "party.setProcurement", input },
    (user) => ownParty(services, user),
    (party, user, now) => rules.setProcurement(party, input, user, now),
  )

/** An operator sets by which rates a seller pays the market's fee. */
export const classifyParty = (services: PartyServices, actor: Actor, input: ClassifyParty) =>
  runCommand(
    services,
    actor,
    { may: "party.classify", input },
    () => anyParty(services, input.party),
    (party, user, now) => rules.classify(party, input, user, now),
  )

/** Notes the connected account that the payment provider made for a party; null when it is gone. */
export async function connectPayee(
  services: PartyServices,
  party: Id<"party">,
  payee: string | null,
): Promise<Json | Refusal> {
  const input = { party, payee }
  const id = services.newId("command")
  return services.writer.run(
    { giver: "system", id, action: "party.connectPayee", input },
    () => anyParty(services, party),
    (found, now) => rules.connectPayee(found, payee, "onboarding", now),
  )
}

/**
 * Gives a party market roles. For the command line and the seeding only: no door leads here, and nobody takes
 * the operator's or the regulator's role by asking.
 */
export async function grantMarketRole(
  services: PartyServices,
  party: Id<"party">,
  roles: readonly PartyRole[],
): Promise<Json | Refusal> {
  const input = { party, roles: [...roles].sort() }
  return services.writer.run(
    { giver: "system", id: `appoint:${party}:${input.roles.join("+")}`, action: "party.appoint", input },
    () => anyParty(services, party),
    (found, now) => rules.appoint(found, roles, "appointment", now),
  )
}

const anyParty = async ({ sql }: PartyServices, id: Id<"party">): Promise<Party | Refusal> =>
  (await loadParty(sql, id)) ?? refuse("not_found", "party")

const ownParty = (services: PartyServices, user: UserActor) => anyParty(services, user.party)

async function freeIdentifier(
  { sql }: PartyServices,
  party: Id<"party">,
  { country, identifier }: Pick<RegisterParty, "country" | "identifier">,
): Promise<Refusal | null> {
  const read = readIdentifier(country, identifier)
  if (isRefusal(read)) return read
  const taken = await identifierIsTaken(sql, read.identifier, party)
  return taken ? refuse("identifier_taken", "identifier") : null
}

/** Two parties with one identifier at the same moment both find it free; the database keeps the first. */
async function onceForIdentifier(run: () => Promise<Json | Refusal>): Promise<Json | Refusal> {
  try {
    return await run()
  } catch (error) {
    if (isIdentifierConflict(error)) return refuse("identifier_taken", "identifier")
    throw error
  }
}
