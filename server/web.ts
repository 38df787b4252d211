import { createServer } from "node:http"
import { fileURLToPath } from "node:url"
import next from "next"
import config from "../next.config.ts"
import { doors } from "./http/doors.ts"
import { makeFrontDoor } from "./http/front-door.ts"
import { provideInProcess } from "./in-process.ts"
import { makeInProcess } from "./routers/caller.ts"
import { services } from "./services.ts"

/** The web process: one front door on loopback, our own doors and Next.js behind it. It keeps no state. */
const port = Number(process.env.PORT ?? "3000")
const hostname = process.env.HOST ?? "127.0.0.1"

const market = await services()
provideInProcess(makeInProcess(market))
const pages = next({
  dev: process.env.QUANHENG_DEV === "1",
  dir: fileURLToPath(new URL("..", import.meta.url)),
  // Next.js would load its compiler, only to read the same from the file.
  conf: config,
  hostname,
  port,
})
await pages.prepare()
const handlePage = pages.getRequestHandler()

const server = createServer(
  makeFrontDoor(market, doors, (request, response) => void handlePage(request, response)),
)
// Large uploads and downloads take as long as they take; only a silent connection is cut.
server.requestTimeout = 0
server.keepAliveTimeout = 65_000
server.listen(port, hostname, () => console.log(`web ready on http://${hostname}:${port}`))

function stop(): void {
  server.close(() => process.exit(0))
  server.closeIdleConnections()
  setTimeout(() => process.exit(0), 3_000).unref()
}
process.once("SIGTERM", stop)
process.once("SIGINT", stop)
