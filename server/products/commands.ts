import { z } from "zod"
import type { Actor } from "#contracts/actor.ts"
import { type Id, isId } from "#contracts/ids.ts"
import { type Locale, localizedText } from "#contracts/localized-text.ts"
import { draftChanges, emptyDraft } from "#contracts/product.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import { openUpload, uploadInput } from "../datasets/uploads.ts"
import type { Services } from "../services.ts"
import { applyChanges } from "./rules.ts"
import { insertProduct, loadProduct, saveDraft } from "./store.ts"

/** Without `dataset` the upload begins a new product; with it, a new version of that one's data. */
export const openProductInput = uploadInput

/**
 * Opens an upload and, with a new one, its product: the draft's title is the file's name until the seller writes
 * a better one. The same upload id opens the same upload and product again.
 */
export async function openProduct(
  services: Services,
  actor: Actor,
  input: z.infer<typeof openProductInput>,
  locale: Locale,
) {
  const user = permit(actor, "product.draft")
  if (isRefusal(user)) return user
  const upload = await openUpload(services, actor, input)
  if (isRefusal(upload)) return upload
  const { id, product, dataset, fileName } = upload
  const draft = { ...emptyDraft, title: titleOf(fileName, locale) }
  await insertProduct(services.sql, { id: product, party: user.party, draft, savedBy: id })
  return { upload: id, product, dataset }
}

function titleOf(fileName: string, locale: Locale) {
  const stem = fileName
    .replace(/\.[a-z0-9]{1,8}$/i, "")
    .replaceAll(/[_\s]+/g, " ")
    .trim()
  const title = localizedText(110).safeParse({ original: locale, [locale]: stem })
  return title.success ? title.data : null
}

export const saveProductInput = z.strictObject({
  commandId: z.string().refine((text): text is Id<"command"> => isId("command", text)),
  product: z.string().refine((text): text is Id<"product"> => isId("product", text)),
  /** The draft's version that was shown. */
  version: z.int().min(1),
  changes: draftChanges,
})

/**
 * Saves one step of a draft and answers its new version. Refuses `stale_version` when somebody else saved
 * meanwhile, and what the typed values themselves break (`applyChanges`). The same command again changes nothing.
 */
export async function saveProduct(
  { sql }: Services,
  actor: Actor,
  { commandId, product: id, version, changes }: z.infer<typeof saveProductInput>,
): Promise<{ version: number } | Refusal> {
  const user = permit(actor, "product.draft")
  if (isRefusal(user)) return user
  const product = await loadProduct(sql, id)
  if (product === null || product.party !== user.party) return refuse("not_found", "product")
  if (product.savedBy === commandId) return { version: product.version }
  if (product.version !== version) return refuse("stale_version", "product")
  const draft = applyChanges(product.draft, changes)
  if (isRefusal(draft)) return draft
  const rights = changes.evidence !== undefined || changes.policy !== undefined
  if (await saveDraft(sql, { id, version, draft, savedBy: commandId }, rights))
    return { version: version + 1 }
  const now = await loadProduct(sql, id)
  return now?.savedBy === commandId ? { version: now.version } : refuse("stale_version", "product")
}
