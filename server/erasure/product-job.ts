import type { Grant } from "#contracts/delivery.ts"
import { erasedGrant } from "#contracts/erasure.ts"
import type { Id } from "#contracts/ids.ts"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import { eraseProductKey } from "../datasets/product-keys.ts"
import { decide } from "../decision.ts"
import type { Services } from "../services.ts"
import { systemActor } from "../trades/scene.ts"
import { revokeGrant } from "../trades/settlement-rules.ts"
import { loadScene } from "../trades/store.ts"
import * as store from "./product-store.ts"
import type { Before } from "./steps.ts"

type Needs = Pick<Services, "sql" | "writer" | "files">

const atOnce = 50

/**
 * Removes the data of a product. Each step may be done twice, and one that was cut off is done by the next run. The
 * grants end first, so that a buyer reads why; then the key goes, and with it every copy of the files; then the files
 * themselves, and what was measured of them and drawn from them. Where they lay is forgotten last: a run that was cut
 * off must still find them.
 */
export async function removeProduct(
  services: Needs,
  erasure: Id<"erasure">,
  product: Id<"product">,
  before: Before,
): Promise<void> {
  const { sql, files } = services
  await before("grants")
  await endGrants(services, erasure, product)
  await before("key")
  await eraseProductKey(sql, product)
  await before("files")
  for (const key of await store.storedFiles(sql, product)) await files.delete(key)
  await before("rows")
  await store.forgetData(sql, product)
}

async function endGrants(services: Needs, erasure: Id<"erasure">, product: Id<"product">): Promise<void> {
  for (;;) {
    const grants = await store.activeGrants(services.sql, product, atOnce)
    if (grants.length === 0) return
    for (const grant of grants) await endGrant(services, erasure, grant)
  }
}

/** A fetch that is counted at the same moment raises the grant's version: the next round sees it. */
async function endGrant(
  { sql, writer }: Needs,
  erasure: Id<"erasure">,
  { id, trade, version }: Grant,
): Promise<void> {
  const answer = await writer.run(
    {
      giver: "system",
      id: `erase:${erasure}:${id}:${version}`,
      action: "grant.revoke",
      input: { grant: id },
    },
    async () => (await loadScene(sql, trade)) ?? refuse("not_found"),
    ({ grant }, now) => {
      const ended = revokeGrant(grant, erasedGrant, systemActor("erase"), now)
      return ended ? decide({ ...ended, result: { grant: id } }) : refuse("grant_revoked", "grant")
    },
  )
  if (isRefusal(answer) && answer.refused !== "grant_revoked")
    throw new Error(`the grant ${id} was not ended: ${answer.refused}`)
}
