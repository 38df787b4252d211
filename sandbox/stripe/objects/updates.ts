import { metadataChange, optional, text } from "../http/readers.ts"
import { idOf, type Route, route } from "../http/route.ts"
import type { World } from "../state/world.ts"
import { emit } from "./events.ts"
import { findCharge, findIntent } from "./payments.ts"
import { findRefund } from "./refunds.ts"
import { findSession } from "./sessions.ts"
import { findTransfer } from "./transfers.ts"

const marks = { metadata: optional(metadataChange) }
const described = { ...marks, description: optional(text()) }
type Marks = {
  metadata?: ((before: Record<string, string>) => Record<string, string>) | undefined
  description?: string | undefined
}

/** The object with the metadata and the description that an update gives it. */
const changed = <T extends { metadata: Record<string, string> | null }>(row: T, params: Marks): T => ({
  ...row,
  ...(params.metadata === undefined ? {} : { metadata: params.metadata(row.metadata ?? {}) }),
  ...(params.description === undefined ? {} : { description: params.description || null }),
})

function told<T extends object>(world: World, event: string, row: T): T {
  emit(world, event, row)
  return row
}

/** What callers may change of objects that move money: their marks, nothing else. */
export const updateRoutes: Route[] = [
  route("POST", "/v1/charges/:id", described, (call, params) => {
    const row = changed(findCharge(call.world, idOf(call)), params)
    return told(call.world, "charge.updated", call.world.store.put("charge", row.id, row))
  }),
  route("POST", "/v1/payment_intents/:id", described, (call, params) => {
    const row = changed(findIntent(call.world, idOf(call)), params)
    return call.world.store.put("intent", row.id, row)
  }),
  route("POST", "/v1/checkout/sessions/:id", marks, (call, params) => {
    const row = changed(findSession(call.world, idOf(call)), params)
    return call.world.store.put("session", row.id, row)
  }),
  route("POST", "/v1/refunds/:id", marks, (call, params) => {
    const row = changed(findRefund(call.world, idOf(call)), params)
    return told(call.world, "refund.updated", call.world.store.put("refund", row.id, row))
  }),
  route("POST", "/v1/transfers/:id", described, (call, params) => {
    const row = changed(findTransfer(call.world, idOf(call)), params)
    return told(call.world, "transfer.updated", call.world.store.put("transfer", row.id, row))
  }),
]
