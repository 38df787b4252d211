import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll } from "vitest"
import { toMs } from "#contracts/time.ts"
import { moveClock } from "#db/test-clock.ts"
import { sweepChargebacks } from "../../chargebacks/sweep.ts"
import { sweepEvents, sweepPayments } from "../../payments/inbox.ts"
import { moveCursor } from "../../payments/inbox-store.ts"
import { sweepPayouts } from "../../payouts/carry-out.ts"
import { sweepRefunds } from "../../refunds/carry-out.ts"
import { sweepFreezes } from "../../supervision/jobs.ts"
import { testMarket } from "../../test-market.ts"
import { sweepDeadlines } from "../../trades/deadlines.ts"
import { Jobs } from "./jobs.ts"
import { makeLook } from "./look.ts"
import { Pool } from "./pool.ts"
import { schedule } from "./terms.ts"

/** The platform's own money at the provider, in minor units: fees come off before a refund is made whole. */
export const float = ["cny", "usd", "eur", "hkd", "jpy", "kwd"].map((currency) => ({
  currency,
  amount: 50_000_000,
}))

const many = 100_000

/** The events that say something about money; the others only say it again. */
const heard = [
  "checkout.session.completed",
  "checkout.session.expired",
  "checkout.session.async_payment_succeeded",
  "checkout.session.async_payment_failed",
  "charge.refunded",
  "refund.updated",
  "refund.failed",
  "charge.dispute.created",
  "charge.dispute.updated",
  "charge.dispute.closed",
  "charge.dispute.funds_withdrawn",
  "charge.dispute.funds_reinstated",
  "payout.paid",
  "payout.failed",
] as const

/**
 * A market whose clock and whose provider's clock move together, and whose webhooks wait in a pool until somebody
 * brings them: in whatever order, as often as they like, or never.
 */
export async function openMarket(options: { float?: boolean } = {}) {
  const pool = new Pool()
  const receiver = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on("data", (part: Buffer) => parts.push(part))
    request.on("end", () => {
      pool.take(Buffer.concat(parts))
      response.writeHead(200).end()
    })
  })
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done))
  afterAll(() => {
    receiver.closeAllConnections()
    receiver.close()
  })
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
  const market = await testMarket({
    movableClock: true,
    sandbox: options.float ? { float } : {},
  })
  const { owner, harness } = market
  const services = { ...market.services, config: { ...market.services.config, feeSchedule: schedule } }
  const endpoint = await harness.stripe.webhookEndpoints.create({ url, enabled_events: [...heard] })
  const webhookSecret = endpoint.secret ?? ""
  // A worker asks every minute for what came since: here it has asked for the first time.
  await moveCursor(services.sql, services.provider.name, "events", services.writer.now())

  /** Sets every clock forward. */
  async function jump(ms: number): Promise<void> {
    services.writer.clock.set(await moveClock(owner.sql, ms))
    await harness.control("POST", "clock", { advance_seconds: Math.round(ms / 1000) })
  }

  /** What the worker does by time alone. */
  async function sweep(events = false): Promise<void> {
    while ((await sweepDeadlines(services)) > 0);
    await sweepFreezes(services)
    // Each looks at one thing after the other, at its own pace as in the worker.
    await Promise.all([
      sweepPayments(services, 0, many),
      sweepRefunds(services, many),
      sweepChargebacks(services, many),
      sweepPayouts(services, many),
    ])
    if (events) await sweepEvents(services)
  }

  const nowSeconds = () => Math.floor(toMs(services.writer.now()) / 1000)
  return {
    ...market,
    services,
    webhookSecret,
    pool,
    look: makeLook(services.sql),
    jobs: new Jobs(owner.sql, (event) => pool.namesOf(event)),
    jump,
    sweep,
    nowSeconds,
    /** How often commands were refused, by the code. */
    refusals: new Map<string, bigint>(),
    regulator: await market.party("regulator"),
  }
}

export type ModelMarket = Awaited<ReturnType<typeof openMarket>>
