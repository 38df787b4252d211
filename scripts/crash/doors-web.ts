import { createServer } from "node:http"
import { doors } from "#server/http/doors.ts"
import { makeFrontDoor } from "#server/http/front-door.ts"
import { services } from "#server/services.ts"

/** The web process without its pages, which take seconds to load: the same doors, services and shutdown by kill. */
const market = await services()
const server = createServer(
  makeFrontDoor(market, doors, (_request, response) => response.writeHead(404).end()),
)
server.listen(Number(process.env.PORT), "127.0.0.1")
process.once("SIGTERM", () => process.exit(0))
