import { randomBytes } from "node:crypto"
import { makeId } from "#contracts/ids.ts"
import { access } from "../routers/access.ts"
import { parties } from "../routers/parties.ts"
import { createCallerFactory, RefusalError, router } from "../routers/trpc.ts"
import type { Services } from "../services.ts"
import { actorOf } from "./actor-of.ts"
import { clientAddressHeader } from "./auth.ts"

const market = router({ access, parties })
const callerFor = createCallerFactory(market)

export const newCommandId = () => makeId("command", Date.now(), randomBytes(10))

/** A browser for tests: keeps cookies as RFC 6265 tells it to, and asks the routers what a page would ask. */
export class Browser {
  readonly cookies = new Map<string, string>()
  /** The `Set-Cookie` lines as they came. */
  readonly received: string[] = []
  readonly #services: Services
  readonly #address: string

  constructor(services: Services, address = "198.51.100.7") {
    this.#services = services
    this.#address = address
  }

  headers(): Headers {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ")
    return new Headers({ cookie, "user-agent": "test browser", [clientAddressHeader]: this.#address })
  }

  actor = () => actorOf(this.#services, this.headers())

  async ask() {
    return callerFor({
      services: this.#services,
      actor: await this.actor(),
      locale: "en",
      requestId: "test",
      headers: this.headers(),
      setCookie: (line) => this.#keep(line),
    })
  }

  #keep(line: string): void {
    this.received.push(line)
    const [pair = "", ...attributes] = line.split("; ")
    const name = pair.slice(0, pair.indexOf("="))
    if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) this.cookies.delete(name)
    else this.cookies.set(name, pair.slice(name.length + 1))
  }
}

/** The code of the refusal that a call ends with, or what it answered. */
export async function outcome(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal.refused
    throw error
  }
}
