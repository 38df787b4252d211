import { setTimeout as delay } from "node:timers/promises"
import { toMs } from "#contracts/time.ts"
import { sweepChargebacks } from "../chargebacks/sweep.ts"
import { sweepUploads } from "../datasets/uploads.ts"
import { sweepMeasuring } from "../datasets/versions.ts"
import { sweepDeliveries } from "../delivery/jobs.ts"
import { sweepAudit } from "../finance/audit-run.ts"
import { sweepThreadIndex } from "../ledger/index/sweep.ts"
import { sweepRequests } from "../matching/jobs.ts"
import { sweepEvents, sweepPayments } from "../payments/inbox.ts"
import { sweepPayouts } from "../payouts/carry-out.ts"
import { sweepRefunds } from "../refunds/carry-out.ts"
import type { Services } from "../services.ts"
import { sweepReconciliation } from "../settlements/run.ts"
import { sweepFreezes } from "../supervision/jobs.ts"
import { sweepDeadlines } from "../trades/deadlines.ts"

/** Work that time alone brings. Each sweep is safe beside another worker's. */
type Sweep = { name: string; everyMs: number; run: (services: Services) => Promise<unknown> }

export const sweeps: readonly Sweep[] = [
  { name: "deadlines", everyMs: 1_000, run: (services) => sweepDeadlines(services) },
  { name: "requests", everyMs: 5_000, run: (services) => sweepRequests(services) },
  { name: "freezes", everyMs: 5_000, run: (services) => sweepFreezes(services) },
  { name: "thread index", everyMs: 10_000, run: (services) => sweepThreadIndex(services) },
  { name: "deliveries", everyMs: 60_000, run: (services) => sweepDeliveries(services) },
  { name: "payments", everyMs: 15_000, run: (services) => sweepPayments(services) },
  { name: "reconciliation", everyMs: 60_000, run: (services) => sweepReconciliation(services) },
  { name: "refunds", everyMs: 15_000, run: (services) => sweepRefunds(services) },
  { name: "chargebacks", everyMs: 60_000, run: (services) => sweepChargebacks(services) },
  { name: "payouts", everyMs: 60_000, run: (services) => sweepPayouts(services) },
  { name: "audit of the book", everyMs: 60_000, run: (services) => sweepAudit(services) },
  { name: "events", everyMs: 60_000, run: (services) => sweepEvents(services) },
  {
    name: "uploads",
    everyMs: 60_000,
    run: (services) => sweepUploads(services, toMs(services.writer.now())),
  },
  {
    name: "measuring",
    everyMs: 600_000,
    run: (services) => sweepMeasuring(services, toMs(services.writer.now())),
  },
]

/** Runs every sweep at its own pace until the signal ends it; one that fails is told and tried again. */
export async function runSweeps(services: Services, signal: AbortSignal): Promise<void> {
  await Promise.all(sweeps.map((sweep) => repeat(services, sweep, signal)))
}

/** One sweep at its own pace. */
export async function repeat(services: Services, sweep: Sweep, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await sweep.run(services)
    } catch (error) {
      console.error(`the sweep of ${sweep.name} failed and is tried again:`, error)
    }
    await delay(sweep.everyMs, undefined, { signal }).catch(() => {})
  }
}
