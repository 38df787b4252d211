import type Stripe from "stripe"
import { noSuch, refused } from "../http/errors.ts"
import {
  address,
  flag,
  list,
  metadata,
  object,
  oneOf,
  optional,
  required,
  text,
  type Values,
} from "../http/readers.ts"
import { type Call, idOf, type Route, route } from "../http/route.ts"
import type { World } from "../state/world.ts"

type Account = Stripe.V2.Core.Account
export type TransferStatus = "active" | "restricted" | "rejected"

const linkLifeSeconds = 600

const include = optional(
  list(
    oneOf(
      "configuration.customer",
      "configuration.merchant",
      "configuration.recipient",
      "defaults",
      "future_requirements",
      "identity",
      "requirements",
    ),
  ),
)

const createShape = {
  contact_email: optional(text(800)),
  display_name: optional(text(500)),
  dashboard: optional(oneOf("express", "full", "none")),
  defaults: optional(
    object({
      currency: optional(text(3)),
      responsibilities: optional(
        object({
          fees_collector: required(oneOf("application", "stripe")),
          losses_collector: required(oneOf("application", "stripe")),
        }),
      ),
    }),
  ),
  identity: optional(
    object({
      country: optional(text(2)),
      entity_type: optional(oneOf("company", "government_entity", "individual", "non_profit")),
      business_details: optional(object({ registered_name: optional(text(500)) })),
    }),
  ),
  configuration: required(
    object({
      recipient: required(
        object({
          capabilities: required(
            object({
              stripe_balance: required(
                object({ stripe_transfers: required(object({ requested: required(flag) })) }),
              ),
            }),
          ),
        }),
      ),
    }),
  ),
  metadata: optional(metadata),
  include,
}

const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString()

function create({ world }: Call, params: Values<typeof createShape>): Account {
  const { stripe_transfers } = params.configuration.recipient.capabilities.stripe_balance
  if (!stripe_transfers.requested) throw refused("The capability stripe_transfers must be requested.")
  const identity = params.identity
  const registered = identity?.business_details?.registered_name
  const account: Account = {
    id: world.newId("acct_1"),
    object: "v2.core.account",
    applied_configurations: ["recipient"],
    closed: false,
    ...(params.contact_email === undefined ? {} : { contact_email: params.contact_email }),
    created: isoTime(world.now()),
    dashboard: params.dashboard ?? "none",
    defaults: {
      ...(params.defaults?.currency === undefined ? {} : { currency: params.defaults.currency }),
      responsibilities: {
        fees_collector: params.defaults?.responsibilities?.fees_collector ?? "application",
        losses_collector: params.defaults?.responsibilities?.losses_collector ?? "application",
        requirements_collector: "stripe",
      },
    },
    ...(params.display_name === undefined ? {} : { display_name: params.display_name }),
    identity: {
      ...(identity?.country === undefined ? {} : { country: identity.country.toUpperCase() }),
      ...(identity?.entity_type === undefined ? {} : { entity_type: identity.entity_type }),
      ...(registered === undefined ? {} : { business_details: { registered_name: registered } }),
    },
    livemode: false,
    metadata: params.metadata ?? {},
  }
  world.store.put("account", account.id, withStatus(account, "restricted", "routine_onboarding"))
  return show(world, account.id, params.include)
}

/** The account with its transfer capability in `status`; what is due follows from it. */
function withStatus(
  account: Account,
  status: TransferStatus,
  reason: "routine_onboarding" | "routine_verification",
): Account {
  const due = { status: "currently_due" as const }
  const details = {
    active: [],
    restricted: [{ code: "requirements_past_due" as const, resolution: "provide_info" as const }],
    rejected: [{ code: "rejected_other" as const, resolution: "contact_stripe" as const }],
  }[status]
  const entry: Stripe.V2.Core.Account.Requirements.Entry = {
    awaiting_action_from: "user",
    description: "identity.attestations.terms_of_service.account",
    errors: [],
    impact: {
      restricts_capabilities: [
        { capability: "stripe_balance.stripe_transfers", configuration: "recipient", deadline: due },
      ],
    },
    minimum_deadline: due,
    requested_reasons: [{ code: reason }],
  }
  return {
    ...account,
    configuration: {
      recipient: {
        applied: true,
        capabilities: {
          stripe_balance: { stripe_transfers: { status, status_details: details } },
        },
      },
    },
    requirements:
      status === "restricted" ? { entries: [entry], summary: { minimum_deadline: due } } : { entries: [] },
  }
}

/** Version 2 answers hold these members only when the request asked to include them. */
function show(world: World, id: string, included: readonly string[] = []): Account {
  const account = findAccount(world, id)
  const shown: Account = { ...account }
  if (!included.includes("configuration.recipient")) delete shown.configuration
  if (!included.includes("defaults")) delete shown.defaults
  if (!included.includes("identity")) delete shown.identity
  if (!included.includes("requirements")) delete shown.requirements
  return shown
}

export function findAccount(world: World, id: string): Account {
  const account = world.store.get("account", id)
  if (account === undefined) throw noSuch("account", id)
  return account
}

/** Writes an account's transfer capability; `changeTransfers` also tells of it. */
export function setTransfers(world: World, id: string, status: TransferStatus): Account {
  return world.store.put("account", id, withStatus(findAccount(world, id), status, "routine_verification"))
}

export const canReceiveTransfers = (world: World, id: string): boolean =>
  transfersOf(findAccount(world, id)) === "active"

export const transfersOf = (account: Account): TransferStatus => {
  const capability = account.configuration?.recipient?.capabilities?.stripe_balance?.stripe_transfers
  const status = capability?.status
  return status === "active" || status === "rejected" ? status : "restricted"
}

const linkShape = {
  account: required(text()),
  use_case: required(
    object({
      type: required(oneOf("account_onboarding")),
      account_onboarding: required(
        object({
          refresh_url: required(address),
          return_url: optional(address),
        }),
      ),
    }),
  ),
}

function createLink({ world }: Call, params: Values<typeof linkShape>): Stripe.V2.Core.AccountLink {
  const { id } = findAccount(world, params.account)
  const onboarding = params.use_case.account_onboarding
  const token = world.newId("link_")
  const expiresAt = world.now() + linkLifeSeconds
  world.store.put("link", token, {
    account: id,
    expiresAt,
    refreshUrl: onboarding.refresh_url,
    returnUrl: onboarding.return_url ?? null,
    used: false,
  })
  return {
    object: "v2.core.account_link",
    account: id,
    created: isoTime(world.now()),
    expires_at: isoTime(expiresAt),
    livemode: false,
    url: `${world.origin}/setup/${token}`,
    use_case: {
      type: "account_onboarding",
      account_onboarding: {
        refresh_url: onboarding.refresh_url,
        ...(onboarding.return_url === undefined ? {} : { return_url: onboarding.return_url }),
      },
    },
  }
}

export const accountRoutes: Route[] = [
  route("POST", "/v2/core/accounts", createShape, create),
  route("GET", "/v2/core/accounts/:id", { include }, (call, params) =>
    show(call.world, idOf(call), params.include),
  ),
  route("POST", "/v2/core/account_links", linkShape, createLink),
]
