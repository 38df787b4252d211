import { randomBytes } from "node:crypto"
import { readFileSync } from "node:fs"
import { setTimeout as delay } from "node:timers/promises"
import { creditCodeChecks } from "#contracts/credit-code.ts"
import { type Id, type IdKind, makeId } from "#contracts/ids.ts"
import type { Currency } from "#contracts/money.ts"
import type { DraftChanges } from "#contracts/product.ts"
import type { RightsForm } from "#contracts/rights/form.ts"
import { type Visitor, visit } from "#server/seed/visitor.ts"
import { type DemoAccount, origin } from "./accounts.ts"

/** What a journey needs to be so before it begins, done over the market's own doors by its demo accounts. */
export const makeCommand = (): Id<"command"> => make("command")

const make = <K extends IdKind>(kind: K): Id<K> => makeId(kind, Date.now(), randomBytes(10))

/** A word that nobody else has used, so that a journey can run on the same market again. */
export const unique = (): string => `q${randomBytes(4).toString("hex")}`

const visitors = new Map<string, Promise<Visitor>>()

/** A visitor with the account's session, which one process opens once. */
export function enter({ email, password }: Pick<DemoAccount, "email" | "password">): Promise<Visitor> {
  const open = async (): Promise<Visitor> => {
    const visitor = visit(origin())
    await visitor.ask.access.signIn.mutate({ email, password })
    return visitor
  }
  const opened = visitors.get(email) ?? open()
  visitors.set(email, opened)
  return opened
}

/** Asks again until there is an answer; the market's own jobs take a moment. */
async function until<T>(what: string, ask: () => Promise<T | null | undefined>): Promise<T> {
  for (let i = 0; i < 240; i++) {
    const answer = await ask()
    if (answer !== null && answer !== undefined) return answer
    await delay(250)
  }
  throw new Error(`waited a minute for ${what}`)
}

type Tax = { taxRate: string; taxIncluded: boolean }
type Offer = {
  title: string
  amount: string
  currency?: Currency
  tax?: Tax
  answers?: Partial<RightsForm>
}

/** A product of real data (Seattle's daily weather, by NOAA, from the package vega-datasets), up to its submission. */
export async function submitProduct(seller: Visitor, offer: Offer) {
  const file = readFileSync("node_modules/vega-datasets/data/seattle-weather.csv")
  const { upload, product } = await seller.ask.products.open
    .mutate({ id: make("upload"), fileName: "seattle-weather.csv", bytes: file.length })
    .then((opened) => opened as { upload: Id<"upload">; product: Id<"product"> })
  const sent = await seller.fetch(`/api/uploads/${upload}`, { method: "PUT", body: file })
  if (!sent.ok) throw new Error(`the upload was answered with ${sent.status}`)
  await seller.ask.products.save.mutate({
    commandId: makeCommand(),
    product,
    version: 1,
    changes: draftOf(offer),
  })
  await until(
    "the measuring",
    async () => (await pageOf(seller, product)).version?.state === "measured" || null,
  )
  const answer = await seller.ask.registrations.submit.mutate({ commandId: makeCommand(), product })
  return { product, registration: (answer as { registration: Id<"registration"> }).registration }
}

type ProductPage = {
  version: { state: string } | null
  preview: object | null
  listing: { id: string } | null
}
const pageOf = async (seller: Visitor, product: Id<"product">) =>
  (await seller.ask.products.page.query({ product })) as ProductPage

/** A listing for sale: submitted, approved by the operator and published. */
export async function listProduct(seller: Visitor, operator: Visitor, offer: Offer) {
  const { product, registration } = await submitProduct(seller, offer)
  await operator.ask.registrations.approve.mutate({ commandId: makeCommand(), registration })
  await until("the rows drawn by the market", async () => (await pageOf(seller, product)).preview)
  await seller.ask.listings.publish.mutate({ commandId: makeCommand(), product })
  const listing = `lst_${product.slice(4)}` as Id<"listing">
  const page = (await seller.ask.listings.page.query({ listing })) as unknown as {
    listing: { plans: { id: Id<"plan"> }[] }
  }
  const plan = page.listing.plans[0]?.id
  if (!plan) throw new Error("the listing has no plan")
  return { product, listing, plan }
}

