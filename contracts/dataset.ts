import { z } from "zod"
import { contentHash } from "./content-hash.ts"
import { delimiters, maxCellLength, maxColumnName, maxColumns, textEncodings } from "./dataset-limits.ts"

/**
 * What is known of a dataset's version: the manifest, which says what the version is and never changes, and
 * the profile, which says what was measured in it.
 */
/**
 * How a file's bytes become rows. With the bytes it decides what "row i" is, so it stands in the manifest. A
 * byte order mark at the start is skipped in every text encoding. CSV is RFC 4180 with the delimiter named
 * here, any of the three line ends, and blank lines skipped where there is more than one column. The rows of a
 * JSON file are the objects of its one array, or its one object.
 */
export const reading = z.discriminatedUnion("format", [
  z.strictObject({
    format: z.literal("csv"),
    encoding: z.enum(textEncodings),
    delimiter: z.enum(delimiters),
    header: z.boolean(),
  }),
  z.strictObject({
    format: z.literal("json"),
    encoding: z.enum(textEncodings),
    shape: z.enum(["array", "object"]),
  }),
  z.strictObject({ format: z.literal("jsonl"), encoding: z.enum(textEncodings) }),
  z.strictObject({ format: z.literal("parquet") }),
])
export type Reading = z.infer<typeof reading>
export type FileFormat = Reading["format"]

/** The types that people are shown. `unknown` is a column without values, or of a kind without a word here. */
export const columnTypes = [
  "integer",
  "decimal",
  "text",
  "boolean",
  "date",
  "time",
  "timestamp",
  "list",
  "object",
  "unknown",
] as const
export type ColumnType = (typeof columnTypes)[number]

const count = z.int().nonnegative()
const columnName = z.string().min(1).max(maxColumnName)
const cell = z.string().max(maxCellLength + 1)

/** What a column's values or its name look like. A hint for the seller's own answer, never a verdict. */
export const personalKinds = [
  "email",
  "mobile",
  "identity_number",
  "person_name",
  "address",
  "bank_card",
] as const
export type PersonalKind = (typeof personalKinds)[number]

export const screeningHint = z.strictObject({
  column: columnName,
  kind: z.enum(personalKinds),
  /** `values`: so many values have the form (an identity number's check digit is right); `name`: the column is called so. */
  by: z.enum(["values", "name"]),
  hits: count,
})
export type ScreeningHint = z.infer<typeof screeningHint>

export const columnProfile = z.strictObject({
  name: columnName,
  type: z.enum(columnTypes),
  /** The measuring engine's own word for the type, cut to a readable length. */
  physical: z.string().max(maxColumnName),
  nulls: count,
  /** A sketch (HyperLogLog), a few per cent off: shown with ≈, never certified. */
  distinct: z.strictObject({ approximate: z.literal(true), count }),
  /** As text, so that integers beyond 2^53 stay exact. Null where there is no order, no value, or withheld. */
  min: cell.nullable(),
  max: cell.nullable(),
  mean: z.number().nullable(),
  /** Of numbers and of dates and times; `from` is in the bucket, `to` only in the last one. */
  histogram: z.array(z.strictObject({ from: cell, to: cell, count })).max(20),
  /** The most frequent values of text and booleans that occur more than once, most frequent first. */
  top: z.array(z.strictObject({ value: cell, count })).max(10),
  /** True where the column looks like personal data: no value of it is shown. */
  withheld: z.boolean(),
})
export type ColumnProfile = z.infer<typeof columnProfile>

export const datasetProfile = z.strictObject({
  v: z.literal(1),
  reading,
  /** Of the file as it was uploaded. */
  bytes: count,
  rows: count,
  columns: z.array(columnProfile).min(1).max(maxColumns),
  screening: z.array(screeningHint),
})
export type DatasetProfile = z.infer<typeof datasetProfile>

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)
export const fileName = z.string().min(1).max(255)

/**
 * What a version is. Its hash names it in registrations, agreements, deliveries and attestations. Nothing
 * approximate or explanatory stands here.
 */
export const versionManifest = z.strictObject({
  v: z.literal(1),
  files: z
    .array(z.strictObject({ name: fileName, sha256: sha256Hex, bytes: count, reading }))
    .min(1)
    .max(1000),
  rows: count,
  columns: z
    .array(z.strictObject({ name: columnName, type: z.enum(columnTypes) }))
    .min(1)
    .max(maxColumns),
})
export type VersionManifest = z.infer<typeof versionManifest>

/** Lower-case hex SHA-256 of the manifest's canonical JSON (RFC 8785). Throws on a manifest out of form. */
export function versionHash(manifest: VersionManifest): string {
  return contentHash(versionManifest.parse(manifest))
}

/** The manifest of a version of one file, from what was received and what was measured. */
export function manifestOf(
  file: { name: string; sha256: string; bytes: number },
  profile: DatasetProfile,
): VersionManifest {
  return {
    v: 1,
    files: [{ ...file, reading: profile.reading }],
    rows: profile.rows,
    columns: profile.columns.map(({ name, type }) => ({ name, type })),
  }
}

/** A file name as people may see it: the last part of a path, without control characters, never empty. */
export function cleanFileName(name: string): string {
  const last = name.toWellFormed().split(/[/\\]/).at(-1) ?? ""
  const clean = last.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "").trim()
  if (/^\.*$/.test(clean)) return "data"
  return Array.from(clean).slice(0, 120).join("")
}
