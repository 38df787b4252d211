import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { topUp } from "./control/actions.ts"
import { Control } from "./control/door.ts"
import { Faults } from "./control/faults.ts"
import { Api } from "./http/api.ts"
import { jsonReply, send } from "./http/reply.ts"
import { accountRoutes } from "./objects/accounts.ts"
import { accountV1Routes } from "./objects/accounts-v1.ts"
import { balanceRoutes } from "./objects/balance.ts"
import { bankRoutes } from "./objects/banks.ts"
import { customerRoutes } from "./objects/customers.ts"
import { disputeRoutes, loseOverdueDisputes } from "./objects/disputes.ts"
import { eventRoutes } from "./objects/events.ts"
import { settleDuePayments } from "./objects/pay.ts"
import { paymentRoutes } from "./objects/payments.ts"
import { movePayouts, payoutRoutes } from "./objects/payouts.ts"
import { failDueRefunds, refundRoutes, settleWaitingRefunds } from "./objects/refunds.ts"
import { expireDueSessions, sessionRoutes } from "./objects/sessions.ts"
import { transferRoutes } from "./objects/transfers.ts"
import { updateRoutes } from "./objects/updates.ts"
import { addEndpoint, webhookEndpointRoutes } from "./objects/webhook-endpoints.ts"
import { answerDashboard, isDashboard } from "./pages/dashboard/door.ts"
import { answerPage } from "./pages/door.ts"
import { Store } from "./state/store.ts"
import { World } from "./state/world.ts"
import { Sender, type SenderOptions, senderDefaults } from "./webhooks/sender.ts"

export type SandboxOptions = {
  /** 0 takes a free port. */
  port: number
  /** The folder of the state; null keeps it in memory. */
  stateFolder: string | null
  /** An endpoint that is there from the start. */
  webhook?: { url: string; secret: string } | undefined
  seed?: string | undefined
  settlementDays?: number
  clock?: number | undefined
  /** The platform's own money at the first start, in minor units per currency. */
  float?: { amount: number; currency: string }[]
  sender?: Partial<SenderOptions>
  /** Sees each answer of the API, and each event, before it leaves; throws where it is not as it should be. */
  check?: ((answer: object) => void) | undefined
}

export type Sandbox = { origin: string; port: number; close(): Promise<void> }

const routes = [
  ...sessionRoutes,
  ...paymentRoutes,
  ...refundRoutes,
  ...disputeRoutes,
  ...transferRoutes,
  ...payoutRoutes,
  ...accountRoutes,
  ...accountV1Routes,
  ...bankRoutes,
  ...balanceRoutes,
  ...customerRoutes,
  ...updateRoutes,
  ...eventRoutes,
  ...webhookEndpointRoutes,
]

/** Starts the stand-in on the loopback address only. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const store = new Store(options.stateFolder)
  const fresh = store.get("settings", "settings") === undefined
  const world = new World({
    store,
    seed: options.seed,
    settlementDays: options.settlementDays ?? 2,
    clock: options.clock,
    check: options.check,
  })
  const faults = new Faults(world)
  const control = new Control(world, faults)
  if (fresh)
    store.write(() => {
      for (const amount of options.float ?? []) topUp(world, amount)
    })
  const { webhook } = options
  if (webhook !== undefined)
    store.write(() => {
      addEndpoint(world, {
        id: "we_environment",
        url: webhook.url,
        enabledEvents: ["*"],
        secret: webhook.secret,
        description: "from the environment",
        metadata: {},
        from: "all",
      })
    })
  const api = new Api(world, routes, faults)
  const sender = new Sender(world, faults, { ...senderDefaults, ...options.sender })
  const server = createServer((request, response) => {
    answer({ world, api, control, faults }, request, response).catch((error: unknown) => {
      console.error(error)
      if (response.headersSent) response.destroy()
      else send(response, jsonReply(500, { error: { type: "api_error", message: "The sandbox failed." } }))
    })
  })
  // A caller that was busy for some seconds would otherwise send into a connection that is being closed.
  server.keepAliveTimeout = 65_000
  const port = await listen(server, options.port)
  world.origin = `http://127.0.0.1:${port}`
  sender.start()
  const clockTimer = setInterval(() => keepTime(world), 1000)
  const close = async () => {
    clearInterval(clockTimer)
    await sender.stop()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    store.close()
  }
  return { origin: world.origin, port, close }
}

type Doors = { world: World; api: Api; control: Control; faults: Faults }

async function answer(doors: Doors, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Only names of this machine are answered, so that no web page can reach the sandbox under a name of its own.
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? ""))
    return send(
      response,
      jsonReply(403, { error: { type: "invalid_request_error", message: "Loopback only." } }),
    )
  const url = new URL(request.url ?? "/", doors.world.origin)
  keepTime(doors.world)
  if (url.pathname.startsWith("/v1/") || url.pathname.startsWith("/v2/"))
    return doors.api.answer(request, response, url)
  if (isDashboard(url.pathname)) return answerDashboard(doors.world, doors.faults, request, response, url)
  if (url.pathname.startsWith("/_sandbox/")) return doors.control.answer(request, response, url)
  return answerPage(doors.world, request, response, url)
}

const lastKept = new WeakMap<World, number>()

/** Does what falls due by the clock; at most once for each second of it. */
function keepTime(world: World): void {
  const now = world.now()
  if (lastKept.get(world) === now) return
  lastKept.set(world, now)
  world.store.write(() => {
    expireDueSessions(world)
    settleDuePayments(world)
    settleWaitingRefunds(world)
    failDueRefunds(world)
    loseOverdueDisputes(world)
    movePayouts(world)
  })
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port))
  })
}
