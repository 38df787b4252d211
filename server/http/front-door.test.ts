import { once } from "node:events"
import { createServer, type IncomingMessage, type RequestListener } from "node:http"
import type { AddressInfo } from "node:net"
import { expect, test } from "vitest"
import { clientAddressHeader } from "../access/auth.ts"
import type { Services } from "../services.ts"
import { clientAddress } from "./client-address.ts"
import { makeFrontDoor } from "./front-door.ts"
import { comesFromOtherSite } from "./same-site.ts"

const from = (forwarded?: string) =>
  ({
    headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
    socket: { remoteAddress: "10.0.0.9" },
  }) as unknown as IncomingMessage

test.each([
  ["no proxy: what the caller writes says nothing", "1.1.1.1", 0, "10.0.0.9"],
  ["one proxy: what it appended", "1.1.1.1, 2.2.2.2", 1, "2.2.2.2"],
  ["two proxies", "1.1.1.1, 2.2.2.2, 3.3.3.3", 2, "2.2.2.2"],
  ["a proxy that says nothing", undefined, 1, "10.0.0.9"],
  ["fewer entries than proxies", "2.2.2.2", 2, "10.0.0.9"],
] as const)("%s", (_what, forwarded, proxies, address) => {
  expect(clientAddress(from(forwarded), proxies)).toBe(address)
})

test("a caller cannot choose the address that its sign-in attempts are counted by", async () => {
  const services = { config: { proxies: 0, publicUrl: "https://market.example" } } as Services
  const server = createServer(
    makeFrontDoor(services, [], ((request, response) =>
      response.end(request.headers[clientAddressHeader])) satisfies RequestListener),
  )
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { [clientAddressHeader]: "6.6.6.6" } })
  expect(await answer.text()).toBe("127.0.0.1")
  server.close()
})

const post = { host: "market.example" }
test.each([
  ["our own page", { ...post, origin: "https://market.example", "sec-fetch-site": "same-origin" }, false],
  [
    "our own page under the host's other name",
    { host: "127.0.0.1:3000", origin: "http://127.0.0.1:3000" },
    false,
  ],
  ["a program", post, false],
  ["a person who typed the address", { ...post, "sec-fetch-site": "none" }, false],
  ["another site's page", { ...post, origin: "https://evil.example", "sec-fetch-site": "cross-site" }, true],
  ["an old browser on another site", { ...post, origin: "https://evil.example" }, true],
  ["a page without an origin", { ...post, origin: "null" }, true],
  ["a neighbour on the same domain", { ...post, "sec-fetch-site": "same-site" }, true],
  ["our name in front of theirs", { ...post, origin: "https://market.example.evil.example" }, true],
] as const)("who wrote it: %s", (_what, headers, refused) => {
  expect(comesFromOtherSite({ method: "POST", headers }, "https://market.example")).toBe(refused)
  expect(comesFromOtherSite({ method: "GET", headers }, "https://market.example")).toBe(false)
})
