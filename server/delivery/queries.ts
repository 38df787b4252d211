import type { Actor } from "#contracts/actor.ts"
import type { Grant } from "#contracts/delivery.ts"
import type { Id } from "#contracts/ids.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { permit } from "../access/permit.ts"
import type { Services } from "../services.ts"
import { loadScene } from "../trades/store.ts"
import { type DownloadLines, downloadLines, filePath } from "./links.ts"
import type { DeliveredFile } from "./range.ts"
import { refuseFetch } from "./rules.ts"
import { loadFiles } from "./store.ts"

export type GrantedFile = DeliveredFile & {
  /** Where the browser fetches it, with the session; null for the seller, who sees the delivery but fetches nothing. */
  path: string | null
  /** Lines for a shell with a link of their own; null while nothing may be fetched. */
  lines: DownloadLines | null
}

export type Delivery = {
  grant: Grant
  files: GrantedFile[]
  /** Why a new fetch would be refused now; null when it would not. */
  refusal: Refusal | null
  fetchesLeft: number | null
  now: Time
}

/** How a trade's data is got, for its two parties. Null while there is no grant yet. */
export async function deliveryOfTrade(
  services: Pick<Services, "sql" | "writer" | "config">,
  actor: Actor,
  trade: Id<"trade">,
): Promise<Delivery | null | Refusal> {
  const user = permit(actor, "trade.read")
  if (isRefusal(user)) return user
  const scene = await loadScene(services.sql, trade)
  const isBuyer = scene?.trade.buyer === user.party
  if (!scene || (!isBuyer && scene.trade.seller !== user.party)) return refuse("not_found", "trade")
  const { grant } = scene
  if (!grant) return null
  const now = services.writer.now()
  const refusal = refuseFetch(scene, grant, 0, now)
  const files = (await loadFiles(services.sql, grant.datasetVersion)).map((file) => ({
    ...file,
    path: isBuyer ? filePath({ grant: grant.id, name: file.name }) : null,
    lines: isBuyer && !refusal ? downloadLines(grant.id, file, user, now, services.config) : null,
  }))
  const { fetchesAllowed, fetches } = grant
  return {
    grant,
    files,
    refusal,
    fetchesLeft: fetchesAllowed === null ? null : Math.max(0, fetchesAllowed - fetches),
    now,
  }
}
