import type { HoldRail } from "../escrow/hold-rail.ts"

/**
 * Transfers between companies (对公转账): the buyer writes the reference on the transfer, the operator confirms
 * what came and, on release or refund, what was paid out. Nothing moves by itself.
 */
export function makeBankRail(account: string): HoldRail {
  return {
    hold: async (payment) => ({ kind: "transfer", reference: payment.reference, account }),
    move: async () => ({ kind: "waiting", reason: "operator" }),
    close: async () => "closed",
    giveBack: async () => ({ kind: "waiting", reason: "operator" }),
    takeBack: async () => ({ kind: "impossible", reason: "bank" }),
  }
}
