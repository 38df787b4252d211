import type Stripe from "stripe"
import type { Faults } from "../../control/faults.ts"
import { balanceOf } from "../../objects/balance.ts"
import { escapeHtml, page } from "../html.ts"
import { button, buttons, code, day, money, state, table, time, type View, wordsOf } from "./parts.ts"

/** All that happened, newest first, and the clock. */
export function overview(view: View, faults: Faults, problem?: string): string {
  const say = wordsOf(view)
  const advance = say.advance.map(([seconds, label]) =>
    button(view, { act: "clock", label, fields: { advance_seconds: seconds } }),
  )
  const alert =
    problem === undefined ? "" : `<p class="error" role="alert">${say.problem}${escapeHtml(problem)}</p>`
  const clock = `<section class="card"><h1>${say.title}</h1>${alert}<p>${say.clock} <strong>${time(view.world.now())}</strong> <span class="dim">(${say.utc})</span></p>${buttons(advance)}</section>`
  const sections = [
    clock,
    balances(view),
    payments(view),
    disputes(view),
    payouts(view),
    deliveries(view),
    faultList(view, faults),
  ]
  return page(view.locale, say.title, sections.join("\n"), "wide")
}

function balances(view: View): string {
  const say = wordsOf(view)
  const accounts = [...view.world.store.oldest("account")].map(([id, account]) => ({
    owner: id,
    name: account.display_name ?? id,
  }))
  const rows = [{ owner: null, name: say.platform }, ...accounts].flatMap(({ owner, name }) =>
    [...balanceOf(view.world, owner)].map(([currency, sum]) => [
      escapeHtml(name),
      money(view, sum.available, currency),
      money(view, sum.pending, currency),
    ]),
  )
  const columns = [
    { label: say.owner },
    { label: say.available, number: true as const },
    { label: say.pending, number: true as const },
  ]
  return table("balances", say.balances, columns, rows, say.none)
}

/** One word for where a session stands, with what happened to its money since. */
export function standing({ world }: View, session: Stripe.Checkout.Session): string {
  if (session.status === "expired") return "expired"
  const intent =
    typeof session.payment_intent === "string" ? world.store.get("intent", session.payment_intent) : undefined
  const charge =
    typeof intent?.latest_charge === "string" ? world.store.get("charge", intent.latest_charge) : undefined
  if (session.status === "open") {
    if (intent?.status === "requires_action") return "needs_approval"
    return charge?.status === "failed" ? "declined" : "open"
  }
  if (session.payment_status !== "paid") return charge?.status === "failed" ? "failed" : "settling"
  if (charge?.disputed === true)
    for (const [, dispute] of world.store.newest("dispute"))
      if (dispute.charge === charge.id)
        return dispute.status === "won" || dispute.status === "lost"
          ? `dispute_${dispute.status}`
          : "disputed"
  if (charge?.refunded === true) return "refunded"
  return (charge?.amount_refunded ?? 0) > 0 ? "partly_refunded" : "paid"
}

const newest = <T>(rows: Iterable<[string, T]>, count: number): T[] => {
  const taken: T[] = []
  for (const [, row] of rows) {
    if (taken.length === count) break
    taken.push(row)
  }
  return taken
}

function payments(view: View): string {
  const say = wordsOf(view)
  const rows = newest(view.world.store.newest("session"), 50).map((session) => [
    `<a href="/_sandbox/payments/${session.id}?lang=${view.locale}">${escapeHtml(session.client_reference_id ?? session.id.slice(0, 16))}</a>`,
    state(view, standing(view, session)),
    money(view, session.amount_total ?? 0, session.currency ?? "usd"),
    time(session.created),
  ])
  const columns = [
    { label: say.reference },
    { label: say.status },
    { label: say.amount, number: true as const },
    { label: say.time },
  ]
  return table("payments", say.payments, columns, rows, say.none)
}

/** The bank's two answers, while it has not answered. */
export function disputeButtons(view: View, { id, status }: Stripe.Dispute): string {
  const { acts } = wordsOf(view)
  if (status !== "needs_response" && status !== "under_review") return ""
  return buttons([
    button(view, { act: "disputes win", id, label: acts.win, about: id }),
    button(view, { act: "disputes lose", id, label: acts.lose, about: id }),
  ])
}

function disputes(view: View): string {
  const say = wordsOf(view)
  const rows = newest(view.world.store.newest("dispute"), 50).map((dispute) => [
    code(dispute.reason),
    state(view, dispute.status),
    disputeButtons(view, dispute),
    money(view, dispute.amount, dispute.currency),
    time(dispute.created),
    dispute.evidence_details.due_by === null ? "" : day(dispute.evidence_details.due_by),
    code(dispute.id),
  ])
  const columns = [
    { label: say.reason },
    { label: say.status },
    { label: say.actions },
    { label: say.amount, number: true as const },
    { label: say.time },
    { label: say.dueBy },
    { label: "ID" },
  ]
  return table("disputes", say.disputes, columns, rows, say.none)
}

function payouts(view: View): string {
  const say = wordsOf(view)
  const rows = newest(view.world.store.newest("payout"), 50).map(({ owner, payout }) => [
    owner === null ? say.platform : escapeHtml(view.world.store.get("account", owner)?.display_name ?? owner),
    state(view, payout.status === "paid" ? "arrived" : payout.status),
    ["pending", "in_transit", "paid"].includes(payout.status)
      ? button(view, { act: "payouts fail", id: payout.id, label: say.acts.failPayout, about: payout.id })
      : code(payout.failure_code ?? ""),
    money(view, payout.amount, payout.currency),
    time(payout.created),
    day(payout.arrival_date),
  ])
  const columns = [
    { label: say.owner },
    { label: say.status },
    { label: say.actions },
    { label: say.amount, number: true as const },
    { label: say.time },
    { label: say.arrival },
  ]
  return table("payouts", say.payouts, columns, rows, say.none)
}

function deliveries(view: View): string {
  const say = wordsOf(view)
  const { store } = view.world
  const rows = newest(store.newest("delivery"), 30).map((delivery) => [
    code(store.get("event", delivery.event)?.type ?? delivery.event),
    state(view, delivery.state),
    String(delivery.attempts),
    escapeHtml(delivery.lastAnswer ?? ""),
    code(store.get("endpoint", delivery.endpoint)?.url ?? delivery.endpoint),
  ])
  const columns = [
    { label: say.event },
    { label: say.status },
    { label: say.attempts, number: true as const },
    { label: say.answer },
    { label: say.endpoint },
  ]
  return table("deliveries", say.deliveries, columns, rows, say.none)
}

function faultList(view: View, faults: Faults): string {
  const say = wordsOf(view)
  const rows = faults.list().map((fault) => {
    const target = [fault.method, fault.path, fault.type].filter((part) => part !== undefined).join(" ")
    return [
      code(fault.kind),
      target === "" ? say.anything : code(target),
      String(fault.seen),
      String(fault.fired.length),
      code(fault.fired.at(-1)?.what ?? ""),
      button(view, { act: "faults end", id: fault.id, label: say.acts.end, about: fault.kind }),
    ]
  })
  const columns = [
    { label: say.kind },
    { label: say.hits },
    { label: say.seen, number: true as const },
    { label: say.fired, number: true as const },
    { label: say.last },
    { label: say.actions },
  ]
  return table("faults", say.faults, columns, rows, say.none)
}
