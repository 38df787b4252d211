import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { PlainFailure } from "#db/embedded/plain-failure.ts"

/** The folder of the program itself. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, "")

/** QUANHENG_DEV=1: pages are compiled when they are first asked for, and again when their source changes. */
export const developing = process.env.QUANHENG_DEV === "1"

/** What the person who starts the market has decided; .env.example tells each variable. */
export type Settings = {
  home: string
  host: string
  port: number
  publicUrl: string
  /** Null: the embedded PostgreSQL. */
  database: { url: string; ownerUrl: string } | null
  /** Null: the sandbox. */
  stripe: { secretKey: string; webhookSecret: string; apiBase: string | null } | null
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads `.env` where there is one (the environment goes first), then the variables. Throws PlainFailure. */
export function readSettings(environment: Environment): Settings {
  const file = resolve(root, ".env")
  if (existsSync(file)) process.loadEnvFile(file)
  const port = readPort(environment.PORT)
  const host = environment.HOST || "127.0.0.1"
  return {
    home: resolve(environment.QUANHENG_HOME || resolve(root, ".quanheng")),
    host,
    port,
    publicUrl: environment.PUBLIC_URL || `http://localhost:${port}`,
    database: readDatabase(environment),
    stripe: readStripe(environment),
  }
}

function readPort(text: string | undefined): number {
  const port = Number(text || "3000")
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new PlainFailure(`PORT must be a number from 1 to 65535, not "${text}".`)
}

function readDatabase(environment: Environment): Settings["database"] {
  const url = environment.DATABASE_URL
  const ownerUrl = environment.DATABASE_OWNER_URL || url
  if (!url || !ownerUrl) return null
  for (const [name, text] of Object.entries({ DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl }))
    if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text))
      throw new PlainFailure(`${name} must look like postgres://user:password@host:5432/database.`)
  return { url, ownerUrl }
}

function readStripe(environment: Environment): Settings["stripe"] {
  const secretKey = environment.STRIPE_SECRET_KEY
  if (!secretKey) return null
  const webhookSecret = environment.STRIPE_WEBHOOK_SECRET
  if (webhookSecret) return { secretKey, webhookSecret, apiBase: environment.STRIPE_API_BASE || null }
  throw new PlainFailure("STRIPE_SECRET_KEY is set, so STRIPE_WEBHOOK_SECRET must be set as well.")
}
