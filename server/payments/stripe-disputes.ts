import type Stripe from "stripe"
import { toMs } from "#contracts/time.ts"
import { disputeExpansion, readDispute, readPayout, writeEvidence } from "./interpret-disputes.ts"
import { outcomeOf } from "./outcome.ts"
import type { DisputeCalls, PayoutCalls } from "./provider-disputes.ts"

const expand = disputeExpansion

const since = (time: string) => ({ created: { gte: Math.floor(toMs(time) / 1000) }, limit: 100 })

async function oldestFirst<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of pages) all.push(item)
  return all.reverse()
}

export function disputeCalls({ disputes }: Stripe): DisputeCalls {
  return {
    retrieveDispute: (id) => outcomeOf(async () => readDispute(await disputes.retrieve(id, { expand }))),
    listDisputes: (time) =>
      outcomeOf(async () =>
        (await oldestFirst(disputes.list({ ...since(time), expand: ["data.charge"] }))).map(readDispute),
      ),
    submitEvidence: ({ dispute, evidence, idempotencyKey }) =>
      outcomeOf(async () =>
        readDispute(
          await disputes.update(
            dispute,
            { evidence: writeEvidence(evidence), submit: true, expand },
            { idempotencyKey },
          ),
        ),
      ),
    acceptDispute: ({ dispute, idempotencyKey }) =>
      outcomeOf(async () => readDispute(await disputes.close(dispute, { expand }, { idempotencyKey }))),
  }
}

export function payoutCalls({ payouts }: Stripe): PayoutCalls {
  return {
    createPayout: ({ payoutId, amount, idempotencyKey }) =>
      outcomeOf(async () =>
        readPayout(
          await payouts.create(
            {
              amount: Number(amount.minor),
              currency: amount.currency.toLowerCase(),
              metadata: { payout: payoutId, key: idempotencyKey },
            },
            { idempotencyKey },
          ),
        ),
      ),
    retrievePayout: (id) => outcomeOf(async () => readPayout(await payouts.retrieve(id))),
    listPayouts: (time) =>
      outcomeOf(async () => (await oldestFirst(payouts.list(since(time)))).map(readPayout)),
  }
}