let sold: ReturnType<typeof listProduct> | null = null

/** A listing for 199 CNY, for journeys that only need something to buy: one process makes it once. */
export function anOffer(seller: Visitor, operator: Visitor): ReturnType<typeof listProduct> {
  sold ??= listProduct(seller, operator, { title: `Weather ${unique()}`, amount: "199" })
  return sold
}

function draftOf({ title, amount, currency = "CNY", tax, answers }: Offer): DraftChanges {
  return {
    title: { original: "en", en: title, zh: `西雅图逐日天气 ${title}` },
    description: {
      original: "en",
      en: "Daily precipitation, temperatures and wind of Seattle, 2012 to 2015.",
      zh: "西雅图 2012 至 2015 年逐日降水、气温和风速。",
    },
    domain: "environment",
    evidence: {
      source: {
        name: "NOAA National Climatic Data Center",
        url: "https://www.ncdc.noaa.gov/cdo-web/datatools/records",
        obtained: "public-download",
        note: null,
      },
      basis: { kind: "licence", licence: "us-public-domain" },
      rights: { holding: { by: "self" }, use: { by: "licence" }, operation: { by: "licence" } },
      dataClass: "public",
      grade: { whole: "general", fields: [], approval: null },
      personalData: { present: false },
      crossBorder: { planned: false },
      authorisedOperation: null,
      external: [],
    },
    policy: {
      by: "answers",
      answers: {
        purposes: [],
        industries: [],
        commercial: true,
        passOn: "results",
        training: [],
        abroad: "no",
        terms: {
          from: null,
          until: null,
          downloads: null,
          users: null,
          credit: null,
          deleteAfterDays: null,
          reportEveryDays: null,
        },
        ...answers,
      },
    },
    plans: [
      {
        kind: amount === "0" ? "free" : "one-off",
        amount,
        currency,
        ...tax,
        seats: null,
        approval: false,
        template: "data-supply",
        deliveryHours: 72,
        acceptanceHours: 168,
      },
    ],
  }
}

/** A trade that both have agreed on, and that is not paid. */
export async function agreeOn(buyer: Visitor, offer: { listing: Id<"listing">; plan: Id<"plan"> }) {
  const { trade } = (await buyer.ask.trades.propose.mutate({
    commandId: makeCommand(),
    listing: offer.listing,
    plan: offer.plan,
    use: { actions: ["use"] },
    locale: "en",
  })) as { trade: Id<"trade"> }
  const { agreementHash } = (await tradeOf(buyer, trade)).trade
  await buyer.ask.trades.confirm.mutate({ commandId: makeCommand(), trade, agreementHash })
  return trade
}

/** A trade that waits for the buyer's bank transfer. */
export async function buyByBank(buyer: Visitor, offer: { listing: Id<"listing">; plan: Id<"plan"> }) {
  const trade = await agreeOn(buyer, offer)
  const paid = (await buyer.ask.trades.pay.mutate({ commandId: makeCommand(), trade, rail: "bank" })) as {
    payment: Id<"payment">
    reference: string
  }
  return { trade, payment: paid.payment, reference: paid.reference }
}

type TradePage = { trade: { state: string; agreementHash: string } }
const tradeOf = async (visitor: Visitor, trade: Id<"trade">) =>
  (await visitor.ask.trades.page.query({ trade })) as unknown as TradePage

export const untilTrade = (visitor: Visitor, trade: Id<"trade">, state: string) =>
  until(`the trade to be ${state}`, async () =>
    (await tradeOf(visitor, trade)).trade.state === state ? true : null,
  )

