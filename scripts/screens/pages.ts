import type { Id } from "#contracts/ids.ts"
import { listingTabs, operatorQueues, type paths, productSteps } from "../../app/_lib/paths.ts"
import type { DemoAccount } from "../../server/seed/accounts.ts"
import { answerOf, type Visitor } from "../../server/seed/visitor.ts"
import { newCommandId } from "../crash/person.ts"

/** The pages that are shown, by whom they are read, and where the ids in their addresses come from. */
type To = ReturnType<typeof paths>
type Role = DemoAccount["role"] | null
export type ShownPage = {
  name: string
  role: Role
  /** Null: the demo market has nothing to show it with, which `readIds` has told. */
  at(to: To, ids: Ids): string | null
  dark?: true
  status?: number
}

export type Ids = Partial<Record<IdName, string>>
type IdName = keyof typeof sources

const page = (
  role: Role,
  name: string,
  at: ShownPage["at"],
  more: Pick<ShownPage, "dark" | "status"> = {},
): ShownPage => ({ role, name, at, ...more })

/** An address with an id in it, when there is one. */
const withId =
  (id: IdName, make: (to: To, id: string) => string): ShownPage["at"] =>
  (to, ids) => {
    const found = ids[id]
    return found === undefined ? null : make(to, found)
  }

export const pages: readonly ShownPage[] = [
  page(null, "home", (to) => to.home(), { dark: true }),
  page(null, "search", (to) => to.search({ q: "weather" })),
  ...listingTabs.map((tab) =>
    page(
      null,
      tab === "overview" ? "listing" : `listing-${tab}`,
      withId("listing", (to, id) => to.listing(id, tab)),
      tab === "overview" ? { dark: true } : {},
    ),
  ),
  page(
    null,
    "party",
    withId("seller", (to, id) => to.party(id)),
  ),
  page(null, "ledger", (to) => to.ledger()),
  page(null, "ledger-not-found", (to) => to.ledger({ file: "0".repeat(64) })),
  page(
    null,
    "ledger-trade",
    withId("trade", (to, id) => to.ledger({ q: id })),
  ),
  page(
    null,
    "record",
    withId("record", (to, id) => to.record(Number(id))),
    { dark: true },
  ),
  page(null, "checkpoints", (to) => to.checkpoints()),
  page(
    null,
    "checkpoint",
    withId("checkpoint", (to, id) => to.checkpoint(Number(id))),
    { dark: true },
  ),
  page(
    null,
    "certificate",
    withId("record", (to, id) => to.certificate(Number(id))),
  ),
  page(null, "verify", (to) => to.verify()),
  page(null, "sign-in", (to) => to.signIn()),
  page(null, "sign-up", (to) => to.signUp()),
  page(null, "not-found", (to) => `${to.home()}/there-is-no-such-page`, { status: 404 }),

  page("seller", "studio", (to) => to.studio()),
  page("seller", "product-new", (to) => to.newProduct()),
  page(
    "seller",
    "product",
    withId("product", (to, id) => to.product(id)),
  ),
  ...productSteps.map((step) =>
    page(
      "seller",
      `product-${step}`,
      withId("product", (to, id) => to.product(id, step)),
    ),
  ),
  page("seller", "sales", (to) => to.trades()),

  page("buyer", "requests", (to) => to.requests()),
  page("buyer", "request-new", (to) => to.newRequest()),
  page(
    "buyer",
    "request",
    withId("request", (to, id) => to.request(id)),
  ),
  page("buyer", "trades", (to) => to.trades()),
  page("buyer", "trade-new", (to, { listing, plan }) =>
    listing === undefined || plan === undefined ? null : to.newTrade(listing, plan),
  ),
  page(
    "buyer",
    "trade",
    withId("trade", (to, id) => to.trade(id)),
    { dark: true },
  ),
  page(
    "buyer",
    "agreement",
    withId("trade", (to, id) => to.agreement(id)),
  ),
  page(
    "buyer",
    "checkout",
    withId("agreedTrade", (to, id) => to.checkout(id)),
  ),
  page(
    "buyer",
    "delivery",
    withId("deliveredTrade", (to, id) => to.delivery(id)),
  ),
  page(
    "buyer",
    "statement",
    withId("trade", (to, id) => to.statement(id)),
  ),
  page("buyer", "account", (to) => to.account()),
  page("buyer", "own-party", (to) => to.ownParty()),

  page("operator", "operator", (to) => to.operator()),
  ...operatorQueues.map((queue) => page("operator", `operator-${queue}`, (to) => to.operatorQueue(queue))),
  page(
    "operator",
    "operator-registration",
    withId("registration", (to, id) => to.operatorItem("registrations", id)),
  ),
  page(
    "operator",
    "operator-payment",
    withId("payment", (to, id) => to.operatorItem("payments", id)),
  ),
  page(
    "operator",
    "operator-dispute",
    withId("dispute", (to, id) => to.operatorItem("disputes", id)),
  ),

  page("regulator", "supervision", (to) => to.supervision(), { dark: true }),
  page(
    "regulator",
    "supervised-trade",
    withId("trade", (to, id) => to.supervisedTrade(id)),
  ),
  page(
    "regulator",
    "supervised-party",
    withId("seller", (to, id) => to.supervisedParty(id)),
  ),
  page("regulator", "freezes", (to) => to.freezes()),
  page("regulator", "exports", (to) => to.exports()),
]

