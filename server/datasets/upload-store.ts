import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import type { Refusal } from "#contracts/refusal.ts"
import type { FileKey } from "../storage/file-store.ts"
import { insertVersion, type VersionFile } from "./store.ts"

export type UploadState = "open" | "complete" | "refused" | "cancelled"

export type Upload = {
  id: Id<"upload">
  party: Id<"party">
  dataset: Id<"dataset">
  product: Id<"product">
  fileName: string
  state: UploadState
  totalBytes: number
  receivedBytes: number
  storageKey: FileKey | null
  version: Id<"version"> | null
  refusal: Refusal | null
}

/** A receiver that was not seen for so long is taken for dead. */
const receiverSilentSeconds = 20

const columns = (sql: Sql) => sql`id, party, dataset, product, file_name as "fileName", state,
  total_bytes::float8 as "totalBytes", received_bytes::float8 as "receivedBytes",
  storage_key as "storageKey", version, refusal`

export async function loadUpload(sql: Sql, id: Id<"upload">): Promise<Upload | null> {
  const [row] = await sql<Upload[]>`select ${columns(sql)} from uploads where id = ${id}`
  return row ?? null
}

/** The id is the client's: the same upload opened again is the same upload. */
export async function insertUpload(
  sql: Sql,
  upload: Pick<Upload, "id" | "party" | "dataset" | "product" | "fileName" | "totalBytes">,
): Promise<void> {
  await sql`insert into uploads (id, party, dataset, product, file_name, state, total_bytes, received_bytes)
    values (${upload.id}, ${upload.party}, ${upload.dataset}, ${upload.product}, ${upload.fileName}, 'open',
      ${upload.totalBytes}, 0) on conflict do nothing`
}

/**
 * The open upload, with `receiver` as its only writer; null when it is not open or another is writing. What a
 * receiver that fell silent has written is forgotten: it may wake up and write on.
 */
export async function claimUpload(sql: Sql, id: Id<"upload">, receiver: string): Promise<Upload | null> {
  const [row] = await sql<Upload[]>`
    update uploads set receiver = ${receiver}, receiver_seen_at = now(),
      storage_key = case when receiver is null then storage_key end,
      received_bytes = case when receiver is null then received_bytes else 0 end
    where id = ${id} and state = 'open' and (receiver is null
      or receiver_seen_at < now() - ${receiverSilentSeconds}::float8 * interval '1 second')
    returning ${columns(sql)}`
  return row ?? null
}

/** Tells that the receiver lives and how far it is; false when it has lost the upload and must stop. */
export async function reportProgress(
  sql: Sql,
  id: Id<"upload">,
  receiver: string,
  receivedBytes: number,
): Promise<boolean> {
  const rows = await sql`
    update uploads set received_bytes = ${receivedBytes}, receiver_seen_at = now()
    where id = ${id} and receiver = ${receiver} and state = 'open' returning id`
  return rows.length > 0
}

export async function keepStorageKey(
  sql: Sql,
  id: Id<"upload">,
  receiver: string,
  key: FileKey,
): Promise<void> {
  await sql`update uploads set storage_key = ${key} where id = ${id} and receiver = ${receiver}`
}

/** The receiver ends without the whole file: `receivedBytes` are kept, none when the key is null. */
export async function releaseUpload(
  sql: Sql,
  id: Id<"upload">,
  receiver: string,
  left: { receivedBytes: number; storageKey: FileKey | null },
): Promise<void> {
  await sql`update uploads set receiver = null, received_bytes = ${left.receivedBytes},
    storage_key = ${left.storageKey} where id = ${id} and receiver = ${receiver}`
}

export async function refuseUpload(
  sql: Sql,
  id: Id<"upload">,
  receiver: string,
  refusal: Refusal,
): Promise<void> {
  await sql`update uploads set state = 'refused', refusal = ${JSON.stringify(refusal)}::jsonb, receiver = null,
    storage_key = null where id = ${id} and receiver = ${receiver}`
}

/** Ends the upload; the key of what was stored of it, which is to be deleted. Null when it was not open. */
export async function cancelUpload(
  sql: Sql,
  id: Id<"upload">,
): Promise<{ storageKey: FileKey | null } | null> {
  const [row] = await sql<{ storageKey: FileKey | null }[]>`
    update uploads set state = 'cancelled', receiver = null
    where id = ${id} and state = 'open' returning storage_key as "storageKey"`
  return row ?? null
}

/** Ends the upload and makes its version, in one transaction; false when the receiver has lost the upload. */
export async function completeUpload(
  sql: Sql,
  upload: Upload,
  receiver: string,
  version: Id<"version">,
  file: VersionFile,
): Promise<boolean> {
  return await sql.begin(async (transaction) => {
    const rows = await transaction`
      update uploads set state = 'complete', receiver = null, received_bytes = ${file.bytes},
        storage_key = ${file.storageKey}, version = ${version}
      where id = ${upload.id} and receiver = ${receiver} and state = 'open' returning id`
    if (rows.length === 0) return false
    await insertVersion(transaction, { id: version, dataset: upload.dataset }, file)
    return true
  })
}

/** Open uploads whose last sign of life is older than this. */
export async function loadStaleUploads(
  sql: Sql,
  olderThanMs: number,
  limit: number,
): Promise<Id<"upload">[]> {
  const rows = await sql<{ id: Id<"upload"> }[]>`
    select id from uploads where state = 'open' and coalesce(receiver_seen_at, created_at)
      < now() - ${olderThanMs}::float8 * interval '1 millisecond' order by id limit ${limit}`
  return rows.map(({ id }) => id)
}
