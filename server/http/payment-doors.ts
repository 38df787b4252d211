import { isId } from "#contracts/ids.ts"
import { locales } from "#contracts/localized-text.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { applySession } from "../payments/apply.ts"
import { receiveWebhook } from "../payments/inbox.ts"
import { noteRefusedCall } from "../payments/refused-calls.ts"
import { isSessionOf } from "../payments/store.ts"
import { sessionOfTopUp } from "../top-ups/apply.ts"
import { answerJson, type Door, readBody } from "./door.ts"

/** Far above any event of a provider, far below what would hurt. */
const largestWebhook = 512 * 1024

/** Where the provider tells us of events: verified, kept once, answered; applied by a job. */
const webhook: Door = {
  method: "POST",
  pattern: /^\/webhooks\/stripe$/,
  fromAnywhere: true,
  async open({ services, request, response }) {
    const body = await readBody(request, largestWebhook)
    const signature = request.headers["stripe-signature"]
    const kept = isRefusal(body)
      ? body
      : await receiveWebhook(services, body, typeof signature === "string" ? signature : "")
    if (isRefusal(kept)) {
      await noteRefusedCall(services, kept)
      return kept
    }
    answerJson(response, 200, { received: true })
    return undefined
  },
}

/**
 * Where the buyer comes back from the provider's page. It applies the session as the webhook would: whichever
 * is first does it. Then to the trade's page, which shows what is so. Anybody may call it: the provider is asked
 * only about a session of the trade's own, or of the top-up's.
 */
const payReturn: Door = {
  method: "GET",
  pattern: /^\/pay\/return$/,
  async open({ services, response, url }) {
    const session = url.searchParams.get("session")
    const trade = url.searchParams.get("trade")
    const isOurs =
      session !== null && isId("trade", trade) && (await isSessionOf(services.sql, trade, session))
    const topUp = url.searchParams.get("topUp")
    const isTopUp =
      isId("topUp", topUp) && session !== null && (await sessionOfTopUp(services, topUp)) === session
    if (isOurs || isTopUp) await applySession(services, session)
    const locale = locales.find((one) => one === url.searchParams.get("locale")) ?? "en"
    const place = isId("trade", trade) ? `/trades/${trade}` : topUp === null ? "" : "/account/balance"
    response.writeHead(303, { Location: `/${locale}${place}`, "Cache-Control": "no-store" }).end()
    return undefined
  },
}

export const paymentDoors: readonly Door[] = [webhook, payReturn]
