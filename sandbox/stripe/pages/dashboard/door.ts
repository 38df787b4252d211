import type { IncomingMessage, ServerResponse } from "node:http"
import { actions } from "../../control/actions.ts"
import type { Faults } from "../../control/faults.ts"
import { ApiError } from "../../http/errors.ts"
import { readBody, send } from "../../http/reply.ts"
import type { World } from "../../state/world.ts"
import { sendPage } from "../door.ts"
import { pageLocale } from "../html.ts"
import { overview } from "./overview.ts"
import { type View, wordsOf } from "./parts.ts"
import { paymentPage } from "./payment.ts"

/** The dashboard's addresses; all else below `/_sandbox/` is the control API. */
export const isDashboard = (path: string): boolean =>
  path === "/" || path === "/_sandbox" || path === "/_sandbox/" || /^\/_sandbox\/(payments\/|do$)/.test(path)

/** A page of another site can send a browser here with a form; only forms of our own pages are carried out. */
const fromOwnPage = ({ headers }: IncomingMessage): boolean =>
  headers["sec-fetch-site"] === "same-origin" || headers.origin === `http://${headers.host}`

/** `/_sandbox/`: what happened, one payment, and buttons for what only the sandbox can do. */
export async function answerDashboard(
  world: World,
  faults: Faults,
  incoming: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const locale = pageLocale(url.searchParams.get("lang"), null)
  const view: View = { world, locale, back: url.pathname }
  const redirect = (to: string) => send(response, { status: 303, body: "", headers: { location: to } })
  if (incoming.method === "POST") {
    const problem = fromOwnPage(incoming) ? null : wordsOf(view).foreign
    const form = new URLSearchParams((await readBody(incoming)).toString("utf8"))
    const said = problem ?? act(world, faults, form)
    const back = /^\/_sandbox\/(payments\/\w+)?$/.exec(form.get("back") ?? "")?.[0] ?? "/_sandbox/"
    if (said === null) return redirect(`${back}?lang=${locale}`)
    const html = overview({ ...view, back: "/_sandbox/" }, faults, said)
    return sendPage(response, { status: problem === null ? 400 : 403, html, formsMayGoTo: [] })
  }
  if (url.pathname === "/" || url.pathname === "/_sandbox") return redirect("/_sandbox/")
  const session = world.store.get("session", url.pathname.split("/")[3] ?? "")
  if (session === undefined && url.pathname !== "/_sandbox/") return redirect(`/_sandbox/?lang=${locale}`)
  const html = session === undefined ? overview(view, faults) : paymentPage(view, session)
  sendPage(response, { status: 200, html, formsMayGoTo: [] })
}

/** Carries a button out; gives the sentence where that is refused. */
function act(world: World, faults: Faults, form: URLSearchParams): string | null {
  const { act: name = "", id = "", back: _back, ...fields } = Object.fromEntries(form)
  try {
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined
    if (name === "faults end") faults.clear(id)
    else if (action === undefined) return name
    else world.store.write(() => action(world, id, new Map(Object.entries(fields))))
    return null
  } catch (error) {
    if (error instanceof ApiError) return error.message
    throw error
  }
}
