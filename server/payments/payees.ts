import type { Actor } from "#contracts/actor.ts"
import { type Locale, readText } from "#contracts/localized-text.ts"
import type { Party } from "#contracts/party.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import { connectPayee } from "../parties/commands.ts"
import { myParty } from "../parties/queries.ts"
import type { Services } from "../services.ts"
import type { PayeeStatus, ProviderResult } from "./provider.ts"

type Needs = Pick<Services, "sql" | "writer" | "newId" | "provider" | "config">

/**
 * Where a party stands with the card rail: `none` has no account yet, `due` has to answer questions of the
 * provider's, `active` is paid by card, `away` could not be asked just now.
 */
export type PayeeState = { state: "none" | "due" | "active" | "away" }

/** Asked of the provider each time: an account that was active may be restricted later. */
export async function payeeState(services: Needs, actor: Actor): Promise<PayeeState | Refusal> {
  const own = await myParty(services, actor)
  if (isRefusal(own)) return own
  const { payee } = own.party
  if (payee === null) return { state: "none" }
  const status = await services.provider.payeeStatus(payee)
  if (!("ok" in status)) return { state: "away" }
  return { state: status.ok.transfers === "active" ? "active" : "due" }
}

/**
 * Makes the party's account at the payment provider, once, and answers the provider's page on which the party
 * completes it. Called again it finds the same account: the key is the party's own.
 */
export async function onboardPayee(
  services: Needs,
  actor: Actor,
  locale: Locale,
): Promise<{ url: string } | Refusal> {
  const user = permit(actor, "party.manage")
  if (isRefusal(user)) return user
  const own = await myParty(services, actor)
  if (isRefusal(own)) return own
  const { party } = own
  if (party.frozenBy) return refuse("frozen", "party", { freeze: party.frozenBy })
  const account = party.payee ?? (await makeAccount(services, party))
  if (typeof account !== "string") return account
  const page = `${services.config.publicUrl}/${locale}/account/party`
  return answered(
    await services.provider.onboardingLink({ account, returnUrl: page, refreshUrl: page }),
    ({ url }) => ({ url }),
  )
}

async function makeAccount(services: Needs, party: Party): Promise<string | Refusal> {
  const made = answered(
    await services.provider.createPayee({
      partyId: party.id,
      displayName: readText(party.name, party.name.original).text,
      country: party.country,
      idempotencyKey: `payee:${party.id}`,
    }),
    (status: PayeeStatus) => status.account,
  )
  if (typeof made !== "string") return made
  const noted = await connectPayee(services, party.id, made)
  return isRefusal(noted) ? noted : made
}

function answered<T, A>(result: ProviderResult<T>, read: (value: T) => A): A | Refusal {
  if ("ok" in result) return read(result.ok)
  if ("failed" in result && result.failed.retry === "never") return refuse("rail_not_available", "payee")
  return refuse("provider_unavailable", "payee")
}
