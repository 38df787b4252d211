import type { IncomingMessage, ServerResponse } from "node:http"
import { readBody, send } from "../http/reply.ts"
import type { World } from "../state/world.ts"
import { answerAlipay, answerBank } from "./authorize.ts"
import { type PageAnswer, showCheckout, submitCheckout } from "./checkout.ts"
import { type PageLocale, page, pageLocale } from "./html.ts"
import { showOnboarding, submitOnboarding } from "./onboarding.ts"
import { words } from "./words.ts"

/** The pages that browsers see: `/c/pay/<session>` and what leads back to it, and `/setup/<link>`. */
export async function answerPage(
  world: World,
  incoming: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const form =
    incoming.method === "POST" ? new URLSearchParams((await readBody(incoming)).toString("utf8")) : null
  const answer = route(world, url, form)
  if (answer.kind === "redirect") {
    send(response, { status: 303, body: "", headers: { location: answer.to } })
    return
  }
  sendPage(response, answer)
}

type Page = Omit<Extract<PageAnswer, { kind: "page" }>, "kind">

/** A page may load nothing and send its forms only where it says. */
export function sendPage(response: ServerResponse, answer: Page): void {
  const targets = ["'self'", ...answer.formsMayGoTo].join(" ")
  send(response, {
    status: answer.status,
    body: answer.html,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; style-src 'unsafe-inline'; form-action ${targets}; frame-ancestors 'none'`,
      "cache-control": "no-store",
      "referrer-policy": "same-origin",
    },
  })
}

/** The sentence behind a word that another page left in the address. */
function problemOf(locale: PageLocale, word: string | null): string | undefined {
  const { problems } = words[locale]
  return word !== null && Object.hasOwn(problems, word) ? problems[word as keyof typeof problems] : undefined
}

function route(world: World, url: URL, form: URLSearchParams | null): PageAnswer {
  const asked = url.searchParams.get("lang")
  const [, first, second, third] = url.pathname.split("/")
  const session = first === "c" && third !== undefined ? world.store.get("session", third) : undefined
  if (session !== undefined) {
    const locale = pageLocale(asked, session.locale)
    if (second === "approve") return answerBank(world, session, locale, form)
    if (second === "alipay") return answerAlipay(world, session, locale, form)
    if (second === "pay" && form !== null) return submitCheckout(world, session, locale, form)
    if (second === "pay")
      return showCheckout(world, session, locale, problemOf(locale, url.searchParams.get("problem")))
  }
  if (first === "setup" && second !== undefined) {
    const link = world.store.get("link", second)
    if (link !== undefined)
      return form === null
        ? showOnboarding(world, link, pageLocale(asked, null))
        : submitOnboarding(world, second, link, form)
  }
  const locale = pageLocale(asked, null)
  const { missing } = words[locale]
  const html = page(locale, missing, `<section class="card"><h1>${missing}</h1></section>`)
  return { kind: "page", status: 404, html, formsMayGoTo: [] }
}
