import { balanceIdOf } from "#contracts/balance.ts"
import { refuse } from "#contracts/refusal.ts"
import type { HoldRail } from "../escrow/hold-rail.ts"

/**
 * Prepaid balances: the money is here already, so nobody outside is asked. What a leg or a refund moves is decided in
 * the same decision that notes it as done (server/trades/funding-rules.ts, server/refunds/carry-out.ts); its reference
 * is the balance that it went to.
 */
export const balanceRail: HoldRail = {
  // Paying is one decision without a page (server/trades/prepay-rules.ts).
  hold: async () => refuse("rail_not_available", "balance"),
  move: async ({ seller, buyer, amount }, kind) => ({
    kind: "done",
    reference: balanceIdOf(kind === "release" ? seller : buyer, amount.currency),
  }),
  close: async () => "closed",
  giveBack: async ({ buyer, amount }) => ({ kind: "done", reference: balanceIdOf(buyer, amount.currency) }),
  takeBack: async () => ({ kind: "balance" }),
}
