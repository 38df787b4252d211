import type { Sql, TransactionSql } from "postgres"
import type { DatasetProfile, VersionManifest } from "#contracts/dataset.ts"
import type { Id } from "#contracts/ids.ts"
import type { Refusal } from "#contracts/refusal.ts"
import type { FileKey } from "../storage/file-store.ts"
import type { Sample } from "./sample.ts"

export type VersionState = "measuring" | "measured" | "refused"

export type Version = {
  id: Id<"version">
  dataset: Id<"dataset">
  party: Id<"party">
  product: Id<"product">
  number: number
  state: VersionState
  manifest: VersionManifest | null
  hash: string | null
  refusal: Refusal | null
}

export type VersionFile = { name: string; sha256: string; bytes: number; storageKey: FileKey }

/** Makes the dataset of a new product; does nothing when it is there. */
export async function insertDataset(
  sql: Sql,
  dataset: { id: Id<"dataset">; party: Id<"party">; product: Id<"product"> },
): Promise<void> {
  await sql`insert into datasets (id, party, product)
    values (${dataset.id}, ${dataset.party}, ${dataset.product}) on conflict do nothing`
}

export async function loadDataset(
  sql: Sql,
  id: Id<"dataset">,
): Promise<{ id: Id<"dataset">; party: Id<"party">; product: Id<"product"> } | null> {
  const [row] = await sql<{ id: Id<"dataset">; party: Id<"party">; product: Id<"product"> }[]>`
    select id, party, product from datasets where id = ${id}`
  return row ?? null
}

export async function loadVersion(sql: Sql, id: Id<"version">): Promise<Version | null> {
  const [row] = await sql<Version[]>`
    select id, dataset, party, product, number, state, manifest, hash, refusal
    from dataset_versions where id = ${id}`
  return row ?? null
}

export async function loadVersionFiles(sql: Sql, version: Id<"version">): Promise<VersionFile[]> {
  return await sql<VersionFile[]>`
    select name, sha256, bytes::float8 as bytes, storage_key as "storageKey"
    from version_files where version = ${version} order by position`
}

export async function loadProfile(sql: Sql, version: Id<"version">): Promise<DatasetProfile | null> {
  const [row] = await sql<{ profile: DatasetProfile }[]>`
    select profile from version_profiles where version = ${version}`
  return row?.profile ?? null
}

/**
 * A new version of the dataset, one number after its last, with its file; and the job that measures it. The
 * dataset's row is locked meanwhile, so that two uploads cannot take the same number.
 */
export async function insertVersion(
  transaction: TransactionSql,
  version: { id: Id<"version">; dataset: Id<"dataset"> },
  file: VersionFile,
): Promise<void> {
  await transaction`select 1 from datasets where id = ${version.dataset} for update`
  await transaction`
    insert into dataset_versions (id, dataset, party, product, number, state)
    select ${version.id}, d.id, d.party, d.product,
      1 + (select coalesce(max(number), 0) from dataset_versions where dataset = d.id), 'measuring'
    from datasets d where d.id = ${version.dataset}`
  await transaction`
    insert into version_files (version, position, name, sha256, bytes, storage_key)
    values (${version.id}, 0, ${file.name}, ${file.sha256}, ${file.bytes}, ${file.storageKey})`
  await transaction`
    select graphile_worker.add_job('profile', json_build_object('version', ${version.id}::text),
      job_key := ${`profile:${version.id}`})`
}

/** Writes once what was measured; false when another run was first. */
export async function writeMeasured(
  sql: Sql,
  version: Id<"version">,
  measured: { manifest: VersionManifest; hash: string; profile: DatasetProfile },
): Promise<boolean> {
  const rows = await sql`
    with settled as (
      update dataset_versions set state = 'measured', manifest = ${JSON.stringify(measured.manifest)}::jsonb,
        hash = ${measured.hash}, measured_at = now()
      where id = ${version} and state = 'measuring' returning id)
    insert into version_profiles (version, profile)
    select id, ${JSON.stringify(measured.profile)}::jsonb from settled returning version`
  return rows.length > 0
}

export async function writeRefused(sql: Sql, version: Id<"version">, refusal: Refusal): Promise<void> {
  await sql`update dataset_versions set state = 'refused', refusal = ${JSON.stringify(refusal)}::jsonb, measured_at = now()
    where id = ${version} and state = 'measuring'`
}

/** Written once for a registration: a draw is never repeated with another checkpoint. */
export async function writeSample(
  sql: Sql,
  registration: Id<"registration">,
  version: Id<"version">,
  checkpoint: string,
  sample: Sample,
): Promise<void> {
  await sql`
    insert into version_samples (registration, version, checkpoint, seed, numbers, columns, rows)
    values (${registration}, ${version}, ${checkpoint}, ${sample.seed}, ${JSON.stringify(sample.numbers)}::jsonb,
      ${JSON.stringify(sample.columns)}::jsonb, ${JSON.stringify(sample.rows)}::jsonb) on conflict do nothing`
}

export async function loadSample(
  sql: Sql,
  registration: Id<"registration">,
): Promise<(Sample & { version: Id<"version">; checkpoint: string }) | null> {
  const [row] = await sql<(Sample & { version: Id<"version">; checkpoint: string })[]>`
    select version, checkpoint, seed, numbers, columns, rows
    from version_samples where registration = ${registration}`
  return row ?? null
}
