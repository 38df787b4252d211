import { renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { services } from "../services.ts"
import { type DemoAccount, type DemoMember, openAccount, verifyDemoParty } from "./accounts.ts"
import { type DemoParty, demoParties, operator } from "./people.ts"
import { makeSeedSecret } from "./secret.ts"

/**
 * Fills the embedded database's demo market, over the market's own doors. scripts/start runs it once, when the web
 * answers; cut off at any moment it can run again. Standard output is the accounts, standard error the progress.
 */
const host = process.env.HOST === "0.0.0.0" ? "127.0.0.1" : (process.env.HOST ?? "127.0.0.1")
const origin = `http://${host}:${process.env.PORT ?? "3000"}`

const market = await services()
const secret = makeSeedSecret(market.config.masterKey)
const making = { services: market, secret, origin }
const say = (sentence: string) => process.stderr.write(`${sentence}\n`)

say("Opening the accounts of the demo parties.")
const members = new Map<DemoParty, DemoMember>()
for (const party of demoParties) members.set(party, await openAccount(making, party))
keepAccounts([...members.values()].map(({ account }) => account))

say("The operator verifies the demo parties.")
const verifier = members.get(operator)
for (const [party, member] of members)
  if (verifier && party !== operator)
    await verifyDemoParty(secret, member, verifier, party.bankAccount ?? null)

printAccounts([...members.values()].map(({ account }) => account))
await market.sql.end({ timeout: 5 })
process.exit(0)

/** For journeys in a browser and for `npm run demo`; only the owner of the data folder reads it. */
function keepAccounts(accounts: DemoAccount[]): void {
  const file = join(market.config.home, "demo-accounts.json")
  writeFileSync(`${file}.new`, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}

function printAccounts(accounts: DemoAccount[]): void {
  const width = Math.max(...accounts.map(({ email }) => email.length))
  const lines = accounts.map(
    ({ role, email, password }) => `  ${role.padEnd(10)} ${email.padEnd(width)}  ${password}`,
  )
  process.stdout.write(`Demo accounts (e-mail and password):\n${lines.join("\n")}\n`)
}
