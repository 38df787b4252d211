import type { IncomingMessage, ServerResponse } from "node:http"
import { setTimeout as sleep } from "node:timers/promises"
import { type Fault, type Faults, pathMatches, requestFaults } from "../control/faults.ts"
import { apiVersion } from "../objects/events.ts"
import type { World } from "../state/world.ts"
import { ApiError, notModelled, unauthorized } from "./errors.ts"
import { expandPaths } from "./expand.ts"
import { parseForm, parseJson, type Tree } from "./form.ts"
import { Idempotency, type Keyed } from "./idempotency.ts"
import { jsonReply, type Reply, readBody, reset, send, sendTruncated } from "./reply.ts"
import type { Route } from "./route.ts"

type Request = {
  id: string
  method: string
  path: string
  version2: boolean
  tree: () => Map<string, Tree>
  stripeVersion: string
  account: string | null
  keyed: Keyed | null
}

/** The `/v1` and `/v2` doors: key, idempotency, faults, route, answer. */
export class Api {
  readonly #world: World
  readonly #routes: readonly Route[]
  readonly #faults: Faults
  readonly #idempotency: Idempotency

  constructor(world: World, routes: readonly Route[], faults: Faults) {
    this.#world = world
    this.#routes = routes
    this.#faults = faults
    this.#idempotency = new Idempotency(world)
  }

