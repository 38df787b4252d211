import Stripe from "stripe"
import { toMs, toTime } from "#contracts/time.ts"
import {
  checkoutExpansion,
  readBalance,
  readBalanceEntry,
  readCheckout,
  readEvent,
  readPayee,
  readRefund,
  readReversal,
  readTransfer,
  writeMarks,
} from "./interpret.ts"
import { outcomeOf } from "./outcome.ts"
import type {
  BalanceEntry,
  CheckoutInput,
  PayeeInput,
  PaymentProvider,
  ProviderResult,
  RefundInput,
  TransferInput,
} from "./provider.ts"
import { disputeCalls, payoutCalls } from "./stripe-disputes.ts"
import { verifyWebhook } from "./webhook.ts"

export type StripeSettings = {
  secretKey: string
  webhookSecret: string
  /** Null is Stripe itself; else the sandbox's address, `http://127.0.0.1:12111`. */
  apiBase: string | null
  /** True where money would be real: then a test key needs the sandbox. */
  production: boolean
  /** 8 s. Stripe's own default of 80 s would hold a job for minutes. */
  timeoutMs?: number
  /** How often the SDK repeats by itself what a 409, a 5xx or a lost connection left open; 2. */
  retries?: number
}

/** Throws where the key and the address do not belong together (MONEY §5): a wrong set-up must not start. */
function checkSettings({ secretKey, webhookSecret, apiBase, production }: StripeSettings): URL | null {
  const mode = /^(?:sk|rk)_(live|test)_\w+$/.exec(secretKey)?.[1]
  if (mode === undefined) throw new Error("the Stripe key must be a secret key, sk_test_… or sk_live_…")
  if (webhookSecret.trim() === "" || /\s/.test(webhookSecret))
    throw new Error("the Stripe webhook secret is empty or has spaces in it")
  if (mode === "live" && apiBase !== null)
    throw new Error("a live Stripe key must not be sent to another address than Stripe's")
  if (mode === "test" && apiBase === null && production)
    throw new Error("a test Stripe key in production would take orders without money")
  if (apiBase === null) return null
  const base = new URL(apiBase)
  if (!["127.0.0.1", "localhost", "[::1]"].includes(base.hostname))
    throw new Error("the stand-in for Stripe runs on this machine only: its address must be loopback")
  return base
}

function makeClient(settings: StripeSettings): Stripe {
  const base = checkSettings(settings)
  return new Stripe(settings.secretKey, {
    timeout: settings.timeoutMs ?? 8000,
    maxNetworkRetries: settings.retries ?? 2,
    telemetry: false,
    ...(base === null
      ? {}
      : {
          host: base.hostname,
          port: base.port || (base.protocol === "http:" ? 80 : 443),
          protocol: base.protocol === "http:" ? ("http" as const) : ("https" as const),
        }),
  })
}

/**
 * The port's only implementation, over the official SDK, which pins the API version. The SDK repeats a call
 * twice with the same key on 409, 5xx and lost connections; what is still open after that is `unknown`.
 */
export function makeStripeProvider(settings: StripeSettings): PaymentProvider {
  const stripe = makeClient(settings)
  const livemode = /^.k_live_/.test(settings.secretKey)
  return {
    name: "stripe",
    ...checkoutCalls(stripe),
    ...moneyCalls(stripe),
    ...payeeCalls(stripe),
    ...listCalls(stripe),
    ...disputeCalls(stripe),
    ...payoutCalls(stripe),
    verifyWebhook: (rawBody, header, nowMs) =>
      verifyWebhook(stripe, { secret: settings.webhookSecret, livemode }, rawBody, header, nowMs),
  }
}

/** Minor units as Stripe's API takes them; our amounts have at most 15 digits, so a number is exact. */
const minor = (text: string): number => Number(text)

/** In which Alipay is taken: its money may come days later, or not at all. */
const alipayCurrencies: ReadonlySet<string> = new Set(["CNY", "USD", "EUR", "HKD", "JPY"])

function checkoutParameters(input: CheckoutInput): Stripe.Checkout.SessionCreateParams {
  const metadata = writeMarks({ ...input, key: input.idempotencyKey })
  return {
    mode: "payment",
    ui_mode: "hosted_page",
    allowed_payment_method_types: alipayCurrencies.has(input.amount.currency) ? ["card", "alipay"] : ["card"],
    client_reference_id: input.paymentId,
    ...(input.customerEmail === undefined ? {} : { customer_email: input.customerEmail }),
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: input.amount.currency.toLowerCase(),
          unit_amount: minor(input.amount.minor),
          product_data: { name: input.description },
        },
      },
    ],
    metadata,
    payment_intent_data: { metadata, transfer_group: input.tradeId, description: input.description },
    success_url: input.successUrl,
    cancel_url: input.cancelUrl,
    expires_at: Math.floor(toMs(input.expiresAt) / 1000),
    locale: input.locale,
  }
}

function checkoutCalls(
  stripe: Stripe,
): Pick<PaymentProvider, "createCheckout" | "retrieveCheckout" | "expireCheckout"> {
  const { sessions } = stripe.checkout
  return {
    createCheckout: (input) =>
      outcomeOf(async () => {
        const { idempotencyKey } = input
        const session = await sessions.create(checkoutParameters(input), { idempotencyKey })
        if (session.url === null) throw new Error(`session ${session.id} has no address`)
        return { sessionId: session.id, url: session.url, expiresAt: toTime(session.expires_at * 1000) }
      }),
    retrieveCheckout: (id) =>
      outcomeOf(async () => readCheckout(await sessions.retrieve(id, { expand: checkoutExpansion }))),
    expireCheckout: (id) =>
      outcomeOf(async () => readCheckout(await sessions.expire(id, { expand: checkoutExpansion }))),
  }
}

