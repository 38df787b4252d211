import { randomBytes } from "node:crypto"
import type { Readable } from "node:stream"
import { z } from "zod"
import type { Actor } from "#contracts/actor.ts"
import { cleanFileName, fileName } from "#contracts/dataset.ts"
import { type Id, isId } from "#contracts/ids.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import type { Services } from "../services.ts"
import { productKeyFor } from "./product-keys.ts"
import { type Received, receiveFile } from "./receive.ts"
import { insertDataset, loadDataset } from "./store.ts"
import {
  cancelUpload,
  claimUpload,
  completeUpload,
  insertUpload,
  keepStorageKey,
  loadStaleUploads,
  loadUpload,
  refuseUpload,
  releaseUpload,
  reportProgress,
  type Upload,
} from "./upload-store.ts"

/** The largest file that is taken: 64 GiB. */
export const maxUploadBytes = 64 * 1024 ** 3
const progressEveryMs = 1000
/** An upload that nobody goes on with is given up after this long. */
const staleUploadMs = 24 * 3_600_000

type Needs = Pick<Services, "sql" | "files" | "newId"> & { config: Pick<Services["config"], "masterKey"> }

export const uploadInput = z.strictObject({
  /** Made by the client: the same call again opens the same upload. */
  id: z.custom<Id<"upload">>((id) => isId("upload", id)),
  /** Given for a new version of a dataset; without it the upload makes a new data product. */
  dataset: z.custom<Id<"dataset">>((id) => isId("dataset", id)).optional(),
  fileName,
  bytes: z.int().nonnegative().max(Number.MAX_SAFE_INTEGER),
})
export type UploadInput = z.infer<typeof uploadInput>

/** Opens an upload, which its seller then sends to (`sendUpload`). */
export async function openUpload(needs: Needs, actor: Actor, input: UploadInput): Promise<Upload | Refusal> {
  const user = permit(actor, "product.draft")
  if (isRefusal(user)) return user
  if (input.bytes === 0) return refuse("file_empty", "file")
  if (input.bytes > maxUploadBytes) return refuse("body_too_large", "bytes", { most: maxUploadBytes })
  if ((await loadUpload(needs.sql, input.id)) === null) {
    const dataset = input.dataset
      ? await loadDataset(needs.sql, input.dataset)
      : { id: needs.newId("dataset"), party: user.party, product: needs.newId("product") }
    if (dataset === null || dataset.party !== user.party) return refuse("not_found", "dataset")
    if (!input.dataset) await insertDataset(needs.sql, dataset)
    await insertUpload(needs.sql, {
      id: input.id,
      party: user.party,
      dataset: dataset.id,
      product: dataset.product,
      fileName: cleanFileName(input.fileName),
      totalBytes: input.bytes,
    })
  }
  return readUpload(needs, actor, input.id)
}

/** An upload of the actor's own party: its state, how much was received, and then its version or its refusal. */
export async function readUpload(needs: Needs, actor: Actor, id: Id<"upload">): Promise<Upload | Refusal> {
  const user = permit(actor, "product.draft")
  if (isRefusal(user)) return user
  const upload = await loadUpload(needs.sql, id)
  return upload === null || upload.party !== user.party ? refuse("not_found", "upload") : upload
}

/**
 * Takes the bytes of an upload from `offset` on (0 begins it, also once more). What it returns says how far it
 * is: when the connection broke, go on at `receivedBytes`. The whole file makes a version, which is then
 * measured. Refused while another request is sending to the same upload. What the body still holds after a
 * refusal is left unread: the door closes the connection after its answer.
 */
export async function sendUpload(
  needs: Needs,
  actor: Actor,
  id: Id<"upload">,
  offset: number,
  body: Readable,
): Promise<Upload | Refusal> {
  const upload = await readUpload(needs, actor, id)
  if (isRefusal(upload)) return upload
  if (upload.state !== "open") return refuse("upload_not_open", "upload")
  const receiver = randomBytes(16).toString("hex")
  const claimed = await claimUpload(needs.sql, id, receiver)
  if (claimed === null) return refuse("too_busy", "upload")
  // The sender is told of a refusal on the same connection, so the body's end must not destroy it.
  const pieces = body.iterator({ destroyOnReturn: false })
  const refusal = await receiveClaimed(needs, claimed, receiver, offset, pieces)
  return refusal ?? readUpload(needs, actor, id)
}

