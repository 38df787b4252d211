import { createHash } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"
import type { Sql } from "postgres"
import type { TradeState } from "#contracts/trade.ts"
import { editRow } from "#db/test-rows.ts"
import { newCommandId, type Person, Refused } from "./person.ts"
import type { Seeded } from "./seed.ts"

/** What a journey needs of its surroundings. */
export type Scene = {
  seeded: Seeded
  buyer: Person
  operator: Person
  sandbox: string
  /** The owner's connection: only to let time pass. */
  owner: Sql
  /** A number from 0 up to 1, from the run's seed. */
  random(): number
  began(trade: string, journey: JourneyName): void
}

type Page = {
  trade: { state: TradeState; agreementHash: string; version: number; price: { minor: string } }
  payment: { id: string; state: string } | null
  grant: { id: string } | null
}

const cny = (minor: string) => ({ minor, currency: "CNY" })
const limitMs = 240_000

const page = ({ buyer }: Scene, trade: string) => buyer.ask<Page>("trades.page", { trade })

async function agree(scene: Scene, journey: JourneyName, plan: string): Promise<string> {
  const { buyer, seeded } = scene
  const use = { actions: ["use"] }
  const { trade = "" } = await buyer.do("trades.propose", {
    commandId: newCommandId(),
    listing: seeded.listing,
    plan,
    use,
    locale: "en",
  })
  scene.began(trade, journey)
  const { agreementHash } = (await page(scene, trade)).trade
  await buyer.do("trades.confirm", { commandId: newCommandId(), trade, agreementHash })
  return trade
}

/** Sends the payment page's form as a browser does; the buyer may or may not come back from it. */
async function fillPaymentPage(scene: Scene, url: string, number: string): Promise<void> {
  const body = new URLSearchParams({ email: "", number, expiry: "12/40", cvc: "123", name: "A" })
  for (const end = Date.now() + 60_000; Date.now() < end; await delay(150)) {
    const response = await fetch(url, { method: "POST", body, redirect: "manual" }).catch(() => null)
    if (!response || response.status >= 500) continue
    const back = response.headers.get("location")
    if (back && scene.random() < 0.5) {
      const { pathname, search } = new URL(back)
      await scene.buyer.get(pathname + search)
    }
    return
  }
  throw new Error("the payment page gave no answer within 60 s")
}

async function startCard(scene: Scene, trade: string): Promise<string> {
  const command = { commandId: newCommandId(), trade, rail: "card" }
  const { url = "" } = await scene.buyer.do("trades.pay", command)
  return url
}

async function payByCard(scene: Scene, trade: string): Promise<void> {
  const url = await startCard(scene, trade)
  if (scene.random() < 0.25) await fillPaymentPage(scene, url, "4000 0000 0000 0002")
  await fillPaymentPage(scene, url, scene.random() < 0.5 ? "4242 4242 4242 4242" : "4000 0000 0000 0077")
}

/** Waits until the trade is where it should be; says where it stands when it does not come. */
async function until(scene: Scene, trade: string, ...states: TradeState[]): Promise<Page> {
  let last: Page | null = null
  for (const end = Date.now() + limitMs; Date.now() < end; await delay(200)) {
    last = await page(scene, trade)
    if (states.includes(last.trade.state)) return last
  }
  throw new Error(
    `${trade} is ${last?.trade.state} (payment ${last?.payment?.state}), not ${states.join(" or ")}, after ${limitMs / 1000} s`,
  )
}

/** Of a trade that has just left the state the time is not over. */
const endTime = (owner: Sql, trade: string, state: TradeState) =>
  owner.begin(async (sql) => {
    const [open] = await sql`select from trades where id = ${trade} and state = ${state} for update`
    const past = new Date(Date.now() - 60_000).toISOString()
    if (open) await editRow(sql as unknown as Sql, "trade", trade, "deadline", past)
  })

/** Lets the waiting state's time be over, again and again, for a step that is being written overwrites it. */
async function letTimePass(
  scene: Scene,
  trade: string,
  from: TradeState,
  ...to: TradeState[]
): Promise<void> {
  let last: Page | null = null
  for (const end = Date.now() + limitMs; Date.now() < end; await delay(400)) {
    await endTime(scene.owner, trade, from).catch(() => null)
    last = await page(scene, trade)
    if (to.includes(last.trade.state)) return
  }
  throw new Error(
    `${trade} did not take the default step of ${from} within ${limitMs / 1000} s: it is ${last?.trade.state} (payment ${last?.payment?.state})`,
  )
}

