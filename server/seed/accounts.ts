import { TRPCClientError } from "@trpc/client"
import type { Id } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import { openOfficeInput, openRoles } from "#contracts/party.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { wholeRemit } from "#contracts/remit.ts"
import { openOffice, type PartyServices } from "../parties/commands.ts"
import type { DemoParty } from "./people.ts"
import type { SeedSecret } from "./secret.ts"
import { type Visitor, visit } from "./visitor.ts"

/** What demo-accounts.json holds of each party, for journeys in a browser and for `npm run demo`. */
export type DemoAccount = {
  role: DemoParty["role"]
  party: LocalizedText
  partyId: Id<"party">
  email: string
  password: string
}

/** An account with its party, signed in. */
export type DemoMember = { account: DemoAccount; visitor: Visitor }

type Making = { services: PartyServices; secret: SeedSecret; origin: string }

/** Signs a demo party's user up (or in, when an earlier run came that far) and registers the party. */
export async function openAccount(making: Making, party: DemoParty): Promise<DemoMember> {
  const { secret, origin } = making
  const { email, name } = party
  const password = secret.password(email)
  const visitor = visit(origin)
  const user = email.split("@")[0] ?? email
  await visitor.ask.access.signUp.mutate({ name: user, email, password }).catch(async (error: unknown) => {
    if (!(error instanceof TRPCClientError) || error.data?.code !== "email_taken") throw error
    await visitor.ask.access.signIn.mutate({ email, password })
  })
  const made = await registerDemoParty(making, party, visitor)
  const account = { role: party.role, party: name, partyId: made.party, email, password }
  return { account, visitor }
}

async function registerDemoParty(
  { services, secret }: Making,
  { role, name, country, identifier, email }: DemoParty,
  { ask }: Visitor,
): Promise<{ party: Id<"party"> }> {
  const authorisedPerson = name.original === "zh" ? "演示授权代表" : "Demo representative"
  const identity = { name, country, identifier, authorisedPerson }
  const open = openRoles.find((one) => one === role)
  const made = open
    ? await ask.parties.register.mutate({
        commandId: secret.command(`register ${email}`),
        ...identity,
        roles: [open],
      })
    : await openOffice(services, openOfficeInput.parse({ email, ...identity, roles: [role] }))
  if (isRefusal(made)) throw new Error(`${email} could not be given an office: ${made.refused}`)
  return made as { party: Id<"party"> }
}

/** The party asks to be verified, and the operator verifies it, each at their own door. */
export async function verifyDemoParty(
  secret: SeedSecret,
  { account, visitor }: DemoMember,
  operator: DemoMember,
  bankAccount: string | null,
): Promise<void> {
  const { email, partyId } = account
  const command = (what: string) => secret.command(`${what} ${email}`)
  if (bankAccount !== null)
    await visitor.ask.parties.updatePayee.mutate({ commandId: command("bank account"), bankAccount })
  const submitted = await visitor.ask.parties.submit.mutate({ commandId: command("submit") })
  const verified = await operator.visitor.ask.parties.verify.mutate({
    commandId: command("verify"),
    party: partyId,
    version: (submitted as { version: number }).version,
    method: "registryExtract",
    evidence: "演示主体：由演示市场自行登记，不对应任何真实机构。",
  })
  if (account.role === "seller") await onboard(visitor)
  if (account.role === "regulator")
    await entrustDemoRegulator(secret, account, operator, (verified as { version: number }).version)
}

/** The operator entrusts the market's regulator with all of it. */
async function entrustDemoRegulator(
  secret: SeedSecret,
  account: DemoAccount,
  operator: DemoMember,
  version: number,
): Promise<void> {
  await operator.visitor.ask.parties.entrust.mutate({
    commandId: secret.command(`entrust ${account.email}`),
    party: account.partyId,
    version,
    ...wholeRemit,
  })
}

/** The seller fills in the payment provider's page, to be paid by card as well. */
async function onboard({ ask }: Visitor): Promise<void> {
  if ((await ask.parties.payee.query()).state === "active") return
  const { url } = await ask.parties.onboardPayee.mutate()
  await fetch(url, {
    method: "POST",
    body: new URLSearchParams({ action: "complete" }),
    redirect: "manual",
  })
}
