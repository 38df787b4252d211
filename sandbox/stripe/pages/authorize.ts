import type Stripe from "stripe"
import { writeAmount } from "../objects/currencies.ts"
import { type AlipayOutcome, alipayOutcomes } from "../objects/methods.ts"
import { type Attempt, answerApproval, paySession } from "../objects/pay.ts"
import type { World } from "../state/world.ts"
import { type PageAnswer, successUrl } from "./checkout.ts"
import { type PageLocale, page } from "./html.ts"
import { words } from "./words.ts"

type Session = Stripe.Checkout.Session

const toCheckout = (session: Session, locale: PageLocale, problem?: string): PageAnswer => ({
  kind: "redirect",
  to: `/c/pay/${session.id}?lang=${locale}${problem === undefined ? "" : `&problem=${problem}`}`,
})

function after({ state, session }: Attempt, locale: PageLocale, problem: string): PageAnswer {
  if (state === "declined") return toCheckout(session, locale, problem)
  return { kind: "redirect", to: successUrl(session) }
}

/** A page of a few buttons that stands for what another company would show: the bank, or the wallet. */
function choice(
  session: Session,
  locale: PageLocale,
  { title, text, options }: { title: string; text: string; options: readonly (readonly [string, string])[] },
): PageAnswer {
  const amount = writeAmount(session.amount_total ?? 0, session.currency ?? "usd", locale)
  const buttons = options.map(
    ([value, label], index) =>
      `<button${index === 0 ? "" : ' class="plain"'} name="answer" value="${value}">${label}</button>`,
  )
  const html = page(
    locale,
    title,
    `<section class="card"><h1>${title}</h1><p class="total">${amount}</p><p>${text}</p>
<form method="post" action="?lang=${locale}">${buttons.join("\n")}</form></section>`,
  )
  return { kind: "page", status: 200, html, formsMayGoTo: [new URL(successUrl(session)).origin] }
}

/** The bank asks the payer to approve, as 3-D Secure does. */
export function answerBank(
  world: World,
  session: Session,
  locale: PageLocale,
  form: URLSearchParams | null,
): PageAnswer {
  const waits = session.status === "open" && world.store.get("waiting", session.id)?.for === "approval"
  if (!waits) return toCheckout(session, locale)
  const say = words[locale]
  if (form === null)
    return choice(session, locale, {
      title: say.approveTitle,
      text: say.approveText,
      options: [
        ["approve", say.approve],
        ["refuse", say.refuse],
      ],
    })
  const approves = form.get("answer") === "approve"
  const attempt = world.store.write(() => answerApproval(world, session, approves))
  return after(attempt, locale, approves ? "declined" : "approval")
}

/** The wallet: the payer decides what becomes of the payment, and when it is known. */
export function answerAlipay(
  world: World,
  session: Session,
  locale: PageLocale,
  form: URLSearchParams | null,
): PageAnswer {
  if (session.status !== "open" || !session.payment_method_types.includes("alipay"))
    return toCheckout(session, locale)
  const say = words[locale]
  const given = form?.get("answer")
  const outcome = alipayOutcomes.find((each): each is AlipayOutcome => each === given)
  if (outcome === undefined)
    return choice(session, locale, {
      title: say.alipay,
      text: say.alipayText,
      options: alipayOutcomes.map((each) => [each, say.alipayOutcomes[each]]),
    })
  const payer = { method: { type: "alipay", outcome } as const, name: null, email: session.customer_email }
  return after(
    world.store.write(() => paySession(world, session, payer)),
    locale,
    "alipay",
  )
}
