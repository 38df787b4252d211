import type Stripe from "stripe"
import { noSuch, refused } from "../http/errors.ts"
import { pageShape, paginate } from "../http/paginate.ts"
import {
  currencyCode,
  flag,
  metadata,
  object,
  oneOf,
  optional,
  required,
  text,
  type Values,
} from "../http/readers.ts"
import { type Call, idOf, type Route, route } from "../http/route.ts"
import type { Rows } from "../state/rows.ts"
import type { World } from "../state/world.ts"
import { findAccount } from "./accounts.ts"
import { knownCurrency } from "./currencies.ts"
import { emit } from "./events.ts"

type Bank = Rows["bank"]

/** Why payouts fail, in Stripe's words. */
export const payoutFailures = {
  account_closed: "The bank account has been closed.",
  could_not_process: "The bank could not process this payout.",
  debit_not_authorized: "Debit transactions are not approved on your bank account.",
  insufficient_funds: "The account has insufficient funds to cover the payout.",
  invalid_currency: "The bank was unable to process this payout because of its currency.",
  no_account: "The bank account details on file are probably incorrect. No bank account could be located.",
} as const
export type PayoutFailure = keyof typeof payoutFailures

/** Stripe's test account numbers, and what they make of a payout. No other number is accepted. */
const testNumbers: Readonly<Record<string, PayoutFailure | null>> = {
  "000123456789": null,
  "000123456": null,
  "00012345": null,
  DE89370400440532013000: null,
  "000111111113": "account_closed",
  "000111111116": "no_account",
  "000222222227": "insufficient_funds",
  "000333333335": "debit_not_authorized",
  "000444444440": "invalid_currency",
}

const createShape = {
  external_account: required(
    object({
      object: required(oneOf("bank_account")),
      account_number: required(text(40)),
      routing_number: optional(text(20)),
      country: required(text(2)),
      currency: required(currencyCode),
      account_holder_name: optional(text(200)),
      account_holder_type: optional(oneOf("company", "individual")),
    }),
  ),
  default_for_currency: optional(flag),
  metadata: optional(metadata),
}

type BankInput = {
  owner: string | null
  number: string
  country: string
  currency: string
  routing: string | null
  holder: { name: string | null; type: string | null }
  metadata: Record<string, string>
}

/** Adds a bank account, as the one to which its currency's payouts go from now on. */
function addBank(world: World, input: BankInput): Stripe.BankAccount {
  const failsWith = Object.hasOwn(testNumbers, input.number) ? testNumbers[input.number] : undefined
  if (failsWith === undefined)
    throw refused(
      "The sandbox accepts Stripe's test account numbers only, such as 000123456789.",
      "account_number_invalid",
      "external_account[account_number]",
    )
  knownCurrency(input.currency)
  for (const [id, bank] of [...banksOf(world, input.owner)])
    if (bank.account.currency === input.currency)
      world.store.put("bank", id, { ...bank, account: { ...bank.account, default_for_currency: false } })
  const id = world.newId("ba_1")
  const account: Stripe.BankAccount = {
    id,
    object: "bank_account",
    account: input.owner,
    account_holder_name: input.holder.name,
    account_holder_type: input.holder.type,
    account_type: null,
    available_payout_methods: ["standard"],
    bank_name: "STRIPE TEST BANK",
    country: input.country.toUpperCase(),
    currency: input.currency,
    default_for_currency: true,
    fingerprint: null,
    last4: input.number.slice(-4),
    metadata: input.metadata,
    routing_number: input.routing,
    status: "new",
  }
  world.store.put("bank", id, { owner: input.owner, account, failsWith })
  return account
}

function* banksOf(world: World, owner: string | null): Generator<[string, Bank]> {
  for (const [id, bank] of world.store.oldest("bank")) if (bank.owner === owner) yield [id, bank]
}

/** The bank account of a payout; where an owner has none in the currency, a test account is added. */
export function bankFor(
  world: World,
  owner: string | null,
  currency: string,
  named: string | undefined,
): Bank {
  if (named !== undefined) {
    const bank = world.store.get("bank", named)
    if (bank === undefined || bank.owner !== owner) throw noSuch("external account", named, "destination")
    if (bank.account.currency !== currency)
      throw refused(`The external account is in ${bank.account.currency}.`, undefined, "currency")
    return bank
  }
  for (const [, bank] of banksOf(world, owner))
    if (bank.account.currency === currency && bank.account.default_for_currency === true) return bank
  const { id } = addBank(world, {
    owner,
    number: "000123456789",
    country: "US",
    currency,
    routing: "110000000",
    holder: { name: null, type: null },
    metadata: {},
  })
  return world.store.get("bank", id) as Bank
}

export const bankList = (world: World, account: string): Stripe.ApiList<Stripe.ExternalAccount> => ({
  object: "list",
  url: `/v1/accounts/${account}/external_accounts`,
  has_more: false,
  data: [...banksOf(world, account)].map(([, bank]) => bank.account),
})

function create(call: Call, params: Values<typeof createShape>): Stripe.BankAccount {
  const { world } = call
  const { id } = findAccount(world, idOf(call))
  const given = params.external_account
  const account = addBank(world, {
    owner: id,
    number: given.account_number.replaceAll(/[\s-]/g, ""),
    country: given.country,
    currency: given.currency,
    routing: given.routing_number ?? null,
    holder: { name: given.account_holder_name ?? null, type: given.account_holder_type ?? null },
    metadata: params.metadata ?? {},
  })
  emit(world, "account.external_account.created", account, id)
  return account
}

export const bankRoutes: Route[] = [
  route("POST", "/v1/accounts/:id/external_accounts", createShape, create),
  route("GET", "/v1/accounts/:id/external_accounts", pageShape, (call, params) => {
    const { id } = findAccount(call.world, idOf(call))
    return paginate(call.world.store, "bank", `/v1/accounts/${id}/external_accounts`, params, (bank) =>
      bank.owner === id ? bank.account : null,
    )
  }),
  route("GET", "/v1/accounts/:id/external_accounts/:bank", {}, (call) => {
    const bank = call.world.store.get("bank", idOf(call, 1))
    if (bank === undefined || bank.owner !== idOf(call)) throw noSuch("external account", idOf(call, 1))
    return bank.account
  }),
]
