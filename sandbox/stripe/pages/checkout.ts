import type Stripe from "stripe"
import { findCard, testCards } from "../objects/cards.ts"
import { writeAmount } from "../objects/currencies.ts"
import type { Payer } from "../objects/methods.ts"
import { paySession } from "../objects/pay.ts"
import type { World } from "../state/world.ts"
import { escapeHtml, type PageLocale, page } from "./html.ts"
import { words } from "./words.ts"

type Session = Stripe.Checkout.Session

export type PageAnswer =
  | { kind: "page"; status: number; html: string; formsMayGoTo: string[] }
  | { kind: "redirect"; to: string }

/** Where the payer goes after paying, with Stripe's placeholder filled in. */
export const successUrl = (session: Session): string =>
  (session.success_url ?? "/").replaceAll("{CHECKOUT_SESSION_ID}", session.id)

/** The hosted payment page of a session: a form while it is open, else what became of it. */
export function showCheckout(
  world: World,
  session: Session,
  locale: PageLocale,
  problem?: string,
  entered?: URLSearchParams,
): PageAnswer {
  const say = words[locale]
  if (session.status !== "open") return closed(session, locale)
  const amount = writeAmount(session.amount_total ?? 0, session.currency ?? "usd", locale)
  const items = (world.store.get("plan", session.id)?.items ?? [])
    .map(
      (item) =>
        `<dt>${escapeHtml(item.description ?? "")}${item.quantity === 1 ? "" : ` × ${item.quantity}`}</dt><dd>${writeAmount(item.amount_total, item.currency, locale)}</dd>`,
    )
    .join("")
  const value = (name: string, preset = "") => escapeHtml(entered?.get(name) ?? preset)
  const back =
    session.cancel_url === null ? "" : `<p><a href="${escapeHtml(session.cancel_url)}">${say.cancel}</a></p>`
  const html = page(
    locale,
    `${say.pay} ${amount}`,
    `<section class="card"><h1 class="dim">${say.payTo}</h1><p class="total">${amount}</p><dl>${items}</dl>${back}</section>
<section class="card"><form method="post" action="?lang=${locale}" novalidate>
${problem === undefined ? "" : `<p class="error" role="alert">${escapeHtml(problem)}</p>`}
<label for="email">${say.email}</label><input id="email" name="email" type="email" autocomplete="email" value="${value("email", session.customer_email ?? "")}">
<label for="number">${say.cardNumber}</label><input id="number" name="number" inputmode="numeric" autocomplete="off" placeholder="4242 4242 4242 4242" value="${value("number")}">
<div class="pair"><div><label for="expiry">${say.expiry}</label><input id="expiry" name="expiry" autocomplete="off" placeholder="12/34" value="${value("expiry")}"></div>
<div><label for="cvc">${say.cvc}</label><input id="cvc" name="cvc" inputmode="numeric" autocomplete="off" placeholder="123" value="${value("cvc")}"></div></div>
<label for="name">${say.name}</label><input id="name" name="name" autocomplete="off" value="${value("name")}">
<button type="submit">${say.pay} ${amount}</button></form>${alipayForm(session, locale)}</section>
<section class="card"><h2>${say.testCards}</h2>${cardTable(locale)}</section>`,
    "split",
  )
  return {
    kind: "page",
    status: problem === undefined ? 200 : 402,
    html,
    formsMayGoTo: [new URL(successUrl(session)).origin],
  }
}

/** Another way to pay, where the session takes it: a form of one button that leads to the wallet's page. */
function alipayForm(session: Session, locale: PageLocale): string {
  if (!session.payment_method_types.includes("alipay")) return ""
  return `<form method="get" action="/c/alipay/${session.id}"><input type="hidden" name="lang" value="${locale}"><button class="plain" type="submit">${words[locale].payByAlipay}</button></form>`
}

