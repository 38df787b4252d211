import type Stripe from "stripe"
import type { World } from "../../state/world.ts"
import { escapeHtml, page } from "../html.ts"
import { disputeButtons, standing } from "./overview.ts"
import { button, buttons, code, money, state, table, time, type View, wordsOf } from "./parts.ts"

type Session = Stripe.Checkout.Session

/** The ids of all that belongs to a session: its intent, and of each charge what became of its money. */
function partsOf({ store }: World, session: Session): Set<string> {
  const ids = new Set([session.id])
  if (typeof session.payment_intent === "string") ids.add(session.payment_intent)
  const has = (id: unknown): boolean => typeof id === "string" && ids.has(id)
  for (const [id, charge] of store.oldest("charge")) if (has(charge.payment_intent)) ids.add(id)
  for (const [id, refund] of store.oldest("refund")) if (has(refund.charge)) ids.add(id)
  for (const [id, dispute] of store.oldest("dispute")) if (has(dispute.charge)) ids.add(id)
  for (const [id, transfer] of store.oldest("transfer")) if (has(transfer.source_transaction)) ids.add(id)
  for (const [id, reversal] of store.oldest("reversal")) if (has(reversal.transfer)) ids.add(id)
  return ids
}

/** One payment: where it stands, what can be done to it, what happened, and its balance transactions. */
export function paymentPage(view: View, session: Session): string {
  const say = wordsOf(view)
  const parts = partsOf(view.world, session)
  const title = `${say.payment} ${session.client_reference_id ?? session.id.slice(0, 16)}`
  const amount = money(view, session.amount_total ?? 0, session.currency ?? "usd")
  const items = (view.world.store.get("plan", session.id)?.items ?? []).map(({ description }) =>
    escapeHtml(description ?? ""),
  )
  const head = `<section class="card"><p><a href="/_sandbox/?lang=${view.locale}">${say.back}</a></p><h1>${escapeHtml(title)}</h1>
<p class="total">${amount}</p><p>${state(view, standing(view, session))}</p><p class="dim">${items.join(", ")}</p><p class="dim">${code(session.id)}</p>${buttons(acts(view, session, parts))}</section>`
  return page(view.locale, title, [head, timeline(view, parts), postings(view, parts)].join("\n"), "wide")
}

function acts(view: View, { id, status }: Session, parts: ReadonlySet<string>): string[] {
  const { world } = view
  const { acts: say } = wordsOf(view)
  const act = (act: string, label: string, target = id, fields: Record<string, string> = {}) =>
    button(view, { act, id: target, label, fields })
  const waiting = world.store.get("waiting", id)
  if (status === "open")
    return [
      ...(waiting === undefined
        ? []
        : [act("sessions approve", say.approve), act("sessions refuse", say.refuse)]),
      act("sessions pay", say.pay),
      act("sessions pay", say.decline, id, { card: "4000000000000002" }),
      act("sessions expire", say.expire),
    ]
  if (waiting !== undefined) return [act("sessions settle", say.settle), act("sessions fail", say.fail)]
  const charges = [...parts].flatMap((part) => world.store.get("charge", part) ?? [])
  const refunds = [...parts].flatMap((part) => world.store.get("refund", part) ?? [])
  const disputes = [...parts].flatMap((part) => world.store.get("dispute", part) ?? [])
  return [
    ...charges
      .filter((charge) => charge.paid && !charge.disputed && !charge.refunded)
      .map((charge) => act("charges dispute", say.dispute, charge.id)),
    ...disputes.map((dispute) => disputeButtons(view, dispute)),
    ...refunds
      .filter((refund) => refund.status !== "failed")
      .map((refund) => act("refunds fail", say.failRefund, refund.id)),
  ]
}

function timeline(view: View, parts: ReadonlySet<string>): string {
  const say = wordsOf(view)
  const rows: string[][] = []
  for (const [, event] of view.world.store.oldest("event")) {
    const subject = event.data.object as { id?: string; amount?: number; currency?: string }
    if (subject.id === undefined || !parts.has(subject.id)) continue
    const { type } = event
    const sentence = Object.hasOwn(say.events, type) ? say.events[type as keyof typeof say.events] : type
    const { amount, currency } = subject
    rows.push([
      sentence,
      amount === undefined || currency === undefined ? "" : money(view, amount, currency),
      time(event.created),
      code(subject.id),
      code(type),
    ])
  }
  const columns = [
    { label: say.what },
    { label: say.amount, number: true as const },
    { label: say.time },
    { label: say.object },
    { label: say.event },
  ]
  return table("timeline", say.timeline, columns, rows, say.none)
}

function postings(view: View, parts: ReadonlySet<string>): string {
  const say = wordsOf(view)
  const rows: string[][] = []
  for (const [, { owner, entry }] of view.world.store.oldest("move"))
    if (owner === null && typeof entry.source === "string" && parts.has(entry.source))
      rows.push([
        code(entry.reporting_category),
        money(view, entry.amount, entry.currency),
        money(view, entry.fee, entry.currency),
        money(view, entry.net, entry.currency),
        time(entry.created),
        time(entry.available_on),
      ])
  const columns = [
    { label: say.type },
    { label: say.amount, number: true as const },
    { label: say.fee, number: true as const },
    { label: say.net, number: true as const },
    { label: say.time },
    { label: say.availableOn },
  ]
  return table("postings", say.postings, columns, rows, say.none)
}
