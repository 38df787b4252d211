import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from "drizzle-orm/pg-core"
import type { DatasetProfile, VersionManifest } from "#contracts/dataset.ts"
import type { Id } from "#contracts/ids.ts"
import type { Refusal } from "#contracts/refusal.ts"
import { bytea, timestamps } from "./columns.ts"

/**
 * Datasets, uploads and what was measured. None of these is a certified noun: server/datasets writes them, and
 * a registration certifies the hash of a version's manifest.
 */
const moment = () => timestamp({ withTimezone: true, precision: 3, mode: "date" })

/** A data product's files are sealed with a key of its own, kept wrapped; null when it was erased. */
export const productKeys = pgTable("product_keys", {
  product: text().$type<Id<"product">>().primaryKey(),
  wrapped: bytea(),
  erasedAt: moment(),
  ...timestamps,
})

/** What a data product is made of; its versions follow one another. */
export const datasets = pgTable(
  "datasets",
  {
    id: text().$type<Id<"dataset">>().primaryKey(),
    party: text().$type<Id<"party">>().notNull(),
    product: text().$type<Id<"product">>().notNull().unique(),
    ...timestamps,
  },
  (table) => [index().on(table.party, table.id)],
)

export const uploads = pgTable(
  "uploads",
  {
    id: text().$type<Id<"upload">>().primaryKey(),
    party: text().$type<Id<"party">>().notNull(),
    dataset: text().$type<Id<"dataset">>().notNull(),
    product: text().$type<Id<"product">>().notNull(),
    fileName: text().notNull(),
    state: text().$type<"open" | "complete" | "refused" | "cancelled">().notNull(),
    /** As the sender announced it. */
    totalBytes: bigint({ mode: "number" }).notNull(),
    /** Durably received when the last request ended; a little behind while one is running. */
    receivedBytes: bigint({ mode: "number" }).notNull(),
    storageKey: text(),
    version: text().$type<Id<"version">>(),
    refusal: jsonb().$type<Refusal>(),
    /** The request that is writing now, so that two never write the same file. */
    receiver: text(),
    receiverSeenAt: moment(),
    ...timestamps,
  },
  (table) => [index().on(table.party, table.id), index().on(table.state, table.createdAt)],
)

/** A version never changes: what `measuring` leaves open is written once. */
export const datasetVersions = pgTable(
  "dataset_versions",
  {
    id: text().$type<Id<"version">>().primaryKey(),
    dataset: text().$type<Id<"dataset">>().notNull(),
    party: text().$type<Id<"party">>().notNull(),
    product: text().$type<Id<"product">>().notNull(),
    number: integer().notNull(),
    state: text().$type<"measuring" | "measured" | "refused">().notNull(),
    manifest: jsonb().$type<VersionManifest>(),
    /** SHA-256 of the manifest's canonical JSON, lower-case hex. */
    hash: text(),
    refusal: jsonb().$type<Refusal>(),
    measuredAt: moment(),
    ...timestamps,
  },
  (table) => [
    unique().on(table.dataset, table.number),
    index().on(table.party, table.id),
    index().on(table.hash),
  ],
)

/** Where a version's files lie. */
export const versionFiles = pgTable(
  "version_files",
  {
    version: text().$type<Id<"version">>().notNull(),
    position: integer().notNull(),
    name: text().notNull(),
    sha256: text().notNull(),
    bytes: bigint({ mode: "number" }).notNull(),
    storageKey: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.version, table.position] }), index().on(table.sha256)],
)

export const versionProfiles = pgTable("version_profiles", {
  version: text().$type<Id<"version">>().primaryKey(),
  profile: jsonb().$type<DatasetProfile>().notNull(),
  ...timestamps,
})

/** The rows that the market drew for a registration, with all that is needed to draw them again. */
export const versionSamples = pgTable(
  "version_samples",
  {
    registration: text().$type<Id<"registration">>().primaryKey(),
    version: text().$type<Id<"version">>().notNull(),
    /** The text of the first checkpoint after the registration was sealed. */
    checkpoint: text().notNull(),
    seed: text().notNull(),
    numbers: jsonb().$type<number[]>().notNull(),
    columns: jsonb().$type<string[]>().notNull(),
    rows: jsonb().$type<(string | null)[][]>().notNull(),
    ...timestamps,
  },
  (table) => [index().on(table.version)],
)