async function receiveClaimed(
  needs: Needs,
  upload: Upload,
  receiver: string,
  offset: number,
  body: AsyncIterable<Uint8Array>,
): Promise<Refusal | null> {
  const { sql, files, config } = needs
  if (offset === 0 && upload.storageKey !== null) await files.delete(upload.storageKey)
  const resume = offset > 0 && upload.storageKey !== null ? { key: upload.storageKey, offset } : null
  if (offset > 0 && resume === null) {
    await releaseUpload(sql, upload.id, receiver, { receivedBytes: 0, storageKey: null })
    return refuse("range_invalid", "Content-Range", { received: 0 })
  }
  const productKey = await productKeyFor(sql, config.masterKey, upload.product)
  if (productKey === null) {
    const refusal = refuse("upload_not_open", "upload")
    await refuseUpload(sql, upload.id, receiver, refusal)
    return refusal
  }
  const watched = watchProgress(needs, upload.id, receiver)
  try {
    const received = await receiveFile(files, productKey, body, {
      maxBytes: maxUploadBytes,
      totalBytes: upload.totalBytes,
      ...(resume === null ? {} : { resume }),
      signal: watched.signal,
      onKey: (key) => keepStorageKey(sql, upload.id, receiver, key),
      onProgress: watched.progress,
    })
    return await endReceiving(needs, upload, receiver, received)
  } catch (error) {
    if (watched.signal.aborted) return refuse("upload_not_open", "upload")
    await releaseUpload(sql, upload.id, receiver, { receivedBytes: 0, storageKey: null })
    throw error
  } finally {
    watched.stop()
  }
}

/** Keeps the claim alive and the progress readable; the signal fires when the upload was cancelled or lost. */
function watchProgress({ sql }: Needs, id: Id<"upload">, receiver: string) {
  const lost = new AbortController()
  let bytes = 0
  const report = () =>
    reportProgress(sql, id, receiver, bytes).then(
      (mine) => mine || lost.abort(new Error("the upload was cancelled or taken over")),
      // The claim outlives a database that is away for a moment.
      () => {},
    )
  const timer = setInterval(report, progressEveryMs)
  return {
    signal: lost.signal,
    progress: (received: number) => {
      bytes = received
    },
    stop: () => clearInterval(timer),
  }
}

async function endReceiving(
  needs: Needs,
  upload: Upload,
  receiver: string,
  received: Received | Refusal,
): Promise<Refusal | null> {
  const { sql, files, newId } = needs
  if (isRefusal(received)) {
    if (received.refused === "range_invalid")
      await releaseUpload(sql, upload.id, receiver, {
        receivedBytes: Number(received.detail?.received ?? 0),
        storageKey: upload.storageKey,
      })
    else await refuseUpload(sql, upload.id, receiver, received)
    return received
  }
  if (received.state === "partial") {
    const left = { receivedBytes: received.bytes, storageKey: received.key }
    await releaseUpload(sql, upload.id, receiver, left)
    return null
  }
  const { key, sha256, bytes } = received
  const file = { name: upload.fileName, sha256, bytes, storageKey: key }
  if (await completeUpload(sql, upload, receiver, newId("version"), file)) return null
  await files.delete(key)
  return refuse("upload_not_open", "upload")
}

/** Ends an open upload and removes what was received. A request that is sending to it notices and stops. */
export async function endUpload(needs: Needs, actor: Actor, id: Id<"upload">): Promise<Upload | Refusal> {
  const upload = await readUpload(needs, actor, id)
  if (isRefusal(upload)) return upload
  const ended = await cancelUpload(needs.sql, id)
  if (ended === null) return refuse("upload_not_open", "upload")
  if (ended.storageKey !== null) await needs.files.delete(ended.storageKey)
  return readUpload(needs, actor, id)
}

/**
 * Gives up uploads that nobody goes on with, and removes what of their files nobody knows any more; how many.
 * @param nowMs milliseconds since 1970.
 */
export async function sweepUploads(needs: Needs, nowMs: number): Promise<number> {
  const stale = await loadStaleUploads(needs.sql, staleUploadMs, 100)
  for (const id of stale) {
    const ended = await cancelUpload(needs.sql, id)
    if (ended?.storageKey) await needs.files.delete(ended.storageKey)
  }
  for (const key of await needs.files.unfinished(nowMs - 2 * staleUploadMs)) await needs.files.delete(key)
  return stale.length
}
