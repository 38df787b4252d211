import type { JobPayloads, JobTask } from "#contracts/job.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { measureVersion } from "../datasets/versions.ts"
import { deliverTrade } from "../delivery/jobs.ts"
import { carryOutErasure } from "../erasure/jobs.ts"
import { carryOutExport } from "../ledger/export/job.ts"
import { indexListing } from "../listings/search.ts"
import { carryOut } from "../payments/apply.ts"
import { applyWebhook, expireCheckout } from "../payments/inbox.ts"
import { carryOutPayout } from "../payouts/carry-out.ts"
import { carryOutDebt, carryOutRefund } from "../refunds/carry-out.ts"
import { drawPreview } from "../registrations/jobs.ts"
import type { Services } from "../services.ts"
import { spreadFreeze } from "../supervision/jobs.ts"
import { settleFreeTrade } from "../trades/deadlines.ts"

/** What each job does. Every one may run twice; one that throws is tried again later with growing pauses. */
export type Tasks = { [T in JobTask]: (services: Services, payload: JobPayloads[T]) => Promise<void> }

export const tasks: Tasks = {
  erase: (services, { erasure }) => carryOutErasure(services, erasure),
  export: (services, { run }) => carryOutExport(services, run),
  deliver: (services, { trade }) => deliverTrade(services, trade),
  spreadFreeze: (services, { freeze }) => spreadFreeze(services, freeze),
  profile: (services, { version }) => measureVersion(services, version),
  drawSample: (services, { registration }) => drawPreview(services, registration),
  indexListing: (services, { listing }) => indexListing(services, listing),
  partPayment: (services, { payment }) => carryOut(services, payment),
  carryRefund: (services, { refund }) => carryOutRefund(services, refund),
  carryPayout: (services, { payout }) => carryOutPayout(services, payout),
  carryDebt: async (services, { debt }) => {
    await carryOutDebt(services, debt)
  },
  applyWebhook: (services, { provider, event }) => applyWebhook(services, provider, event),
  expireCheckout: (services, { payment }) => expireCheckout(services, payment),
  settleFree: async (services, { trade }) => {
    const answer = await settleFreeTrade(services, trade)
    if (isRefusal(answer) && answer.refused === "too_busy") throw new Error("too busy")
  },
}
