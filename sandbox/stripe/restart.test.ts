import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { afterEach, beforeEach, expect, test } from "vitest"
import { harnessFor } from "./harness.ts"

const main = join(import.meta.dirname, "main.ts")
let folder: string
let running: ChildProcess | null

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stripe-sandbox-"))
  running = null
})
afterEach(async () => {
  if (running !== null && running.exitCode === null && running.signalCode === null) await kill(running)
  rmSync(folder, { recursive: true })
})

async function start(environment: Record<string, string> = {}): Promise<string> {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, PORT: "0", STRIPE_SANDBOX_STATE: folder, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  })
  running = child
  for await (const line of createInterface({ input: child.stdout })) {
    const origin = /^ready (\S+)/.exec(line)?.[1]
    if (origin !== undefined) return origin
  }
  throw new Error("the sandbox did not start")
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, "exit")
  child.kill("SIGKILL")
  await exited
}

test("what was acknowledged survives kill -9, the idempotency key and the clock with it", async () => {
  const before = harnessFor(await start({ STRIPE_SANDBOX_FLOAT: "usd:5000" }))
  await before.control("POST", "clock", { advance_seconds: 7200 })
  const open = await before.openSession(7000, "usd", "trade-open")
  const charges = await Promise.all([1, 2, 3].map((i) => before.paid(10_000 * i, "usd", `trade-${i}`)))
  const [first] = charges
  if (first === undefined || running === null) throw new Error("nothing was charged")
  const options = { idempotencyKey: "refund:kept" }
  const refund = await before.stripe.refunds.create({ charge: first.id, amount: 1 }, options)
  const clock = (await before.control("GET", "clock")).now as number
  const [balance, events] = [
    await before.stripe.balance.retrieve(),
    await before.stripe.events.list({ limit: 100 }),
  ]
  await before.control("POST", "faults", { kind: "rate_limit", path: "/v1/payouts", keep: true })
  await before.control("POST", "faults", { kind: "rate_limit", path: "/v1/payouts" })
  await kill(running)

  const after = harnessFor(await start({ STRIPE_SANDBOX_FLOAT: "usd:5000" }))
  for (const charge of charges)
    expect((await after.stripe.charges.retrieve(charge.id)).amount).toBe(charge.amount)
  expect((await after.stripe.refunds.create({ charge: first.id, amount: 1 }, options)).id).toBe(refund.id)
  expect((await after.stripe.balance.retrieve()).pending).toEqual(balance.pending)
  expect((await after.stripe.balance.retrieve()).available).toEqual(balance.available)
  expect((await after.stripe.events.list({ limit: 100 })).data).toEqual(events.data)
  expect((await after.control("GET", "clock")).now).toBeGreaterThanOrEqual(clock)
  expect((await after.control("GET", "faults")).data).toMatchObject([{ keep: true, seen: 0 }])
  await after.control("POST", `sessions/${open.id}/pay`, {})
  expect((await after.stripe.checkout.sessions.retrieve(open.id)).payment_status).toBe("paid")
}, 20_000)

test("disputes, payouts, customers and what the clock still has to do survive kill -9", async () => {
  const before = harnessFor(await start({ STRIPE_SANDBOX_FLOAT: "usd:5000" }))
  const { stripe, control } = before
  const charge = await before.paid(10_000, "usd", "trade-disputed")
  await control("POST", `charges/${charge.id}/dispute`, {})
  const customer = await stripe.customers.create({ email: "a@example.com" })
  await control("POST", "topup", { amount: 20_000, currency: "usd" })
  const payout = await stripe.payouts.create({ amount: 1000, currency: "usd" })
  const later = await before.openSession(8000, "cny", "trade-later", ["alipay"])
  await control("POST", `sessions/${later.id}/pay`, { alipay: "succeeds_later" })
  const asked = await before.openSession(8000, "usd", "trade-asked")
  await control("POST", `sessions/${asked.id}/pay`, { card: "4000002500003155" })
  const disputes = (await stripe.disputes.list()).data
  if (running === null) throw new Error("it does not run")
  await kill(running)

  const after = harnessFor(await start())
  expect((await after.stripe.disputes.list()).data).toEqual(disputes)
  expect((await after.stripe.customers.retrieve(customer.id)).id).toBe(customer.id)
  await after.control("POST", `sessions/${asked.id}/approve`)
  expect((await after.stripe.checkout.sessions.retrieve(asked.id)).payment_status).toBe("paid")
  await after.control("POST", "clock", { advance_seconds: 10 * 86_400 })
  expect((await after.stripe.payouts.retrieve(payout.id)).status).toBe("paid")
  expect((await after.stripe.checkout.sessions.retrieve(later.id)).payment_status).toBe("paid")
  expect((await after.stripe.disputes.list()).data[0]?.status).toBe("lost")
}, 20_000)

test("a state of an older sandbox is taken up: a transfer without a payment can be reversed", async () => {
  const before = harnessFor(await start({ STRIPE_SANDBOX_FLOAT: "usd:5000" }))
  const destination = await before.payee()
  const transfer = await before.stripe.transfers.create({ amount: 5000, currency: "usd", destination })
  if (running === null) throw new Error("it does not run")
  await kill(running)
  const path = join(folder, "journal.jsonl")
  writeFileSync(path, readFileSync(path, "utf8").replaceAll(/"destination_payment":"[^"]*",/g, ""))

  const { stripe } = harnessFor(await start())
  const reversal = await stripe.transfers.createReversal(transfer.id, { amount: 2000 })
  expect(reversal.destination_payment_refund).toBe(null)
  const theirs = await stripe.balance.retrieve({}, { stripeAccount: destination })
  expect(theirs.available[0]?.amount).toBe(3000)
}, 20_000)

test("it will not start beside a live key, and stops on SIGTERM", async () => {
  const refused = spawn(process.execPath, [main], {
    env: { ...process.env, PORT: "0", STRIPE_SECRET_KEY: "sk_live_x" },
    stdio: "ignore",
  })
  expect((await once(refused, "exit"))[0]).toBe(1)
  await start()
  const exited = running === null ? Promise.reject(new Error("not started")) : once(running, "exit")
  running?.kill("SIGTERM")
  expect((await exited)[0]).toBe(0)
}, 20_000)
