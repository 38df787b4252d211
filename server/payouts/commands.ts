import { z } from "zod"
import type { Actor } from "#contracts/actor.ts"
import { type Id, isId } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { movableMoney, zero } from "#contracts/money.ts"
import { isRefusal, type Refusal } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import { takeRandom } from "../random.ts"
import type { Services } from "../services.ts"
import { userActor } from "../trades/scene.ts"
import { startPayout } from "./rules.ts"
import { loadOwn, lockPayouts } from "./store.ts"

export const payOutInput = z.strictObject({
  commandId: z.string().refine((text): text is Id<"command"> => isId("command", text)),
  amount: movableMoney,
})

/** The operator has the platform's own money paid out to its bank account; a job asks the provider. */
export async function payOut(
  services: Services,
  actor: Actor,
  input: z.infer<typeof payOutInput>,
): Promise<Json | Refusal> {
  const user = permit(actor, "payout.start")
  if (isRefusal(user)) return user
  const made = {
    id: services.newId("payout"),
    nonce: takeRandom(16).toString("hex"),
    owner: user.party,
  }
  const { amount } = input
  return lockPayouts(services.sql, (sql) =>
    services.writer.run(
      { giver: user.party, id: input.commandId, action: "payout.start", input },
      async () =>
        (await loadOwn(sql)).find(({ currency }) => currency === amount.currency) ?? zero(amount.currency),
      (own, now) => startPayout(made, amount, own, userActor("operator", user.party, user.user), now),
    ),
  )
}
