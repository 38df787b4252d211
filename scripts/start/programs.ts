import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import type { Program } from "./child.ts"
import { keepSecret } from "./home.ts"
import type { MarketParts } from "./market.ts"
import { developing, root, type Settings } from "./settings.ts"

/** The product's own processes. The names of the variables are the contract with server/services.ts. */
export const marketPrograms: Pick<MarketParts, "programs" | "seed"> = {
  async programs(settings, servingUrl) {
    const { home, port, host } = settings
    const sandbox = settings.stripe === null ? await placeSandbox(home) : null
    const environment = marketEnvironment(settings, servingUrl, sandbox)
    const program = (name: string, file: string, more: Record<string, string> = {}): Program => ({
      name,
      file: join(root, file),
      environment: { ...environment, QUANHENG_PROCESS: name, ...more },
    })
    const web = program("web", "server/web.ts", { PORT: String(port), HOST: host })
    const behind = [program("sequencer", "server/sequencer.ts"), program("worker", "server/worker.ts")]
    if (sandbox === null) return [...behind, web]
    return [
      program("sandbox", "sandbox/stripe/main.ts", {
        PORT: String(sandbox.port),
        STRIPE_SANDBOX_STATE: join(home, "sandbox"),
        STRIPE_SANDBOX_WEBHOOK_URL: `http://127.0.0.1:${port}/webhooks/stripe`,
        STRIPE_SANDBOX_WEBHOOK_SECRET: sandbox.webhookSecret,
        // The platform's own money, so that a refund need not wait for the next charge.
        STRIPE_SANDBOX_FLOAT: "cny:500000,usd:100000,eur:100000",
      }),
      ...behind,
      web,
    ]
  },
  seed: join(root, "server/seed/main.ts"),
}

/** Where buyers of a market without real money are told to transfer to: nowhere. */
const demoBankAccount = "演示账户 DEMO-0001"

type PlacedSandbox = { port: number; secretKey: string; webhookSecret: string }

function marketEnvironment(
  settings: Settings,
  servingUrl: string,
  sandbox: PlacedSandbox | null,
): Record<string, string> {
  const { home, stripe } = settings
  const secretKey = stripe?.secretKey ?? sandbox?.secretKey ?? ""
  const apiBase = sandbox === null ? stripe?.apiBase : `http://127.0.0.1:${sandbox.port}`
  return {
    NODE_ENV: developing ? "development" : "production",
    ...(developing ? { QUANHENG_DEV: "1" } : {}),
    NEXT_TELEMETRY_DISABLED: "1",
    // What Node has compiled is found again by the next start, and by each process that measures a file.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE || join(home, "cache", "compiled"),
    DATABASE_URL: servingUrl,
    QUANHENG_HOME: home,
    PUBLIC_URL: settings.publicUrl,
    QUANHENG_MASTER_KEY: process.env.QUANHENG_MASTER_KEY || keepSecret(home, "master-key"),
    BETTER_AUTH_SECRET: process.env.BETTER_AUTH_SECRET || keepSecret(home, "auth"),
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_WEBHOOK_SECRET: stripe?.webhookSecret ?? sandbox?.webhookSecret ?? "",
    ...(apiBase ? { STRIPE_API_BASE: apiBase } : {}),
    ...(sandbox && !process.env.QUANHENG_BANK_ACCOUNT ? { QUANHENG_BANK_ACCOUNT: demoBankAccount } : {}),
    ...(secretKey.includes("_live_") ? { QUANHENG_PRODUCTION: "1" } : {}),
  }
}

/** The sandbox keeps its port, for its payment pages are addresses that a buyer may still have open. */
async function placeSandbox(home: string): Promise<PlacedSandbox> {
  const file = join(home, "sandbox-port")
  const known = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0
  const port = (await freePort(known)) ?? (await freePort(0))
  if (port === null) throw new Error("the system gave no free port")
  writeFileSync(file, `${port}\n`)
  return {
    port,
    secretKey: keepSecret(home, "stripe-sandbox-key", "sk_test_"),
    webhookSecret: keepSecret(home, "stripe-sandbox-webhook", "whsec_"),
  }
}

/** The port, or any free one for 0; null when it cannot be listened on. */
export function freePort(wanted: number, host = "127.0.0.1"): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once("error", () => resolve(null))
    probe.listen(wanted, host, () => {
      const address = probe.address()
      const port = address !== null && typeof address === "object" ? address.port : null
      probe.close(() => resolve(port))
    })
  })
}