async function fetchData({ buyer, seeded }: Scene, { grant }: Page): Promise<void> {
  const name = encodeURIComponent(seeded.file.name)
  const response = await buyer.get(`/api/grants/${grant?.id}/files/${name}`)
  if (response.status !== 200) throw new Error(`the delivered file answered ${response.status}`)
  const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest("hex")
  if (sha256(new Uint8Array(await response.arrayBuffer())) !== sha256(seeded.file.text))
    throw new Error("the delivered file has other bytes")
}

const accept = ({ buyer }: Scene, trade: string) =>
  buyer.do("trades.accept", { commandId: newCommandId(), trade })

async function dispute(scene: Scene): Promise<string> {
  const trade = await agree(scene, "split", scene.seeded.paid.plan)
  await payByCard(scene, trade)
  await until(scene, trade, "delivered")
  const reason = { reason: "incomplete", statement: "half of it is missing" }
  await scene.buyer.do("trades.dispute", { commandId: newCommandId(), trade, ...reason })
  return trade
}

/** How trades go; each answers how its trade must end. */
export const journeys = {
  async accepted(scene: Scene) {
    const trade = await agree(scene, "accepted", scene.seeded.paid.plan)
    await payByCard(scene, trade)
    await fetchData(scene, await until(scene, trade, "delivered"))
    await accept(scene, trade)
    await until(scene, trade, "settled")
  },
  async silent(scene: Scene) {
    const trade = await agree(scene, "silent", scene.seeded.paid.plan)
    await payByCard(scene, trade)
    await until(scene, trade, "delivered")
    await letTimePass(scene, trade, "delivered", "accepted", "settled")
    await until(scene, trade, "settled")
  },
  async split(scene: Scene) {
    const trade = await dispute(scene)
    const release = String(Math.floor(scene.random() * Number(scene.seeded.paid.minor)))
    const refund = String(Number(scene.seeded.paid.minor) - Number(release))
    const parts = { release: cny(release), refund: cny(refund), note: "parted" }
    await scene.operator.do("trades.resolve", { commandId: newCommandId(), trade, ...parts })
    await until(scene, trade, release === "0" ? "refunded" : "settled")
  },
  async unanswered(scene: Scene) {
    const trade = await dispute(scene)
    await letTimePass(scene, trade, "disputed", "resolved", "refunded")
    await until(scene, trade, "refunded")
  },
  async bank(scene: Scene) {
    const trade = await agree(scene, "bank", scene.seeded.paid.plan)
    const command = { commandId: newCommandId(), trade, rail: "bank" }
    const { payment = "" } = await scene.buyer.do("trades.pay", command)
    const tail = payment.slice(-8)
    const amount = cny(scene.seeded.paid.minor)
    await scene.operator.do("trades.confirmReceipt", {
      commandId: newCommandId(),
      payment,
      amount,
      bankNumber: `BR-${tail}`,
    })
    await until(scene, trade, "delivered")
    await accept(scene, trade)
    const { due } = await scene.operator.ask<{ due: { release: object } }>("payments.page", { payment })
    const leg = { payment, leg: "release", attempt: 1, amount: due.release, bankNumber: `BP-${tail}` }
    await scene.operator.do("trades.confirmPayout", { commandId: newCommandId(), ...leg })
    await until(scene, trade, "settled")
  },
  async cancelled(scene: Scene) {
    const trade = await agree(scene, "cancelled", scene.seeded.paid.plan)
    if (scene.random() < 0.6) await startCard(scene, trade)
    await scene.buyer.do("trades.cancel", { commandId: newCommandId(), trade, reason: "changedMind" })
    await until(scene, trade, "cancelled")
  },
  /** The buyer pays while the trade expires: it is paid in time, or the money comes back. */
  async late(scene: Scene) {
    const trade = await agree(scene, "late", scene.seeded.paid.plan)
    const url = await startCard(scene, trade)
    const paying = scene.random() < 0.5 ? fillPaymentPage(scene, url, "4242 4242 4242 4242") : null
    await letTimePass(scene, trade, "funding", "expired", "funded", "delivered")
    await (paying ?? fillPaymentPage(scene, url, "4242 4242 4242 4242"))
    const { trade: found } = await until(scene, trade, "expired", "delivered")
    if (found.state === "expired") return
    await accept(scene, trade)
    await until(scene, trade, "settled")
  },
  async free(scene: Scene) {
    const trade = await agree(scene, "free", scene.seeded.free.plan)
    await fetchData(scene, await until(scene, trade, "delivered"))
    await accept(scene, trade)
    await until(scene, trade, "settled")
  },
} as const satisfies Record<string, (scene: Scene) => Promise<void>>

export type JourneyName =
  | "accepted"
  | "silent"
  | "split"
  | "unanswered"
  | "bank"
  | "cancelled"
  | "late"
  | "free"

export { Refused }
