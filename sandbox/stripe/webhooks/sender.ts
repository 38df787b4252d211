import { type Faults, webhookFaults } from "../control/faults.ts"
import { showEvent } from "../objects/events.ts"
import type { Delivery, Rows } from "../state/rows.ts"
import type { World } from "../state/world.ts"
import { signatureHeader } from "./sign.ts"

export type SenderOptions = { firstRetryMs: number; longestRetryMs: number; timeoutMs: number }

export const senderDefaults: SenderOptions = { firstRetryMs: 250, longestRetryMs: 60_000, timeoutMs: 10_000 }

/** After this many attempts an event is only to be found in the list of events, as with Stripe after days. */
const mostAttempts = 40

type Job = { id: string; delivery: Delivery; event: Rows["event"]; endpoint: Rows["endpoint"] }

/**
 * Sends events to endpoints until each has answered 2xx, with growing pauses. Deliveries are state: one that was
 * under way when the process was killed is sent again. Order is not kept, as Stripe does not keep it.
 */
export class Sender {
  readonly #world: World
  readonly #faults: Faults
  readonly #options: SenderOptions
  readonly #timers = new Map<string, NodeJS.Timeout>()
  /** Deliveries that wait until another one has gone to their endpoint, by endpoint. */
  readonly #heldBack = new Map<string, string[]>()
  readonly #underWay = new Set<Promise<void>>()
  readonly #stopped = new AbortController()

  constructor(world: World, faults: Faults, options: SenderOptions) {
    this.#world = world
    this.#faults = faults
    this.#options = options
    world.store.onCommit((written) => {
      for (const [table, id, row] of written)
        if (table === "delivery" && row !== null && row.state === "pending") this.#plan(id, row.nextAt)
    })
  }

  /** Takes up what an earlier process left pending. */
  start(): void {
    for (const [id, delivery] of this.#world.store.oldest("delivery"))
      if (delivery.state === "pending") this.#plan(id, Date.now())
  }

  async stop(): Promise<void> {
    this.#stopped.abort()
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
    await Promise.allSettled(this.#underWay)
  }

  #plan(id: string, at: number): void {
    if (this.#stopped.signal.aborted) return
    clearTimeout(this.#timers.get(id))
    const run = () => {
      this.#timers.delete(id)
      const work = this.#attempt(id).finally(() => this.#underWay.delete(work))
      this.#underWay.add(work)
    }
    this.#timers.set(id, setTimeout(run, Math.max(0, at - Date.now())))
  }

  #load(id: string): Job | null {
    const { store } = this.#world
    const delivery = store.get("delivery", id)
    if (delivery?.state !== "pending") return null
    const event = store.get("event", delivery.event)
    const endpoint = store.get("endpoint", delivery.endpoint)
    if (event !== undefined && endpoint !== undefined) return { id, delivery, event, endpoint }
    this.#save(id, { ...delivery, state: "dropped", lastAnswer: "the endpoint was deleted" })
    return null
  }

  async #attempt(id: string): Promise<void> {
    const job = this.#load(id)
    if (job === null) return
    const { delivery, event } = job
    const hits = this.#faults.hits(
      webhookFaults,
      `${event.type} ${event.id}`,
      (fault) => fault.type === undefined || fault.type === event.type,
    )
    const hit = (kind: (typeof webhookFaults)[number]) => hits.find((fault) => fault.kind === kind)
    if (hit("drop") !== undefined)
      return this.#save(id, { ...delivery, state: "dropped", lastAnswer: "dropped by a fault" })
    const delay = hit("delay")
    if (delay !== undefined)
      return this.#save(id, { ...delivery, nextAt: Date.now() + (delay.latency_ms ?? 1000) })
    const reorder = hit("reorder")
    if (reorder !== undefined) return this.#holdBack(job, reorder.latency_ms ?? 5000)
    const stale = hit("stale")
    const future = hit("future")
    const skewSeconds =
      (future?.skew_seconds ?? (future ? 600 : 0)) - (stale?.skew_seconds ?? (stale ? 600 : 0))
    const secret = hit("wrong_secret") === undefined ? job.endpoint.secret : "whsec_not_the_secret"
    if (hit("duplicate") !== undefined) await this.#post(job, secret, skewSeconds)
    this.#conclude(job, await this.#post(job, secret, skewSeconds))
  }

  /** Lets the next delivery to the same endpoint go first; where none comes, it goes after `longestMs`. */
  #holdBack({ id, delivery }: Job, longestMs: number): void {
    this.#heldBack.set(delivery.endpoint, [...(this.#heldBack.get(delivery.endpoint) ?? []), id])
    this.#save(id, { ...delivery, nextAt: Date.now() + longestMs })
  }

  #releaseHeldBack(endpoint: string): void {
    const held = this.#heldBack.get(endpoint) ?? []
    this.#heldBack.delete(endpoint)
    for (const id of held) {
      const delivery = this.#world.store.get("delivery", id)
      if (delivery?.state === "pending") this.#save(id, { ...delivery, nextAt: Date.now() })
    }
  }

  /** The answer's status, or what went wrong. The signature is of the wall clock: receivers have no other. */
  async #post(job: Job, secret: string, skewSeconds: number): Promise<number | string> {
    const body = JSON.stringify(showEvent(this.#world, job.event), null, 2)
    const signedAt = Math.floor(Date.now() / 1000) + skewSeconds
    try {
      const response = await fetch(job.endpoint.url, {
        method: "POST",
        body,
        redirect: "manual",
        headers: {
          "content-type": "application/json; charset=utf-8",
          "user-agent": "Stripe/1.0 (local stand-in)",
          "stripe-signature": signatureHeader(body, secret, signedAt),
        },
        signal: AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(this.#options.timeoutMs)]),
      })
      await response.body?.cancel()
      return response.status
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }

  #conclude(job: Job, answer: number | string): void {
    if (this.#stopped.signal.aborted) return
    const attempts = job.delivery.attempts + 1
    const taken = typeof answer === "number" && answer >= 200 && answer < 300
    const pause = Math.min(this.#options.longestRetryMs, this.#options.firstRetryMs * 2 ** (attempts - 1))
    this.#save(job.id, {
      ...job.delivery,
      attempts,
      nextAt: Date.now() + pause,
      state: taken ? "delivered" : attempts >= mostAttempts ? "dropped" : "pending",
      lastAnswer: String(answer),
    })
    this.#releaseHeldBack(job.delivery.endpoint)
  }

  #save(id: string, delivery: Delivery): void {
    this.#world.store.write(() => this.#world.store.put("delivery", id, delivery))
  }
}