const transferParameters = (input: TransferInput): Stripe.TransferCreateParams => ({
  amount: minor(input.amount.minor),
  currency: input.amount.currency.toLowerCase(),
  destination: input.destination,
  source_transaction: input.sourceCharge,
  transfer_group: input.transferGroup,
  metadata: writeMarks({ ...input, key: input.idempotencyKey }),
})

const refundParameters = (input: RefundInput): Stripe.RefundCreateParams => ({
  amount: minor(input.amount.minor),
  charge: input.charge,
  metadata: writeMarks({ ...input, key: input.idempotencyKey }),
})

function moneyCalls(
  stripe: Stripe,
): Pick<
  PaymentProvider,
  | "transfer"
  | "retrieveTransfer"
  | "findTransfers"
  | "reverse"
  | "findReversals"
  | "refund"
  | "retrieveRefund"
  | "findRefunds"
> {
  return {
    transfer: (input) =>
      outcomeOf(async () => {
        const { idempotencyKey } = input
        return readTransfer(await stripe.transfers.create(transferParameters(input), { idempotencyKey }))
      }),
    retrieveTransfer: (id) => outcomeOf(async () => readTransfer(await stripe.transfers.retrieve(id))),
    findTransfers: (group) =>
      outcomeOf(async () => {
        const found = await gather(stripe.transfers.list({ transfer_group: group, limit: 100 }))
        return found.map(readTransfer)
      }),
    reverse: ({ transfer, amount, idempotencyKey }) =>
      outcomeOf(async () =>
        readReversal(
          await stripe.transfers.createReversal(
            transfer,
            { amount: minor(amount.minor), metadata: { key: idempotencyKey } },
            { idempotencyKey },
          ),
        ),
      ),
    findReversals: (transfer) =>
      outcomeOf(async () => {
        const found = await gather(stripe.transfers.listReversals(transfer, { limit: 100 }))
        return found.map((made) => ({ ...readReversal(made), key: made.metadata?.key ?? null }))
      }),
    refund: (input) =>
      outcomeOf(async () => {
        const { idempotencyKey } = input
        return readRefund(await stripe.refunds.create(refundParameters(input), { idempotencyKey }))
      }),
    retrieveRefund: (id) => outcomeOf(async () => readRefund(await stripe.refunds.retrieve(id))),
    findRefunds: (charge) =>
      outcomeOf(async () => (await gather(stripe.refunds.list({ charge, limit: 100 }))).map(readRefund)),
  }
}

const payeeInclude: Stripe.V2.Core.AccountCreateParams.Include[] = ["configuration.recipient", "requirements"]

const payeeParameters = (input: PayeeInput): Stripe.V2.Core.AccountCreateParams => ({
  display_name: input.displayName,
  ...(input.email === undefined ? {} : { contact_email: input.email }),
  dashboard: "none",
  identity: { country: input.country, entity_type: "company" },
  configuration: {
    recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
  },
  defaults: { responsibilities: { fees_collector: "application", losses_collector: "application" } },
  include: payeeInclude,
  metadata: { party: input.partyId },
})

function payeeCalls(stripe: Stripe): Pick<PaymentProvider, "createPayee" | "payeeStatus" | "onboardingLink"> {
  const { accounts, accountLinks } = stripe.v2.core
  return {
    createPayee: (input) =>
      outcomeOf(async () => {
        const { idempotencyKey } = input
        return readPayee(await accounts.create(payeeParameters(input), { idempotencyKey }))
      }),
    payeeStatus: (account) =>
      outcomeOf(async () => readPayee(await accounts.retrieve(account, { include: payeeInclude }))),
    onboardingLink: ({ account, returnUrl, refreshUrl }) =>
      outcomeOf(async () => {
        const onboarding = { return_url: returnUrl, refresh_url: refreshUrl }
        const link = await accountLinks.create({
          account,
          use_case: { type: "account_onboarding", account_onboarding: onboarding },
        })
        return { url: link.url, expiresAt: toTime(Date.parse(link.expires_at)) }
      }),
  }
}

function listCalls(stripe: Stripe): Pick<PaymentProvider, "listEvents" | "listBalance" | "balance"> {
  const created = (since: string) => ({ created: { gte: Math.floor(toMs(since) / 1000) }, limit: 100 })
  return {
    listEvents: (since) =>
      outcomeOf(async () => (await gather(stripe.events.list(created(since)))).reverse().map(readEvent)),
    listBalance: (since) => balancePages(stripe, { ...created(since), expand: ["data.source"] }),
    balance: () => outcomeOf(async () => readBalance(await stripe.balance.retrieve())),
  }
}

/** A page is handed on before the next is asked for, so that no more than one is ever here. */
async function* balancePages(
  stripe: Stripe,
  params: Stripe.BalanceTransactionListParams,
): AsyncGenerator<ProviderResult<BalanceEntry[]>> {
  for (let after: string | undefined; ; ) {
    const page = await outcomeOf(() =>
      stripe.balanceTransactions.list(after === undefined ? params : { ...params, starting_after: after }),
    )
    if (!("ok" in page)) return yield page
    yield { ok: page.ok.data.map(readBalanceEntry) }
    after = page.ok.data.at(-1)?.id
    if (!page.ok.has_more || after === undefined) return
  }
}

/** All pages of a list. */
async function gather<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of pages) all.push(item)
  return all
}