  async answer(incoming: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const id = this.#world.newRequestId()
    const method = incoming.method ?? "GET"
    const key = keyIn(incoming.headers.authorization)
    const faults = this.#faults.hits(
      requestFaults,
      `${method} ${url.pathname}`,
      (fault) =>
        (fault.method ?? method) === method &&
        (fault.key ?? key) === key &&
        pathMatches(fault.path, url.pathname),
    )
    const reply = await this.#reply(incoming, url, id, faults)
    const whole: Reply = {
      ...reply,
      headers: { ...reply.headers, "request-id": id, "stripe-version": apiVersion },
    }
    // The connection stays open without an answer until the caller gives up or the sandbox stops.
    if (has(faults, "hang_before") || has(faults, "hang_after")) return
    if (has(faults, "reset_after")) reset(response)
    else if (has(faults, "truncate")) sendTruncated(response, whole)
    else send(response, whole)
  }

  async #reply(incoming: IncomingMessage, url: URL, id: string, faults: readonly Fault[]): Promise<Reply> {
    let keyed: Keyed | null = null
    try {
      const body = await readBody(incoming)
      checkKey(keyIn(incoming.headers.authorization))
      if (has(faults, "rate_limit")) throw rateLimited()
      const request = this.#read(incoming, url, id, body)
      if (request.keyed !== null) {
        const saved = this.#idempotency.begin(request.keyed)
        if (saved !== null) return saved
        keyed = request.keyed
      }
      for (const fault of faults) if (fault.kind === "latency") await sleep(fault.latency_ms ?? 1000)
      if (has(faults, "error_before") || has(faults, "hang_before"))
        return jsonReply(500, { error: apiError() })
      return this.#execute(request, has(faults, "error_after"))
    } catch (error) {
      return errorReply(error)
    } finally {
      if (keyed !== null) this.#idempotency.end(keyed)
    }
  }

  #read(incoming: IncomingMessage, url: URL, id: string, body: Buffer): Request {
    const method = incoming.method ?? "GET"
    const version2 = url.pathname.startsWith("/v2/")
    const { "stripe-version": version, "stripe-account": named } = incoming.headers
    const account = typeof named === "string" ? named : null
    const path = url.pathname
    return {
      id,
      method,
      path,
      version2,
      stripeVersion: typeof version === "string" ? version : apiVersion,
      account,
      keyed: this.#idempotency.read(incoming.headers["idempotency-key"], { method, path, body, account }),
      tree: () => {
        const fromQuery = parseForm(url.search.slice(1))
        if (method !== "POST") return fromQuery
        const text = body.toString("utf8")
        return new Map([...fromQuery, ...(version2 ? parseJson(text) : parseForm(text))])
      },
    }
  }

  /**
   * Carries the request out in one transaction with its saved answer. An error rolls back what was done; where
   * Stripe would keep it under the key, it is kept in a transaction of its own.
   */
  #execute(request: Request, failAfter: boolean): Reply {
    const { store } = this.#world
    const { keyed } = request
    try {
      return store.write(() => {
        this.#world.cause = { id: request.id, idempotency_key: keyed?.key ?? null }
        const done = jsonReply(200, this.#run(request))
        const reply = failAfter ? jsonReply(500, { error: apiError() }) : done
        if (keyed !== null) this.#idempotency.keep(keyed, request.id, reply)
        return reply
      })
    } catch (error) {
      const reply = errorReply(error)
      if (keyed !== null && error instanceof ApiError && error.kept && !request.version2)
        store.write(() => this.#idempotency.keep(keyed, request.id, reply))
      return reply
    } finally {
      this.#world.cause = null
    }
  }

  #run(request: Request): object {
    for (const route of this.#routes) {
      const match = route.method === request.method ? route.pattern.exec(request.path) : null
      if (match === null) continue
      checkAccount(this.#world, request.account, route)
      const call = {
        world: this.#world,
        ids: match.slice(1),
        version: request.stripeVersion,
        account: request.account,
      }
      const { answer, expand } = route.run(call, request.tree())
      const expanded = expandPaths(this.#world, answer, expand)
      this.#world.check(expanded)
      return expanded
    }
    throw new ApiError(
      404,
      {
        type: "invalid_request_error",
        message: `Unrecognized request URL (${request.method}: ${request.path}). The sandbox models a part of Stripe's API; see its README.`,
      },
      false,
    )
  }
}

const has = (faults: readonly Fault[], kind: Fault["kind"]): boolean =>
  faults.some((fault) => fault.kind === kind)

/** The secret key of an Authorization header, as bearer or as the user of basic authentication. */
function keyIn(header: string | undefined): string {
  const basic = /^Basic (.+)$/.exec(header ?? "")?.[1]
  return basic === undefined
    ? (/^Bearer (.+)$/.exec(header ?? "")?.[1] ?? "")
    : Buffer.from(basic, "base64").toString("utf8").replace(/:$/, "")
}

/** Any test key opens the one platform account; live keys are refused before anything else is looked at. */
function checkKey(key: string): void {
  if (key.startsWith("sk_live_") || key.startsWith("rk_live_"))
    throw unauthorized("This is a local stand-in for Stripe: it refuses live keys.")
  if (!/^(sk|rk)_test_\w+$/.test(key))
    throw unauthorized("You did not provide a test API key (sk_test_…) in the Authorization header.")
}

/** A connected account that a request names must exist, and the route must be modelled for it. */
function checkAccount(world: World, account: string | null, route: Route): void {
  if (account === null) return
  if (world.store.get("account", account) === undefined)
    throw new ApiError(
      403,
      {
        type: "invalid_request_error",
        code: "account_invalid",
        message: `The provided key does not have access to account '${account}' (or that account does not exist).`,
      },
      false,
    )
  if (!route.connected)
    throw notModelled("The sandbox does not model this call for a connected account (Stripe-Account).")
}

const rateLimited = (): ApiError =>
  new ApiError(
    429,
    { type: "rate_limit_error", code: "rate_limit", message: "Request rate limit exceeded." },
    false,
  )

const apiError = () => ({ type: "api_error", message: "An unknown error occurred (asked for by a fault)." })

function errorReply(error: unknown): Reply {
  if (error instanceof ApiError) return jsonReply(error.status, { error: error.body })
  console.error(error)
  return jsonReply(500, { error: { type: "api_error", message: "The sandbox itself failed; see its log." } })
}
