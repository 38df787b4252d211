/**
 * What an alert is about. `webhook`: calls at the provider's door that were refused. `event`: an event that could
 * not be applied. `line`: a line of the provider's book that no journal of ours explains. `journal`: a journal
 * that no line of the provider's shows. `balance`: the provider's balance is not the book's. `invariant`: the
 * book breaks a rule of its own. `payout`: a payout of the platform's failed, or came back. `call`: a
 * call about a payment that the provider refuses again and again. `command`: a step that moves money and was refused for what it would
 * have done. `inquiry`: a buyer's bank asks about a payment, and
 * has taken nothing.
 */
export const alertKinds = [
  "webhook",
  "event",
  "line",
  "journal",
  "balance",
  "invariant",
  "payout",
  "call",
  "inquiry",
  "command",
] as const
export type AlertKind = (typeof alertKinds)[number]