/** A buyer's dispute about what was delivered and paid by bank. */
export async function disputeDelivery(
  buyer: Visitor,
  operator: Visitor,
  offer: { listing: Id<"listing">; plan: Id<"plan"> },
  price: { minor: string; currency: "CNY" },
  statement: string,
) {
  const bought = await buyByBank(buyer, offer)
  await operator.ask.trades.confirmReceipt.mutate({
    commandId: makeCommand(),
    payment: bought.payment,
    amount: price,
    bankNumber: `BR-${unique()}`,
  })
  await untilTrade(buyer, bought.trade, "delivered")
  await buyer.ask.trades.dispute.mutate({
    commandId: makeCommand(),
    trade: bought.trade,
    reason: "incomplete",
    statement,
  })
  return bought
}

/** A new organisation that has asked to be verified, with an identifier that is right in form and nobody's else. */
export async function askForVerification(word: string, role: "buyer" | "seller" = "buyer") {
  const visitor = visit(origin())
  const account = { email: `${word}@example.org`, password: `long enough ${word}` }
  await visitor.ask.access.signUp.mutate({ name: word, ...account })
  const made = (await visitor.ask.parties.register.mutate({
    commandId: makeCommand(),
    name: { original: "en", en: `Organisation ${word}`, zh: `机构 ${word}` },
    country: "CN",
    identifier: creditCode(),
    authorisedPerson: "—",
    roles: [role],
  })) as { party: Id<"party"> }
  await visitor.ask.parties.submit.mutate({ commandId: makeCommand() })
  return { visitor, account, party: made.party }
}

/**
 * A verified organisation of its own with a bank account: what it comes to owe, or another account of it, is nothing to
 * the journeys beside this one.
 */
export async function verifiedParty(operator: Visitor, role: "buyer" | "seller") {
  const asked = await askForVerification(unique(), role)
  const { visitor, party } = asked
  const reviewed = { commandId: makeCommand(), party, version: 2 }
  await operator.ask.parties.verify.mutate({ ...reviewed, method: "registryExtract", evidence: "an extract" })
  await visitor.ask.parties.updatePayee.mutate({
    commandId: makeCommand(),
    bankAccount: "Bank, Holder, 6222 0007",
  })
  return asked
}

/** Nobody's: the registration authority's own part is chance, only the check digit is right. */
export function creditCode(): string {
  const body = `91310000${Array.from(randomBytes(9), (byte) => byte % 10).join("")}`
  const codes = Array.from("0123456789ABCDEFGHJKLMNPQRTUWXY", (digit) => body + digit)
  const right = codes.find(creditCodeChecks)
  if (!right) throw new Error(`no check digit fits ${body}`)
  return right
}

/** A trade whose payment page is open, and the control door of the stand-in that shows it. */
export async function buyByCard(buyer: Visitor, offer: { listing: Id<"listing">; plan: Id<"plan"> }) {
  const { trade } = (await buyer.ask.trades.propose.mutate({
    commandId: makeCommand(),
    listing: offer.listing,
    plan: offer.plan,
    use: { actions: ["use"] },
    locale: "en",
  })) as { trade: Id<"trade"> }
  const { agreementHash } = (await tradeOf(buyer, trade)).trade
  await buyer.ask.trades.confirm.mutate({ commandId: makeCommand(), trade, agreementHash })
  const { payment, url } = (await buyer.ask.trades.pay.mutate({
    commandId: makeCommand(),
    trade,
    rail: "card",
  })) as { payment: Id<"payment">; url: string }
  const { origin: stand, pathname } = new URL(url)
  const provider = async (path: string, body: object): Promise<unknown> => {
    const answer = await fetch(`${stand}/_sandbox/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }
  return { trade, payment, session: pathname.split("/").at(-1) ?? "", provider, stand }
}

/** The chargeback of a trade, once the market has heard of it. */
export const untilChargeback = (operator: Visitor, trade: Id<"trade">) =>
  until(`a chargeback of ${trade}`, async () => {
    const { chargebacks } = await operator.ask.chargebacks.queue.query()
    return chargebacks.find((one) => one.chargeback.trade === trade)?.chargeback.id
  })
