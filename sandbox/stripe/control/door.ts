import type { IncomingMessage, ServerResponse } from "node:http"
import { ApiError, noSuch } from "../http/errors.ts"
import { parseJson, type Tree } from "../http/form.ts"
import { jsonReply, readBody, send } from "../http/reply.ts"
import { balanceOf } from "../objects/balance.ts"
import { tableNames } from "../state/rows.ts"
import type { World } from "../state/world.ts"
import { actions, showClock } from "./actions.ts"
import { type Faults, readFault } from "./faults.ts"

/** The control API, `/_sandbox/…`: what tests and demos do that no caller of Stripe can. JSON in and out. */
export class Control {
  readonly #world: World
  readonly #faults: Faults

  constructor(world: World, faults: Faults) {
    this.#world = world
    this.#faults = faults
  }

  async answer(incoming: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    try {
      const body = (await readBody(incoming)).toString("utf8")
      // A page of another site can post forms to this machine, but not JSON without asking first.
      if (incoming.method === "POST" && incoming.headers["content-type"] !== "application/json")
        throw new ApiError(415, { type: "invalid_request_error", message: "Send application/json." })
      const parts = url.pathname.split("/").slice(2)
      send(response, jsonReply(200, this.#route(incoming.method ?? "GET", parts, parseJson(body))))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      send(response, jsonReply(error.status, { error: error.body }))
    }
  }

  #route(
    method: string,
    [noun = "", id = "", verb = ""]: readonly string[],
    body: Map<string, Tree>,
  ): object {
    const { store } = this.#world
    const what = `${noun}${verb === "" ? "" : ` ${verb}`}`
    const action = method === "POST" && Object.hasOwn(actions, what) ? actions[what] : undefined
    if (action !== undefined) return store.write(() => action(this.#world, id, body))
    switch (`${method} ${what}`) {
      case "GET state":
        return this.#state()
      case "GET clock":
        return showClock(this.#world)
      case "GET deliveries":
        return { data: [...store.oldest("delivery")].map(([, delivery]) => delivery) }
      case "GET faults":
        return { data: this.#faults.list() }
      case "POST faults":
        return this.#faults.add(readFault(body, ""))
      case "DELETE faults":
        this.#faults.clear(id === "" ? undefined : id)
        return { data: this.#faults.list() }
      default:
        throw noSuch("control", `${method} ${what} ${id}`, "path")
    }
  }

  #state(): object {
    const counts = Object.fromEntries(
      tableNames.map((name) => [name, [...this.#world.store.oldest(name)].length]),
    )
    const balance = Object.fromEntries(balanceOf(this.#world, null))
    return { notice: "local stand-in, no real money", clock: showClock(this.#world), counts, balance }
  }
}
