import { listingTabs, operatorQueues, type paths, productSteps } from "../../app/_lib/paths.ts"
import type { DemoAccount } from "../../server/seed/accounts.ts"
import type { Ids } from "./ids.ts"

/** The pages that are shown, and by whom they are read. */
type To = ReturnType<typeof paths>
export type Role = DemoAccount["role"] | null
export type ShownPage = {
  name: string
  role: Role
  /** Null: the demo market has nothing to show it with, which `readIds` has told. */
  at(to: To, ids: Ids): string | null
  dark?: true
  status?: number
}

const page = (
  role: Role,
  name: string,
  at: ShownPage["at"],
  more: Pick<ShownPage, "dark" | "status"> = {},
): ShownPage => ({ role, name, at, ...more })

/** An address with an id in it, when there is one. */
const withId =
  (id: keyof Ids, make: (to: To, id: string) => string): ShownPage["at"] =>
  (to, ids) => {
    const found = ids[id]
    return found === undefined ? null : make(to, found)
  }

export const pages: readonly ShownPage[] = [
  page(null, "home", (to) => to.home(), { dark: true }),
  page(null, "search", (to) => to.search({ q: "weather" })),
  ...listingTabs.map((tab) =>
    page(
      null,
      tab === "overview" ? "listing" : `listing-${tab}`,
      withId("listing", (to, id) => to.listing(id, tab)),
      tab === "overview" ? { dark: true } : {},
    ),
  ),
  page(
    null,
    "party",
    withId("seller", (to, id) => to.party(id)),
  ),
  page(null, "ledger", (to) => to.ledger()),
  page(null, "ledger-not-found", (to) => to.ledger({ file: "0".repeat(64) })),
  page(
    null,
    "ledger-trade",
    withId("trade", (to, id) => to.ledger({ q: id })),
  ),
  page(
    null,
    "record",
    withId("record", (to, id) => to.record(Number(id))),
    { dark: true },
  ),
  page(null, "checkpoints", (to) => to.checkpoints()),
  page(
    null,
    "checkpoint",
    withId("checkpoint", (to, id) => to.checkpoint(Number(id))),
    { dark: true },
  ),
  page(
    null,
    "certificate",
    withId("record", (to, id) => to.certificate(Number(id))),
  ),
  page(null, "verify", (to) => to.verify()),
  page(null, "sign-in", (to) => to.signIn()),
  page(null, "sign-up", (to) => to.signUp()),
  page(null, "not-found", (to) => `${to.home()}/there-is-no-such-page`, { status: 404 }),

  page("seller", "studio", (to) => to.studio()),
  page("seller", "product-new", (to) => to.newProduct()),
  page(
    "seller",
    "product",
    withId("product", (to, id) => to.product(id)),
  ),
  ...productSteps.map((step) =>
    page(
      "seller",
      `product-${step}`,
      withId("product", (to, id) => to.product(id, step)),
    ),
  ),
  page("seller", "sales", (to) => to.trades()),

  page("buyer", "requests", (to) => to.requests()),
  page("buyer", "request-new", (to) => to.newRequest()),
  page(
    "buyer",
    "request",
    withId("request", (to, id) => to.request(id)),
  ),
  page("buyer", "trades", (to) => to.trades()),
  page("buyer", "trade-new", (to, { listing, plan }) =>
    listing === undefined || plan === undefined ? null : to.newTrade(listing, plan),
  ),
  page(
    "buyer",
    "trade",
    withId("trade", (to, id) => to.trade(id)),
    { dark: true },
  ),
  page(
    "buyer",
    "agreement",
    withId("trade", (to, id) => to.agreement(id)),
  ),
  page(
    "buyer",
    "checkout",
    withId("agreedTrade", (to, id) => to.checkout(id)),
  ),
  page(
    "buyer",
    "delivery",
    withId("deliveredTrade", (to, id) => to.delivery(id)),
  ),
  page(
    "buyer",
    "statement",
    withId("trade", (to, id) => to.statement(id)),
  ),
  page(
    "buyer",
    "trade-chargeback-won",
    withId("wonTrade", (to, id) => to.trade(id)),
  ),
  page(
    "buyer",
    "trade-chargeback-lost",
    withId("lostTrade", (to, id) => to.trade(id)),
  ),
  page(
    "buyer",
    "trade-money-on-its-way",
    withId("delayedTrade", (to, id) => to.trade(id)),
  ),
  page(
    "buyer",
    "trade-partly-repaid",
    withId("partlyRepaidTrade", (to, id) => to.trade(id)),
    { dark: true },
  ),
  page(
    "buyer",
    "statement-partly-repaid",
    withId("partlyRepaidTrade", (to, id) => to.statement(id)),
  ),
  page("buyer", "balance", (to) => to.balance(), { dark: true }),
  page("buyer", "own-exports", (to) => to.ownExports()),
  page(
    "buyer",
    "own-export",
    withId("ownExport", (to, id) => to.ownExport(id)),
  ),
  page("buyer", "account", (to) => to.account()),
  page("buyer", "account-erasure", (to) => to.ownErasures()),
  page("buyer", "own-party", (to) => to.ownParty()),
  page("regulator", "own-party-new", (to) => to.newParty()),

  page("operator", "operator", (to) => to.operator()),
  ...operatorQueues.map((queue) => page("operator", `operator-${queue}`, (to) => to.operatorQueue(queue))),
  page(
    "operator",
    "operator-registration",
    withId("registration", (to, id) => to.operatorItem("registrations", id)),
  ),
  page(
    "operator",
    "operator-party",
    withId("seller", (to, id) => to.operatorItem("parties", id)),
  ),
  page(
    "operator",
    "operator-payment",
    withId("payment", (to, id) => to.operatorItem("payments", id)),
  ),
  page(
    "operator",
    "operator-dispute",
    withId("dispute", (to, id) => to.operatorItem("disputes", id)),
  ),
  page(
    "operator",
    "operator-chargeback",
    withId("chargeback", (to, id) => to.operatorItem("chargebacks", id)),
    { dark: true },
  ),
  page(
    "operator",
    "operator-erasure",
    withId("erasure", (to, id) => to.operatorItem("erasures", id)),
  ),
  ...(["payouts", "refunds", "debts", "late", "topUps", "withdrawals"] as const).map((queue) =>
    page("operator", `operator-payments-${queue}`, (to) => to.operatorQueue("payments", { queue })),
  ),
  page("operator", "operator-payouts", (to) => to.payouts()),
  page("operator", "operator-regulators", (to) => to.regulators()),
  page("operator", "finance", (to) => to.finance(), { dark: true }),
  page("operator", "operator-bank-files", (to) => to.bankFiles()),
  page(
    "operator",
    "operator-bank-file",
    withId("bankFile", (to, id) => to.bankFile(id)),
    { dark: true },
  ),
  page("operator", "operator-bank-line", (to, { bankFile, bankLine }) =>
    bankFile && bankLine ? to.bankLine(bankFile, bankLine) : null,
  ),
  page("operator", "finance-corrections", (to) => to.corrections()),
  page("operator", "finance-journals", (to) => to.journals()),

  page("regulator", "supervision", (to) => to.supervision(), { dark: true }),
  page(
    "regulator",
    "supervised-trade",
    withId("trade", (to, id) => to.supervisedTrade(id)),
  ),
  page(
    "regulator",
    "supervised-party",
    withId("seller", (to, id) => to.supervisedParty(id)),
  ),
  page("regulator", "freezes", (to) => to.freezes()),
  page(
    "regulator",
    "freeze",
    withId("freeze", (to, id) => to.freeze(id)),
  ),
  page(
    "regulator",
    "freeze-new",
    withId("wonTrade", (to, id) => to.newFreeze("trade", id)),
  ),
  page("regulator", "holds", (to) => to.holds()),
  page("regulator", "openings", (to) => to.openings()),
  page("regulator", "exports", (to) => to.exports()),
  page(
    "regulator",
    "export",
    withId("export", (to, id) => to.exportRun(id)),
  ),
]
