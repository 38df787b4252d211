import { readFileSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { setTimeout as delay } from "node:timers/promises"
import { afterAll, expect, test, vi } from "vitest"
import { isRefusal } from "#contracts/refusal.ts"
import { hourMs } from "#contracts/time.ts"
import { moveClock } from "#db/test-clock.ts"
import { requestFaults } from "../../sandbox/stripe/control/faults.ts"
import { testTrading } from "../escrow/trading.test-data.ts"
import type { Services } from "../services.ts"
import { testMarket } from "../test-market.ts"
import { sweepDeadlines } from "../trades/deadlines.ts"
import { balanceRail } from "./balance-rail.ts"
import { makeBankRail } from "./bank-rail.ts"
import { makeCardRail } from "./card-rail.ts"
import { applyWebhook, expireCheckout, receiveWebhook, sweepEvents } from "./inbox.ts"
import type { PaymentProvider } from "./provider.ts"
import { makeStripeProvider } from "./stripe.ts"
import { faultCalls } from "./testing/fault-calls.ts"
import { faultPage, type Row } from "./testing/fault-page.ts"
import type { Call, Scene } from "./testing/fault-scene.ts"

/**
 * Each call of the provider at each fault, and each fault of a webhook. `npm run faults` writes docs/faults.md, and
 * `npm run test:large` compares: how many tries a cell takes that waits in vain for an answer needs a quiet machine.
 */
const asked = Boolean(process.env.QUANHENG_LARGE ?? process.env.QUANHENG_WRITE_FAULTS)
const page = new URL("../../docs/faults.md", import.meta.url)
const seen: { calls: Row[]; webhooks: Row[] } = { calls: [], webhooks: [] }
for (const method of ["warn", "error"] as const) vi.spyOn(console, method).mockImplementation(() => undefined)

const secret = "whsec_test"
const answers: number[] = []
const receiver = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on("data", (part: Buffer) => parts.push(part))
  request.on("end", async () => {
    const signature = String(request.headers["stripe-signature"])
    const answer = await receiveWebhook(services, Buffer.concat(parts), signature)
    answers.push(isRefusal(answer) ? 400 : 200)
    response.writeHead(isRefusal(answer) ? 400 : 200).end()
  })
})
await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done))
afterAll(() => {
  receiver.closeAllConnections()
  receiver.close()
})
const market = await testMarket({
  movableClock: true,
  sandbox: {
    webhook: { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`, secret },
    sender: { firstRetryMs: 20 },
    float: [{ currency: "cny", amount: 10_000_000 }],
  },
})
const { services, harness, owner } = market
const { sql } = services

/** A process whose calls carry a key of their own, so that its faults are its own; the SDK repeats nothing. */
function processWith(faultKey: string, timeoutMs: number): Services {
  const { origin: apiBase } = harness.sandbox
  const settings = { webhookSecret: secret, apiBase, production: false, retries: 0, timeoutMs }
  const provider = makeStripeProvider({ secretKey: faultKey, ...settings })
  const rails = {
    card: makeCardRail(sql, provider, () => services.writer.now()),
    bank: makeBankRail("6222 0000"),
    balance: balanceRail,
  }
  return { ...services, provider, rails, ...{ faultKey } }
}

const trading = await testTrading(market)
const type = "checkout.session.completed"

test("each fault of a webhook", async () => {
  const faults = ["delay", "reorder", "duplicate", "drop", "wrong_secret", "stale", "future"] as const
  for (const kind of faults) {
    const opened = await trading.open({ minor: "10000", currency: "CNY" })
    const { id } = (await harness.control("POST", "faults", {
      kind,
      type,
      latency_ms: 60,
    })) as {
      id: string
    }
    answers.length = 0
    await harness.control("POST", `sessions/${opened.session}/pay`, {})
    const kept = () => sql<{ event: string }[]>`
      select event from inbox where object = ${opened.session} and type = ${type}`
    const held = () =>
      sql`select 1 from postings where source_type = 'payment.held' and source_id = ${opened.payment}`
    if (kind === "drop") {
      await expect.poll(() => firedTimes(id), { timeout: 4000 }).toBe(1)
      expect(await kept()).toHaveLength(0)
      await sweepEvents(services)
    } else await expect.poll(async () => (await kept()).length, { timeout: 4000 }).toBe(1)
    expect(await firedTimes(id)).toBe(1)
    const refusedFirst = kind === "wrong_secret" || kind === "stale" || kind === "future"
    expect(answers.includes(400)).toBe(refusedFirst)
    for (const { event } of [...(await kept()), ...(await kept())])
      await applyWebhook(services, "stripe", event)
    expect(await held()).toHaveLength(2)
    const ends = { end: kind === "drop" ? "the sweep of events" : refusedFirst ? "sent again" : "at once" }
    const step = refusedFirst ? "refuses it" : kind === "drop" ? "hears nothing" : "keeps it once"
    seen.webhooks.push({ call: kind, step, moved: "booked once", ends })
  }
}, 30_000)

async function firedTimes(id: string): Promise<number> {
  const { data } = (await harness.control("GET", "faults")) as { data: { id: string; fired: unknown[] }[] }
  return data.find((fault) => fault.id === id)?.fired.length ?? 0
}

type Cell = {
  call: Call
  kind: (typeof requestFaults)[number]
  /** The process that meets the fault, and soon gives up to wait for an answer. */
  by: Services
  /** The same process later, which has time. */
  again: Services
  scene: Scene
  end: string | null
}

const patience = 500

async function attempt({ scene }: Cell, by: Services): Promise<boolean> {
  const answer = await scene.act(by).catch(() => null)
  return scene.reached(answer)
}

async function passDay(): Promise<void> {
  services.writer.clock.set(await moveClock(owner.sql, 25 * hourMs))
  await harness.control("POST", "clock", { advance_seconds: 25 * 3600 })
}

/** The call meets its fault, and is then made again as a job would. */
async function meetFault(cell: Cell): Promise<void> {
  const { call, kind, by } = cell
  const { method, path } = call
  const { faultKey } = by as Services & { faultKey: string }
  const fault = {
    kind,
    method,
    path,
    key: faultKey,
    ...(kind === "latency" ? { latency_ms: 2 * patience } : {}),
  }
  const { id } = (await harness.control("POST", "faults", fault)) as { id: string }
  if (await attempt(cell, by)) cell.end = "at once"
  expect(await firedTimes(id), `${call.name} at ${kind}: the fault fires`).toBe(1)
  if (kind === "latency") await delay(patience + 200)
  if (cell.end === null && (await attempt(cell, cell.again))) cell.end = "next try"
}

/**
 * Side by side; those that wait in vain for an answer together, and what locks the market one by one. What applies all
 * disputes that are listed comes after the cells that apply their own.
 */
async function eachOf(cells: readonly Cell[], work: (cell: Cell) => Promise<void>): Promise<void> {
  const alone = cells.filter(({ call }) => call.name === "listBalance" || call.name === "balance")
  const last = cells.filter(({ call }) => call.name === "listDisputes")
  const rest = cells.filter((cell) => !alone.includes(cell) && !last.includes(cell))
  const inGroups = async (group: readonly Cell[], size: number) => {
    for (let from = 0; from < group.length; from += size)
      await Promise.all(group.slice(from, from + size).map(work))
  }
  await Promise.all([
    inGroups(alone, 1),
    (async () => {
      await inGroups(
        rest.filter((cell) => !isSilent(cell)),
        10,
      )
      await inGroups(rest.filter(isSilent), 20)
      await inGroups(last, last.length)
    })(),
  ])
}

/** Faults that only the caller's own time limit ends. */
const silent: ReadonlySet<Cell["kind"]> = new Set(["latency", "hang_before", "hang_after"])
const isSilent = ({ kind }: Pick<Cell, "kind">) => silent.has(kind)

test("each call at each fault moves money once, or not at all", async () => {
  const calls = await faultCalls(market)
  expect(calls.map(({ name }) => name).toSorted(), "each call of the provider is tried").toEqual(
    callsOf(services.provider),
  )
  const cells: Cell[] = []
  const prepare = async (call: Call) => {
    for (const kind of requestFaults) {
      const key = `sk_test_${call.name}_${kind}`
      const again = processWith(key, 10_000)
      const by = isSilent({ kind }) ? processWith(key, patience) : again
      cells.push({ call, kind, by, again, scene: await call.prepare(again), end: null })
    }
  }
  await Promise.all(calls.map(prepare))
  await eachOf(cells, meetFault)

  await passDay()
  await sweepDeadlines(services)
  const late = cells.filter(({ end }) => end === null)
  await eachOf(late, async (cell) => {
    if (cell.call.name === "createCheckout") await closePages()
    for (let tries = 0; tries < 3 && cell.end === null; tries++)
      if (await attempt(cell, cell.again)) cell.end = "a day later"
  })
  for (const { call, kind, scene, end } of cells) {
    expect(end, `${call.name} at ${kind} comes to an end`).not.toBeNull()
    const moved = await scene.moved()
    const row = seen.calls.find((one) => one.call === call.name)
    if (row) {
      row.ends[kind] = end ?? ""
      if (!row.moved.includes(moved)) row.moved += `; ${moved}`
    } else seen.calls.push({ call: call.name, step: call.step, moved, ends: { [kind]: end ?? "" } })
  }
  seen.calls.sort((a, b) => order(calls, a) - order(calls, b))
}, 180_000)

/** All but the one that asks the provider nothing. */
const callsOf = (provider: PaymentProvider): string[] =>
  Object.entries(provider)
    .flatMap(([name, call]) => (typeof call === "function" && name !== "verifyWebhook" ? [name] : []))
    .toSorted()

const order = (calls: readonly Call[], { call }: Row) => calls.findIndex(({ name }) => name === call)

/** What the jobs do that the deadline of a payment left. */
async function closePages(): Promise<void> {
  const open = await sql<{ id: string }[]>`select id from payments where state = 'started'`
  for (const { id } of open) await expireCheckout(services, id).catch(() => undefined)
}

test.runIf(asked)("docs/faults.md tells what was seen; else run: npm run faults", () => {
  const text = faultPage(seen.calls, seen.webhooks, requestFaults)
  if (process.env.QUANHENG_WRITE_FAULTS) writeFileSync(page, text)
  expect(readFileSync(page, "utf8")).toBe(text)
})
