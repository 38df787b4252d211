import type Stripe from "stripe"
import { pageShape, paginate } from "../http/paginate.ts"
import { connected, idOf, type Route, route } from "../http/route.ts"
import type { World } from "../state/world.ts"
import { findAccount, setTransfers, type TransferStatus, transfersOf } from "./accounts.ts"
import { bankList } from "./banks.ts"
import { emit } from "./events.ts"

/** The platform's own account, which `GET /v1/account` shows. */
const platformAccount = "acct_1SandboxPlatform"

/** An account of version 2 in the shape of version 1, which events and older code know. */
export function showV1(world: World, id: string): Stripe.Account {
  const account = findAccount(world, id)
  const status = transfersOf(account)
  const due = status === "restricted" ? ["tos_acceptance.date", "tos_acceptance.ip"] : []
  return {
    ...blank(id, Math.floor(Date.parse(account.created) / 1000)),
    business_type: account.identity?.entity_type ?? null,
    capabilities: { transfers: status === "active" ? "active" : "inactive" },
    controller: {
      fees: { payer: "application" },
      is_controller: true,
      losses: { payments: account.defaults?.responsibilities?.losses_collector ?? "application" },
      requirement_collection: "stripe",
      stripe_dashboard: { type: account.dashboard ?? "none" },
      type: "application",
    },
    ...(account.identity?.country === undefined ? {} : { country: account.identity.country }),
    ...(account.defaults?.currency === undefined ? {} : { default_currency: account.defaults.currency }),
    details_submitted: status !== "restricted",
    email: account.contact_email ?? null,
    external_accounts: bankList(world, id),
    metadata: account.metadata ?? {},
    payouts_enabled: status === "active",
    requirements: {
      alternatives: [],
      current_deadline: null,
      currently_due: due,
      disabled_reason:
        status === "active" ? null : status === "rejected" ? "rejected.other" : "requirements.past_due",
      errors: [],
      eventually_due: due,
      past_due: due,
      pending_verification: [],
    },
  }
}

/** Sets an account's transfer capability: the onboarding page and the control API do. */
export function changeTransfers(world: World, id: string, status: TransferStatus): Stripe.V2.Core.Account {
  const account = setTransfers(world, id, status)
  emit(world, "account.updated", showV1(world, id), id)
  return account
}

function blank(id: string, created: number): Stripe.Account {
  return {
    id,
    object: "account",
    business_profile: null,
    charges_enabled: false,
    created,
    details_submitted: true,
    email: null,
    metadata: {},
    payouts_enabled: true,
    settings: {
      branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
      card_payments: {
        statement_descriptor_prefix: null,
        statement_descriptor_prefix_kana: null,
        statement_descriptor_prefix_kanji: null,
      },
      dashboard: { display_name: null, timezone: "Etc/UTC" },
      payments: {
        statement_descriptor: null,
        statement_descriptor_kana: null,
        statement_descriptor_kanji: null,
        statement_descriptor_prefix_kana: null,
        statement_descriptor_prefix_kanji: null,
      },
      payouts: {
        debit_negative_balances: false,
        schedule: { delay_days: 2, interval: "manual" },
        statement_descriptor: null,
      },
    },
    type: "none",
  }
}

export const accountV1Routes: Route[] = [
  connected(
    route("GET", "/v1/account", {}, ({ world, account }) =>
      account === null
        ? { ...blank(platformAccount, 0), charges_enabled: true, type: "standard" }
        : showV1(world, account),
    ),
  ),
  route("GET", "/v1/accounts", pageShape, ({ world }, params) =>
    paginate(world.store, "account", "/v1/accounts", params, ({ id }) => showV1(world, id)),
  ),
  route("GET", "/v1/accounts/:id", {}, (call) => showV1(call.world, idOf(call))),
]