function cardTable(locale: PageLocale): string {
  const say = words[locale]
  const rows = Object.entries(testCards).map(([number, card]) => {
    const meaning =
      card.result === "succeeds"
        ? succeeds(card, say)
        : `${card.authenticates === true ? say.approvedThen : ""}${say.declines}${card.message[locale]}`
    return `<tr><td><code>${number.replaceAll(/(\d{4})(?=\d)/g, "$1 ")}</code></td><td>${escapeHtml(meaning)}</td></tr>`
  })
  return `<table><tbody>${rows.join("")}</tbody></table>`
}

function succeeds(
  card: Extract<(typeof testCards)[string], { result: "succeeds" }>,
  say: (typeof words)[PageLocale],
): string {
  if (card.authenticates === true) return say.succeedsApproved
  if (card.refundFailsLater === true) return say.succeedsRefundFails
  if (card.disputedFor !== undefined) return `${say.succeedsDisputed}${say.disputeReasons[card.disputedFor]}`
  return card.availableAtOnce === true ? say.succeedsAtOnce : say.succeeds
}

function closed(session: Session, locale: PageLocale): PageAnswer {
  const say = words[locale]
  const paid = session.status === "complete"
  const target = paid ? successUrl(session) : session.cancel_url
  const link = target === null ? "" : `<p><a href="${escapeHtml(target)}">${say.goBack}</a></p>`
  const sentence = !paid ? say.expired : session.payment_status === "paid" ? say.alreadyPaid : say.settling
  const html = page(locale, sentence, `<section class="card"><h1>${sentence}</h1>${link}</section>`)
  return { kind: "page", status: paid ? 200 : 410, html, formsMayGoTo: [] }
}

/** The payer pressed the button. Paying twice leads to the same success page and charges once. */
export function submitCheckout(
  world: World,
  session: Session,
  locale: PageLocale,
  form: URLSearchParams,
): PageAnswer {
  if (session.status === "complete") return { kind: "redirect", to: successUrl(session) }
  if (session.status !== "open") return closed(session, locale)
  const payer = readPayer(world, locale, form)
  if (typeof payer === "string") return showCheckout(world, session, locale, payer, form)
  const outcome = world.store.write(() => paySession(world, session, payer))
  if (outcome.state === "needs_approval")
    return { kind: "redirect", to: `/c/approve/${session.id}?lang=${locale}` }
  if (outcome.state !== "declined") return { kind: "redirect", to: successUrl(outcome.session) }
  const { method } = payer
  const reason =
    method.type === "card" && method.card.result === "declines" ? method.card.message[locale] : ""
  const separator = locale === "zh" ? "" : " "
  const retry = `${reason}${separator}${words[locale].tryAnother}`
  return showCheckout(world, outcome.session, locale, retry, form)
}

/** The form's content as a payer, or the sentence that says what is wrong with it. */
function readPayer(world: World, locale: PageLocale, form: URLSearchParams): Payer | string {
  const say = words[locale]
  const number = (form.get("number") ?? "").replaceAll(/[\s-]/g, "")
  const card = findCard(number)
  if (card === null) return say.unknownCard
  const expiry = /^\s*(\d{1,2})\s*\/\s*(\d{2}|\d{4})\s*$/.exec(form.get("expiry") ?? "")
  const month = Number(expiry?.[1])
  const year = Number(expiry?.[2]) + ((expiry?.[2]?.length ?? 4) === 2 ? 2000 : 0)
  const endsAt = Date.UTC(year, month, 1) / 1000
  if (!(month >= 1 && month <= 12) || !(endsAt > world.now())) return say.badExpiry
  if (!/^\d{3,4}$/.test(form.get("cvc") ?? "")) return say.badCvc
  return {
    method: {
      type: "card",
      card,
      shown: { brand: card.brand, last4: number.slice(-4), expiryMonth: month, expiryYear: year },
    },
    name: form.get("name") || null,
    email: form.get("email") || null,
  }
}
