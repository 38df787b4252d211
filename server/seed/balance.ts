import type { Id } from "#contracts/ids.ts"
import type { Trading } from "./trades.ts"
import { answerOf } from "./visitor.ts"

const amount = { minor: "500000", currency: "CNY" } as const

/** A buyer has prepaid by a bank transfer that the operator has confirmed; done again it is the same top-up. */
export async function topUpBalance({ secret, members, operator }: Trading): Promise<void> {
  const buyer = members.get("buyer-1@demo.example")
  if (!buyer) throw new Error("the demo market has no first buyer")
  const { ask } = buyer.visitor
  const started = await answerOf(
    ask.balances.startTopUp.mutate({ commandId: secret.command("top up"), amount, rail: "bank" }),
  )
  const { topUp } = started as { topUp: Id<"topUp"> }
  await operator.visitor.ask.balances.confirmTopUp.mutate({
    commandId: secret.command("confirm top-up"),
    topUp,
    amount,
    bankNumber: "BR-2026-1101",
  })
}
