import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import type { Sql } from "postgres"
import { type FeeSchedule, feeSchedule, plainSchedule } from "#contracts/fees.ts"
import { type Id, type IdKind, makeId } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import type { Rail } from "#contracts/payment.ts"
import { toMs } from "#contracts/time.ts"
import { type Database, makeClient } from "#db/client.ts"
import { connect, untilAnswers } from "#db/connect.ts"
import { type KeyRing, makeKeyRing } from "./commit/key-ring.ts"
import { openValueKeys, valueKeyFile } from "./commit/value-keys.ts"
import { Writer, writerSettings } from "./commit.ts"
import type { HoldRail } from "./escrow/hold-rail.ts"
import { holdsValues } from "./ledger/disclosure-store.ts"
import { readWitnessTargets, type WitnessTarget } from "./ledger/witnesses/targets.ts"
import { balanceRail } from "./payments/balance-rail.ts"
import { makeBankRail } from "./payments/bank-rail.ts"
import { makeCardRail } from "./payments/card-rail.ts"
import type { PaymentProvider } from "./payments/provider.ts"
import { makeStripeProvider } from "./payments/stripe.ts"
import { takeRandom } from "./random.ts"
import { forgetRows } from "./row-cache.ts"
import { makeDiskStore } from "./storage/disk.ts"
import type { FileStore } from "./storage/file-store.ts"

/** What domains are given: the outside, once. Only this file reads the environment. */
export type Services = {
  sql: Sql
  db: Database
  writer: Writer
  keys: KeyRing
  files: FileStore
  provider: PaymentProvider
  rails: Record<Rail, HoldRail>
  config: Config
  newId<K extends IdKind>(kind: K): Id<K>
}

export type Config = {
  home: string
  publicUrl: string
  masterKey: Uint8Array
  authSecret: string
  marketName: LocalizedText
  /** Who holds buyers' money until it is released, in words for agreements and checkout. */
  fundsHolder: LocalizedText
  /** The platform's bank account, for transfers. */
  bankAccount: string
  /** What the platform takes of a trade. */
  feeSchedule: FeeSchedule
  /** How many reverse proxies stand before the front door, each appending to X-Forwarded-For. */
  proxies: number
  /** True when money is real: no sandbox, no demo parties. */
  production: boolean
  /** Whom the sequencer asks to cosign the log's checkpoints. */
  witnesses: readonly WitnessTarget[]
}

/** The services of this process, from its environment. */
export const services = (): Promise<Services> => makeServices(process.env)

type Environment = Readonly<Record<string, string | undefined>>

/** Makes services from an environment (.env.example tells each variable). Throws a plain sentence when one is missing. */
export async function makeServices(environment: Environment): Promise<Services> {
  const config = readConfig(environment)
  const url = needed(environment, "DATABASE_URL")
  const name = environment.QUANHENG_PROCESS ?? "quanheng"
  const { sql, db } = makeClient(url, { name, onClose: forgetRows })
  await untilAnswers(sql)
  const values = await openValueKeys(valueKeyFile(config.home), () => holdsValues(sql))
  const keys = makeKeyRing(sql, config.masterKey, values)
  const writer = await new Writer(connectWriter(url, name), keys).start()
  const provider = makeStripeProvider({
    secretKey: needed(environment, "STRIPE_SECRET_KEY"),
    webhookSecret: needed(environment, "STRIPE_WEBHOOK_SECRET"),
    apiBase: environment.STRIPE_API_BASE ?? null,
    production: config.production,
  })
  const newId = <K extends IdKind>(kind: K): Id<K> => makeId(kind, toMs(writer.now()), takeRandom(10))
  const rails = {
    card: makeCardRail(sql, provider, () => writer.now()),
    bank: makeBankRail(config.bankAccount),
    balance: balanceRail,
  }
  const folder = join(config.home, "files")
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const files = makeDiskStore(folder)
  return { sql, db, writer, keys, files, provider, rails, config, newId }
}

/** Of the same environment what sealing needs: none of the secrets. */
export async function sealingServices(): Promise<Pick<Services, "sql"> & Pick<Config, "home" | "witnesses">> {
  const { env } = process
  const [home, witnesses] = [needed(env, "QUANHENG_HOME"), readWitnesses(env)]
  const { sql } = makeClient(needed(env, "DATABASE_URL"), { name: env.QUANHENG_PROCESS ?? "quanheng" })
  await untilAnswers(sql)
  return { sql, home, witnesses }
}

const readWitnesses = (environment: Environment) => readWitnessTargets(environment.QUANHENG_WITNESSES ?? "")

/** One connection, so that each statement is prepared once, and batches follow one another in their order. */
export const connectWriter = (url: string, name: string): Sql =>
  connect(url, { connections: 1, name: `${name}-writer`, settings: writerSettings, onClose: forgetRows })

function readConfig(environment: Environment): Config {
  const proxies = Number(environment.QUANHENG_PROXIES ?? "0")
  if (!Number.isInteger(proxies) || proxies < 0 || proxies > 8)
    throw new Error("QUANHENG_PROXIES must be a whole number from 0 to 8")
  const name = environment.QUANHENG_MARKET_NAME
  return {
    home: needed(environment, "QUANHENG_HOME"),
    publicUrl: needed(environment, "PUBLIC_URL").replace(/\/$/, ""),
    masterKey: readMasterKey(needed(environment, "QUANHENG_MASTER_KEY")),
    authSecret: needed(environment, "BETTER_AUTH_SECRET"),
    marketName: name
      ? { original: "en", en: name }
      : { original: "zh", zh: "权衡数据市场", en: "Quanheng data market" },
    fundsHolder: {
      original: "zh",
      zh: environment.QUANHENG_FUNDS_HOLDER ?? "市场运营方（待结算款记入资金账簿，专户存放）",
      en:
        environment.QUANHENG_FUNDS_HOLDER ??
        "the market's operator, in an account kept apart and recorded in the book",
    },
    bankAccount: environment.QUANHENG_BANK_ACCOUNT ?? "—",
    feeSchedule: readFeeSchedule(environment),
    proxies,
    production: environment.QUANHENG_PRODUCTION === "1",
    witnesses: readWitnesses(environment),
  }
}

/** The price list as JSON, or else one percentage for everybody. */
function readFeeSchedule(environment: Environment): FeeSchedule {
  const text = environment.QUANHENG_FEE_SCHEDULE
  if (text) {
    const read = feeSchedule.safeParse(JSON.parse(text))
    if (!read.success) throw new Error(`QUANHENG_FEE_SCHEDULE is no fee schedule: ${read.error.message}`)
    return read.data
  }
  const feeBasisPoints = Number(environment.QUANHENG_FEE_BASIS_POINTS ?? "1000")
  if (!Number.isInteger(feeBasisPoints) || feeBasisPoints < 0 || feeBasisPoints > 10_000)
    throw new Error("QUANHENG_FEE_BASIS_POINTS must be a whole number from 0 to 10000")
  return plainSchedule(feeBasisPoints)
}

function needed(environment: Environment, name: string): string {
  const value = environment[name]
  if (!value) throw new Error(`${name} is not set; see .env.example`)
  return value
}

/** 32 bytes as 64 hex digits. */
function readMasterKey(text: string): Uint8Array {
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Error("QUANHENG_MASTER_KEY must be 64 lower-case hex digits")
  return Buffer.from(text, "hex")
}
