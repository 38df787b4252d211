import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import type { Money } from "#contracts/money.ts"
import { testTrading } from "../escrow/trading.test-data.ts"
import { loadPayment } from "../payments/store.ts"
import { testMarket } from "../test-market.ts"
import { doors } from "./doors.ts"
import { makeFrontDoor } from "./front-door.ts"

/** The way back from the provider's page, which anybody may call. */
const market = await testMarket()
const { services, harness } = market
const trading = await testTrading(market)
const price: Money = { minor: "10000", currency: "CNY" }

const server = createServer(makeFrontDoor(services, doors, (_, response) => response.writeHead(404).end()))
let origin = ""
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

async function back(query: Record<string, string>) {
  const response = await fetch(`${origin}/pay/return?${new URLSearchParams(query)}`, { redirect: "manual" })
  return [response.status, response.headers.get("location")]
}

test("only a session of the trade's own payment is asked for at the provider, and applied", async () => {
  const { trade, payment, session } = await trading.open(price)
  const other = await trading.open(price)
  await harness.control("POST", `sessions/${session}/pay`, {})
  const asked = vi.spyOn(services.provider, "retrieveCheckout")
  const page = [303, `/zh/trades/${trade}`]
  for (const wrong of ["cs_made_up", other.session, "cs/../x", ""])
    expect(await back({ trade, locale: "zh", session: wrong })).toEqual(page)
  expect(await back({ session })).toEqual([303, "/en"])
  expect(asked).not.toHaveBeenCalled()
  expect((await loadPayment(services.sql, payment))?.state).toBe("started")
  expect(await back({ trade, locale: "zh", session })).toEqual(page)
  expect(asked).toHaveBeenCalledTimes(1)
  expect((await loadPayment(services.sql, payment))?.state).toBe("held")
})
