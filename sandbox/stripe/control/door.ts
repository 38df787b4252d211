import type { IncomingMessage, ServerResponse } from "node:http"
import { ApiError, noSuch, refused } from "../http/errors.ts"
import { parseJson, type Tree } from "../http/form.ts"
import { currencyCode, flag, integer, object, oneOf, optional, required, text } from "../http/readers.ts"
import { jsonReply, readBody, send } from "../http/reply.ts"
import { changeTransfers } from "../objects/accounts-v1.ts"
import { balanceOf, record } from "../objects/balance.ts"
import { type PayoutFailure, payoutFailures } from "../objects/banks.ts"
import { findCard } from "../objects/cards.ts"
import { disputeReasons } from "../objects/dispute-shape.ts"
import { findDispute, loseDispute, openDispute, winDispute } from "../objects/disputes.ts"
import { findCharge, paySession } from "../objects/payments.ts"
import { failPayout } from "../objects/payouts.ts"
import { expireSession, findSession } from "../objects/sessions.ts"
import { tableNames } from "../state/rows.ts"
import type { World } from "../state/world.ts"
import { type Faults, readFault } from "./faults.ts"

const readClock = object({
  advance_seconds: optional(integer(0, 400 * 86_400)),
  frozen: optional(flag),
})
const readPay = object({ card: optional(text(30)) })
const readDispute = object({
  reason: optional(oneOf(...disputeReasons)),
  amount: optional(integer(1)),
})
const readWin = object({ return_fee: optional(flag) })
const readFail = object({
  code: optional(oneOf(...(Object.keys(payoutFailures) as PayoutFailure[]))),
})
const readTopup = object({ amount: required(integer(1)), currency: required(currencyCode) })

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
    const what = `${method} ${noun}${verb === "" ? "" : ` ${verb}`}`
    switch (what) {
      case "GET state":
        return this.#state()
      case "GET clock":
        return this.#clock()
      case "POST clock":
        return this.#moveClock(body)
      case "POST sessions pay":
        return this.#pay(id, body)
      case "POST sessions expire":
        return store.write(() => expireSession(this.#world, findSession(this.#world, id)))
      case "POST charges dispute":
        return store.write(() => openDispute(this.#world, findCharge(this.#world, id), readDispute(body, "")))
      case "POST disputes win":
        return store.write(() =>
          winDispute(this.#world, findDispute(this.#world, id), readWin(body, "").return_fee ?? false),
        )
      case "POST disputes lose":
        return store.write(() => loseDispute(this.#world, findDispute(this.#world, id)))
      case "POST accounts activate":
        return store.write(() => changeTransfers(this.#world, id, "active"))
      case "POST accounts restrict":
        return store.write(() => changeTransfers(this.#world, id, "restricted"))
      case "POST accounts reject":
        return store.write(() => changeTransfers(this.#world, id, "rejected"))
      case "POST payouts fail":
        return store.write(() => failPayout(this.#world, id, readFail(body, "").code ?? "account_closed"))
      case "POST topup":
        return this.topUp(readTopup(body, ""))
      case "GET deliveries":
        return { data: [...store.oldest("delivery")].map(([, delivery]) => delivery) }
      case "GET faults":
        return { data: this.#faults.list() }
      case "POST faults":
        return this.#faults.add(readFault(body, ""))
      case "DELETE faults":
        this.#faults.clear()
        return { data: [] }
      default:
        throw noSuch("control", `${what} ${id}`, "path")
    }
  }

  /** The platform's own money at the provider: an available balance transaction that no charge brought. */
  topUp({ amount, currency }: { amount: number; currency: string }): object {
    const world = this.#world
    return world.store.write(() =>
      record(world, {
        owner: null,
        type: "topup",
        amount,
        fee: 0,
        currency,
        source: world.newId("tu_1"),
        availableOn: world.now(),
      }),
    )
  }

  #clock(): object {
    return { now: this.#world.now(), frozen: this.#world.settings.frozenAt !== null }
  }

  #moveClock(body: Map<string, Tree>): object {
    const { advance_seconds, frozen } = readClock(body, "")
    this.#world.store.write(() => {
      if (frozen === true) this.#world.freeze()
      if (frozen === false) this.#world.unfreeze()
      if (advance_seconds !== undefined) this.#world.advance(advance_seconds)
    })
    return this.#clock()
  }

  #pay(id: string, body: Map<string, Tree>): object {
    const number = readPay(body, "").card ?? "4242424242424242"
    const card = findCard(number)
    if (card === null) throw refused("Not one of the sandbox's test cards.", "incorrect_number", "card")
    const shown = { brand: card.brand, last4: number.slice(-4), expiryMonth: 12, expiryYear: 2050 }
    return this.#world.store.write(() =>
      paySession(this.#world, findSession(this.#world, id), { card, shown, name: null, email: null }),
    )
  }

  #state(): object {
    const counts = Object.fromEntries(
      tableNames.map((name) => [name, [...this.#world.store.oldest(name)].length]),
    )
    const balance = Object.fromEntries(balanceOf(this.#world, null))
    return { notice: "local stand-in, no real money", clock: this.#clock(), counts, balance }
  }
}
