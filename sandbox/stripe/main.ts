import { startSandbox } from "./server.ts"

/**
 * The sandbox as a program: PORT (12111; 0 takes a free one), STRIPE_SANDBOX_STATE (folder; in memory without),
 * STRIPE_SANDBOX_WEBHOOK_URL and STRIPE_SANDBOX_WEBHOOK_SECRET, STRIPE_SANDBOX_SEED,
 * STRIPE_SANDBOX_CLOCK (Unix seconds), STRIPE_SANDBOX_SETTLEMENT_DAYS (2), STRIPE_SANDBOX_FLOAT (`usd:500000,cny:500000`, minor units).
 */
function readOptions(environment: NodeJS.ProcessEnv) {
  const {
    PORT: port = "12111",
    STRIPE_SANDBOX_STATE: state,
    STRIPE_SANDBOX_WEBHOOK_URL: url,
    STRIPE_SANDBOX_WEBHOOK_SECRET: secret,
    STRIPE_SANDBOX_SEED: seed,
    STRIPE_SANDBOX_SETTLEMENT_DAYS: days = "2",
    STRIPE_SANDBOX_CLOCK: clock,
    STRIPE_SANDBOX_FLOAT: float = "",
    STRIPE_SECRET_KEY: key = "",
  } = environment
  if (key.includes("_live_"))
    throw new Error("STRIPE_SECRET_KEY is a live key: the sandbox will not run beside it")
  if ((url === undefined) !== (secret === undefined))
    throw new Error("STRIPE_SANDBOX_WEBHOOK_URL and STRIPE_SANDBOX_WEBHOOK_SECRET belong together")
  return {
    port: whole("PORT", port),
    stateFolder: state ?? null,
    webhook: url !== undefined && secret !== undefined ? { url, secret } : undefined,
    seed,
    clock: clock === undefined ? undefined : whole("STRIPE_SANDBOX_CLOCK", clock),
    settlementDays: whole("STRIPE_SANDBOX_SETTLEMENT_DAYS", days),
    float: float
      .split(",")
      .filter((part) => part !== "")
      .map((part) => {
        const [currency = "", amount = ""] = part.split(":")
        return { currency: currency.toLowerCase(), amount: whole("STRIPE_SANDBOX_FLOAT", amount) }
      }),
  }
}

function whole(name: string, text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new Error(`${name} must be a whole number, not "${text}"`)
  return Number(text)
}

const sandbox = await startSandbox(readOptions(process.env))
const stop = () => {
  sandbox.close().then(
    () => process.exit(0),
    () => process.exit(1),
  )
}
process.once("SIGTERM", stop)
process.once("SIGINT", stop)
console.log(`ready ${sandbox.origin} (local stand-in for Stripe, no real money)`)
