import { randomBytes } from "node:crypto"
import type { IncomingMessage, ServerResponse } from "node:http"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import { actorOf } from "../access/actor-of.ts"
import { clientAddressHeader } from "../access/auth.ts"
import type { Services } from "../services.ts"
import { clientAddress } from "./client-address.ts"
import { answerRefusal, type Call, type Door, localeOf } from "./door.ts"
import { comesFromOtherSite } from "./same-site.ts"

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** The one way in: our own doors first, everything else to the pages. */
export function makeFrontDoor(services: Services, doors: readonly Door[], pages: Handler): Handler {
  return (request, response) => {
    const call = makeCall(services, request, response)
    if (!call) {
      response.writeHead(400).end()
      return
    }
    response.setHeader("X-Request-Id", call.requestId)
    request.headers["x-request-id"] = call.requestId
    request.headers[clientAddressHeader] = clientAddress(request, services.config.proxies) ?? undefined
    const door = findDoor(doors, request, call)
    if (!door?.fromAnywhere && comesFromOtherSite(request, services.config.publicUrl))
      answerRefusal(call, refuse("cross_site"))
    else if (door) void openDoor(door, call)
    else pages(request, response)
  }
}

function makeCall(services: Services, request: IncomingMessage, response: ServerResponse): Call | null {
  const url = URL.parse(request.url ?? "/", "http://market")
  if (!url) return null
  return {
    services,
    request,
    response,
    url,
    parts: {},
    locale: localeOf(request),
    requestId: randomBytes(8).toString("hex"),
    actor: () => actorOf(services, headersOf(request)),
  }
}

function findDoor(doors: readonly Door[], request: IncomingMessage, call: Call): Door | null {
  const method = request.method === "HEAD" ? "GET" : request.method
  for (const door of doors) {
    if (door.method !== method) continue
    const match = door.pattern.exec(call.url.pathname)
    if (!match) continue
    call.parts = { ...match.groups }
    return door
  }
  return null
}

async function openDoor(door: Door, call: Call): Promise<void> {
  try {
    const refusal = await door.open(call)
    if (isRefusal(refusal)) answerRefusal(call, refusal)
  } catch (error) {
    // The reader gets the request id; what went wrong stands beside the same id in our log.
    console.error(`request ${call.requestId} ${call.request.method} ${call.url.pathname} failed:`, error)
    answerRefusal(call, refuse("internal"))
  }
}

/** node:http headers as the web's Headers, which sessions are read from. */
export function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === "string") headers.set(name, value)
    else for (const one of value ?? []) headers.append(name, one)
  }
  return headers
}
