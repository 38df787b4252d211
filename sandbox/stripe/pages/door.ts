import type { IncomingMessage, ServerResponse } from "node:http"
import { readBody, send } from "../http/reply.ts"
import type { World } from "../state/world.ts"
import { type PageAnswer, showCheckout, submitCheckout } from "./checkout.ts"
import { page, pageLocale } from "./html.ts"
import { showOnboarding, submitOnboarding } from "./onboarding.ts"
import { words } from "./words.ts"

/** The pages that browsers see: `/c/pay/<session>` and `/setup/<link>`. */
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
  const targets = ["'self'", ...answer.formsMayGoTo].join(" ")
  send(response, {
    status: answer.status,
    body: answer.html,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; style-src 'unsafe-inline'; form-action ${targets}; frame-ancestors 'none'`,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
    },
  })
}

function route(world: World, url: URL, form: URLSearchParams | null): PageAnswer {
  const asked = url.searchParams.get("lang")
  const [, first, second, third] = url.pathname.split("/")
  if (first === "c" && second === "pay" && third !== undefined) {
    const session = world.store.get("session", third)
    if (session !== undefined) {
      const locale = pageLocale(asked, session.locale)
      return form === null
        ? showCheckout(world, session, locale)
        : submitCheckout(world, session, locale, form)
    }
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
