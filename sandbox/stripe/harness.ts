import { Agent, request } from "node:http"
import { json } from "node:stream/consumers"
import Stripe from "stripe"
import { type Sandbox, type SandboxOptions, startSandbox } from "./server.ts"

/** What tests do with the sandbox: the official SDK pointed at it, and its control API. */
export type Harness = {
  sandbox: Sandbox
  stripe: Stripe
  control(method: "GET" | "POST" | "DELETE", path: string, body?: object): Promise<Record<string, unknown>>
  /** A payable session over `amount` minor units, with `trade` as transfer group and reference. */
  openSession(
    amount: number,
    currency: string,
    trade: string,
    methods?: Stripe.Checkout.SessionCreateParams.AllowedPaymentMethodType[],
  ): Promise<Stripe.Checkout.Session>
  /** A session that was paid with a card that succeeds, and its charge. */
  paid(amount: number, currency: string, trade: string): Promise<Stripe.Charge>
  /** A recipient whose transfers are active. */
  payee(): Promise<string>
  close(): Promise<void>
}

export async function startHarness(options: Partial<SandboxOptions> = {}): Promise<Harness> {
  const sandbox = await startSandbox({ port: 0, stateFolder: null, seed: "test", ...options })
  return { ...harnessFor(sandbox.origin), sandbox, close: () => sandbox.close() }
}

/** The same for a sandbox that runs elsewhere. */
export function harnessFor(origin: string): Omit<Harness, "sandbox" | "close"> {
  const { hostname, port } = new URL(origin)
  const stripe = new Stripe("sk_test_harness", {
    host: hostname,
    port,
    protocol: "http",
    maxNetworkRetries: 0,
    timeout: 3000,
    telemetry: false,
  })
  // Not by fetch: long tests ask for much here, and its streams cost more than the answer.
  const agent = new Agent({ keepAlive: true })
  const control: Harness["control"] = (method, path, body) =>
    new Promise((resolve, reject) => {
      const sent = body === undefined ? "" : JSON.stringify(body)
      const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(sent) }
      request({ hostname, port, agent, method, path: `/_sandbox/${path}`, headers }, (response) => {
        json(response).then((answer) => resolve(answer as Record<string, unknown>), reject)
      })
        .on("error", reject)
        .end(sent)
    })
  const openSession: Harness["openSession"] = (amount, currency, trade, methods = ["card"]) =>
    stripe.checkout.sessions.create({
      mode: "payment",
      allowed_payment_method_types: methods,
      line_items: [
        {
          quantity: 1,
          price_data: { currency, unit_amount: amount, product_data: { name: "Rainfall 2025" } },
        },
      ],
      success_url: "http://127.0.0.1:3000/paid?session={CHECKOUT_SESSION_ID}",
      cancel_url: "http://127.0.0.1:3000/back",
      client_reference_id: trade,
      payment_intent_data: { transfer_group: trade, metadata: { trade } },
    })
  const paid: Harness["paid"] = async (amount, currency, trade) => {
    const session = await openSession(amount, currency, trade)
    await control("POST", `sessions/${session.id}/pay`, {})
    const [charge] = (await stripe.charges.list({ transfer_group: trade })).data
    if (charge === undefined) throw new Error(`session ${session.id} was not paid`)
    return charge
  }
  const payee: Harness["payee"] = async () => {
    const account = await stripe.v2.core.accounts.create({
      display_name: "Harbour Data",
      identity: { country: "DE", entity_type: "company" },
      configuration: {
        recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
      },
    })
    await control("POST", `accounts/${account.id}/activate`, {})
    return account.id
  }
  return { stripe, control, openSession, paid, payee }
}
