import { randomBytes } from "node:crypto"
import type { Sql } from "postgres"
import { type Id, type IdKind, makeId } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import { toMs } from "#contracts/time.ts"
import { type Database, makeClient } from "#db/client.ts"
import { type KeyRing, makeKeyRing } from "./commit/key-ring.ts"
import type { Writer } from "./commit.ts"
import type { PaymentProvider } from "./payments/provider.ts"
import { makeStripeProvider } from "./payments/stripe.ts"
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
  /** The platform's share of a trade, in basis points. */
  feeBasisPoints: number
  /** True when money is real: no sandbox, no demo parties. */
  production: boolean
}
