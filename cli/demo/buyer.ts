import { createHash, randomBytes, randomInt } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { creditCodeCheck } from "#contracts/credit-code.ts"
import { type Id, type IdKind, makeId } from "#contracts/ids.ts"
import { readText } from "#contracts/localized-text.ts"
import { decimal } from "#contracts/money.ts"
import type { DemoAccount } from "#server/seed/accounts.ts"
import {
  confirm,
  fetchDelivery,
  type Purchase,
  pay,
  payOnPage,
  propose,
  untilState,
} from "#server/seed/trading.ts"
import { answerOf, type Visitor, visit } from "#server/seed/visitor.ts"
import { DemoFailure } from "./market.ts"
import type { Say } from "./words.ts"

export const newId = <K extends IdKind>(kind: K): Id<K> => makeId(kind, Date.now(), randomBytes(10))
const newCommand = () => newId("command")

type Locale = "zh" | "en"

export async function signedIn(origin: string, locale: Locale, account: DemoAccount): Promise<Visitor> {
  const visitor = visit(origin, locale)
  const { email, password } = account
  await visitor.ask.access.signIn.mutate({ email, password })
  return visitor
}

/** Somebody new: an account, an organisation with a code that belongs to nobody, verified by the operator. */
export async function newBuyer(
  origin: string,
  locale: Locale,
  operator: DemoAccount,
  say: Say,
): Promise<Visitor> {
  const buyer = visit(origin, locale)
  const tag = randomInt(1_000_000).toString().padStart(6, "0")
  const email = `demo-${Date.now().toString(36)}-${tag}@demo.example`
  await buyer.ask.access.signUp.mutate({
    name: `demo-${tag}`,
    email,
    password: randomBytes(15).toString("base64url"),
  })
  say("signedUp", { email })
  const body = `91999999DEM${tag}`
  const made = await buyer.ask.parties.register.mutate({
    commandId: newCommand(),
    name: { original: "zh", zh: `演示需方 ${tag}`, en: `Demo Buyer ${tag}` },
    country: "CN",
    identifier: body + creditCodeCheck(body),
    authorisedPerson: "演示授权代表",
    roles: ["buyer"],
  })
  const { party } = made as { party: Id<"party"> }
  say("registered", { party })
  const submitted = await buyer.ask.parties.submit.mutate({ commandId: newCommand() })
  const clerk = await signedIn(origin, locale, operator)
  await clerk.ask.parties.verify.mutate({
    commandId: newCommand(),
    party,
    version: (submitted as { version: number }).version,
    method: "registryExtract",
    evidence: "演示主体 / demo party",
  })
  say("verified")
  return buyer
}

const words = { zh: "气象观测", en: "weather" }
const use: Purchase["use"] = { actions: ["use", "derive"], purpose: "research" }

/** A market answers while it still brings its demo data out: that takes half a minute on two cores. */
const patienceMs = 120_000

/** What the buyer finds, at once or when the market has brought it out. Throws DemoFailure when it does not come. */
async function choose(buyer: Visitor, locale: Locale, say: Say): Promise<Purchase> {
  const until = Date.now() + patienceMs
  for (let tries = 0; Date.now() < until; tries++) {
    const found = await find(buyer, locale, say)
    if (found) return found
    if (tries === 0) say("waits", { words: words[locale] })
    await sleep(2_000)
  }
  throw new DemoFailure(`nothing for sale was found by "${words[locale]}"`)
}

/** What the buyer finds by the words: the first listing with a priced plan that needs no approval and has a seat. */
async function find({ ask }: Visitor, locale: Locale, say: Say): Promise<Purchase | null> {
  const { cards } = await answerOf(
    ask.listings.search.query({ words: words[locale], uses: ["use", "derive"] }),
  )
  for (const { id: listing } of cards) {
    const page = await answerOf(ask.listings.page.query({ listing }))
    const plan = page.plans.find(({ kind, approval, free }) => kind === "one-off" && !approval && free !== 0)
    if (page.state !== "forSale" || !plan) continue
    const price = `${plan.price.currency} ${decimal(plan.price)}`
    say("found", { words: words[locale], title: readText(page.listing.title, locale).text, price })
    return { listing, plan: plan.id, use, locale }
  }
  return null
}

/** From the search to settlement, each step at its own door. */
export async function wholeTrade(buyer: Visitor, locale: Locale, say: Say): Promise<Id<"trade">> {
  const trade = await propose(buyer, newCommand(), await choose(buyer, locale, say))
  say("proposed", { trade })
  await confirm(buyer, newCommand(), trade)
  const { trade: row } = await answerOf(buyer.ask.trades.page.query({ trade }))
  say("agreed", { hash: row.agreementHash.slice(0, 12) })
  const { page } = await pay(buyer, newCommand(), trade, "card")
  if (page === null) throw new DemoFailure("the market gave no payment page")
  await payOnPage(buyer, page)
  say("paid")
  await untilState(buyer, trade, "delivered")
  say("delivered")
  for (const { name, bytes, sha256 } of await fetchDelivery(buyer, trade)) {
    if (createHash("sha256").update(bytes).digest("hex") !== sha256)
      throw new DemoFailure(`${name} is not the file that was listed`)
    say("fetched", { name, bytes: bytes.length })
  }
  await buyer.ask.trades.accept.mutate({ commandId: newCommand(), trade })
  await untilState(buyer, trade, "settled")
  say("settled")
  return trade
}