type Asker = (role: Role) => Promise<Visitor>

const myTrades = async (as: Asker) => (await answerOf((await as("buyer")).ask.trades.mine.query({}))).trades

const tradeIn =
  (...states: string[]) =>
  async (as: Asker) => {
    const trades = await myTrades(as)
    const found = states.flatMap((state) => trades.filter(({ trade }) => trade.state === state))
    return found[0]?.trade.id
  }

/** The listing that is shown: the first with a price among those about weather, or of all. */
async function shownListing(as: Asker) {
  const { ask } = await as(null)
  for (const words of ["weather", ""]) {
    const { cards } = await answerOf(ask.listings.search.query({ words }))
    for (const { id } of cards) {
      const found = await answerOf(ask.listings.page.query({ listing: id }))
      const plan = found.plans.find(({ kind }) => kind === "one-off")
      if (plan) return { ...found, plan: plan.id }
    }
  }
  return null
}

/** A trade that waits to be paid, where there is none: the buyer proposes one and confirms. */
async function agree(as: Asker): Promise<string | undefined> {
  const shown = await shownListing(as)
  if (!shown) return undefined
  const { ask } = await as("buyer")
  const offer = { listing: shown.listing.id, plan: shown.plan, locale: "zh" } as const
  const use = { actions: ["use" as const] }
  const proposed = await answerOf(ask.trades.propose.mutate({ commandId: newCommandId(), ...offer, use }))
  const { trade } = proposed as { trade: Id<"trade"> }
  const { agreementHash } = (await answerOf(ask.trades.page.query({ trade }))).trade
  await answerOf(ask.trades.confirm.mutate({ commandId: newCommandId(), trade, agreementHash }))
  return trade
}

/** Each id by the door that tells it, or nothing where the demo market has none. */
const sources = {
  listing: async (as: Asker) => (await shownListing(as))?.listing.id,
  plan: async (as: Asker) => (await shownListing(as))?.plan,
  seller: async (as: Asker) => (await shownListing(as))?.seller.id,
  product: async (as: Asker) => {
    const { products } = await answerOf((await as("seller")).ask.products.mine.query({}))
    return (products.find(({ listing }) => listing === null) ?? products[0])?.id
  },
  request: async (as: Asker) =>
    (await answerOf((await as("buyer")).ask.requests.mine.query({}))).requests[0]?.request.id,
  trade: tradeIn("settled", "delivered", "accepted"),
  agreedTrade: async (as: Asker) => (await tradeIn("agreed", "funding")(as)) ?? agree(as),
  deliveredTrade: tradeIn("delivered", "settled"),
  registration: async (as: Asker) =>
    (await answerOf((await as("operator")).ask.registrations.queue.query({}))).registrations[0]?.registration
      .id,
  payment: async (as: Asker) => {
    const { ask } = await as("operator")
    for (const queue of ["receipts", "payouts", "late"] as const) {
      const { payments } = await answerOf(ask.payments.queue.query({ queue }))
      if (payments[0]) return payments[0].payment.id
    }
    return undefined
  },
  dispute: async (as: Asker) =>
    (await answerOf((await as("operator")).ask.trades.disputes.query({}))).disputes[0]?.trade.id,
  checkpoint: async (as: Asker) => {
    const { heads } = await answerOf((await as(null)).ask.ledger.checkpoints.query({ before: null }))
    return heads[0] && String(heads[0].size)
  },
  record: async (as: Asker) => {
    const trade = await tradeIn("settled", "delivered")(as)
    const { ask } = await as("buyer")
    const found = trade ? await answerOf(ask.trades.page.query({ trade })) : null
    const index = found?.records.findLast((record) => record.index !== null)?.index
    return index === undefined || index === null ? undefined : String(index)
  },
} as const satisfies Record<string, (as: Asker) => Promise<string | undefined>>

/** All ids, and sentences for those that could not be found. */
export async function readIds(enter: Asker): Promise<{ ids: Ids; lacking: string[] }> {
  const visitors = new Map<Role, Promise<Visitor>>()
  const as: Asker = (role) => {
    const known = visitors.get(role) ?? enter(role)
    visitors.set(role, known)
    return known
  }
  const ids: Ids = {}
  const lacking: string[] = []
  for (const name of Object.keys(sources) as IdName[]) {
    try {
      const id = await sources[name](as)
      if (id === undefined) lacking.push(`the demo market has nothing for "${name}"`)
      else ids[name] = id
    } catch (error) {
      lacking.push(`"${name}" was refused: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return { ids, lacking }
}
