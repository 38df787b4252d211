import type { Id } from "#contracts/ids.ts"
import { answerOf, type Visitor } from "../../server/seed/visitor.ts"
import { newCommandId } from "../crash/person.ts"
import type { Role } from "./pages.ts"
import type { Scenes } from "./scenes.ts"

/** Where the ids in the pages' addresses come from. */
export type Ids = Partial<Record<IdName | keyof Scenes, string>>
type IdName = keyof typeof sources

type Asker = (role: Role) => Promise<Visitor>

const myTrades = async (as: Asker) => (await answerOf((await as("buyer")).ask.trades.mine.query({}))).trades

const tradeIn =
  (...states: string[]) =>
  async (as: Asker) => {
    const trades = await myTrades(as)
    const found = states.flatMap((state) => trades.filter(({ trade }) => trade.state === state))
    return found[0]?.trade.id
  }

export type ShownListing = NonNullable<Awaited<ReturnType<typeof shownListing>>>

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

/** All ids, and sentences for those that could not be found. `makeScenes` makes what no seeded market has. */
export async function readIds(
  enter: Asker,
  makeScenes: (offer: ShownListing) => Promise<Scenes>,
): Promise<{ ids: Ids; lacking: string[] }> {
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
  const offer = await shownListing(as)
  if (offer) Object.assign(ids, await makeScenes(offer))
  return { ids, lacking }
}
