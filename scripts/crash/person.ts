import { randomBytes } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"
import { type Id, makeId } from "#contracts/ids.ts"

export const newCommandId = (): Id<"command"> => makeId("command", Date.now(), randomBytes(10))

/** The market said no, and would say it again. */
export class Refused extends Error {
  readonly code: string

  constructor(path: string, code: string, detail: unknown) {
    super(`${path} was refused: ${code} ${JSON.stringify(detail)}`)
    this.code = code
  }
}

type Answer = {
  result?: { data: unknown }
  error?: { message: string; data: { code: string; transient: boolean; detail: unknown } }
}

const patienceMs = 180_000
const answerLimitMs = 10_000

/**
 * Somebody at the market's doors, over HTTP, who tries again until there is an answer: no connection, a broken
 * one, an answer that says "later" or one of a failure all lead to the same call with the same command id.
 */
export class Person {
  readonly #origin: string
  #cookie = ""

  constructor(origin: string) {
    this.#origin = origin
  }

  async signIn(email: string, password: string): Promise<void> {
    const response = await this.#patiently("access.signIn", () =>
      this.#post("access.signIn", { email, password }),
    )
    const cookies = response.headers.getSetCookie().map((line) => line.split(";")[0])
    this.#cookie = cookies.join("; ")
  }

  async do<T = Record<string, string>>(path: string, input: object): Promise<T> {
    return read(path, await this.#patiently(path, () => this.#post(path, input))) as Promise<T>
  }

  async ask<T>(path: string, input: object): Promise<T> {
    const query = `input=${encodeURIComponent(JSON.stringify(input))}`
    const response = await this.#patiently(path, () => this.#get(`/api/trpc/${path}?${query}`))
    return read(path, response) as Promise<T>
  }

  /** A page or file; redirects are not followed. */
  async get(path: string): Promise<Response> {
    return this.#patiently(path, () => this.#get(path))
  }

  #post(path: string, input: object): Promise<Response> {
    return fetch(`${this.#origin}/api/trpc/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: this.#cookie },
      body: JSON.stringify(input),
      signal: AbortSignal.timeout(answerLimitMs),
    })
  }

  #get(path: string): Promise<Response> {
    return fetch(`${this.#origin}${path}`, {
      headers: { cookie: this.#cookie },
      redirect: "manual",
      signal: AbortSignal.timeout(answerLimitMs),
    })
  }

  async #patiently(what: string, call: () => Promise<Response>): Promise<Response> {
    let last = "no answer"
    for (const end = Date.now() + patienceMs; Date.now() < end; await delay(150)) {
      try {
        const response = await call()
        // The body belongs to the attempt: it can break off as well as the head.
        const body = Buffer.from(await response.arrayBuffer())
        if (!(await isForLater(response, body)))
          return new Response(response.status === 304 || response.status === 204 ? null : body, response)
        last = `${response.status} ${body.toString("utf8").slice(0, 300)}`
      } catch (error) {
        last = error instanceof Error ? `${error.message} ${String(error.cause ?? "")}` : String(error)
      }
    }
    throw new Error(`${what}: no answer within ${patienceMs / 1000} s; the last was: ${last}`)
  }
}

async function isForLater(response: Response, body: Buffer): Promise<boolean> {
  if (response.status < 400) return false
  if (response.status >= 500) return true
  const text = body.toString("utf8")
  return text.startsWith("{") && JSON.parse(text).error?.data?.transient === true
}

async function read(path: string, response: Response): Promise<unknown> {
  const answer = (await response.json()) as Answer
  if (answer.error) throw new Refused(path, answer.error.data.code, answer.error.data.detail)
  return answer.result?.data
}
