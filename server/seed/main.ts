import { renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Id } from "#contracts/ids.ts"
import { services } from "../services.ts"
import { type DemoAccount, type DemoMember, openAccount, verifyDemoParty } from "./accounts.ts"
import { topUpBalance } from "./balance.ts"
import { demoParties, operator as operatorParty } from "./people.ts"
import { demoProducts } from "./products/catalogue.ts"
import { putUp } from "./products/put-up.ts"
import { postRequests } from "./requests.ts"
import { makeSeedSecret } from "./secret.ts"
import { demoTrades, trade } from "./trades.ts"

/**
 * Fills the embedded database's demo market, over the market's own doors. scripts/start runs it once, when the web
 * answers; cut off at any moment it can run again. Standard output is the accounts, standard error the progress.
 */
const host = process.env.HOST === "0.0.0.0" ? "127.0.0.1" : (process.env.HOST ?? "127.0.0.1")
const origin = `http://${host}:${process.env.PORT ?? "3000"}`
const began = Date.now()

/** How many products are put up at the same time: more would only wait for the measuring. */
const lanes = 4

const outcomes = {
  published: "is for sale",
  submitted: "waits for the operator",
  refused: "was refused by the rights gate, as it should be",
} as const

const market = await services()
const secret = makeSeedSecret(market.config.masterKey)

const members = await openAccounts()
const operator = members.get(operatorParty.email)
if (!operator) throw new Error("the demo market has no operator")
const listings = await putUpProducts(operator)
const trading = { secret, listings, members, operator }
say("Buyers trade: by card on the sandbox's page, by bank transfer, and free of charge.")
await Promise.all(demoTrades.map((demo) => trade(trading, demo)))
say("A buyer has prepaid by bank transfer.")
await topUpBalance(trading)
say("Buyers post what they need, and the market matches.")
await postRequests(trading)
say("The operator compares the book with the payment provider's.")
// The worker's own comparison may be under way: then that one does it.
await operator.visitor.ask.finance.check
  .mutate()
  .catch((error: Error) => say(`It is done within the hour instead: ${error.message}`))
say(`The demo market is seeded, in ${Math.round((Date.now() - began) / 1000)} s.`)
printAccounts(accounts())
await market.sql.end({ timeout: 5 })
process.exit(0)

async function openAccounts(): Promise<Map<string, DemoMember>> {
  say("Opening the accounts of the demo parties.")
  const opened = new Map<string, DemoMember>()
  for (const party of demoParties)
    opened.set(party.email, await openAccount({ services: market, secret, origin }, party))
  keepAccounts([...opened.values()].map(({ account }) => account))
  say("The operator verifies the demo parties.")
  const verifier = opened.get(operatorParty.email)
  for (const party of demoParties) {
    const member = opened.get(party.email)
    if (member && verifier && party !== operatorParty)
      await verifyDemoParty(secret, member, verifier, party.bankAccount ?? null)
  }
  return opened
}

async function putUpProducts(verifier: DemoMember): Promise<Map<string, Id<"listing">>> {
  const published = new Map<string, Id<"listing">>()
  const waiting = [...demoProducts]
  let done = 0
  const lane = async () => {
    for (let product = waiting.shift(); product; product = waiting.shift()) {
      const seller = members.get(product.seller)
      if (!seller) throw new Error(`there is no ${product.seller}`)
      const listing = await putUp({ secret, seller, operator: verifier }, product)
      if (listing !== null) published.set(product.file, listing)
      done++
      say(`${done} of ${demoProducts.length}: ${product.title.en} ${outcomes[product.outcome]}.`)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return published
}

function accounts(): DemoAccount[] {
  return [...members.values()].map(({ account }) => account)
}

/** For journeys in a browser and for `npm run demo`; only the owner of the data folder reads it. */
function keepAccounts(kept: DemoAccount[]): void {
  const file = join(market.config.home, "demo-accounts.json")
  writeFileSync(`${file}.new`, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}

function printAccounts(shown: DemoAccount[]): void {
  const width = Math.max(...shown.map(({ email }) => email.length))
  const lines = shown.map(
    ({ role, email, password }) => `  ${role.padEnd(10)} ${email.padEnd(width)}  ${password}`,
  )
  process.stdout.write(`Demo accounts (e-mail and password):\n${lines.join("\n")}\n`)
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}
