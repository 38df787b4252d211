import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Actor } from "#contracts/actor.ts"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import { openProduct } from "../products/commands.ts"
import { testMarket } from "../test-market.ts"
import { answerRefusal, type Call } from "./door.ts"
import { uploadDoors } from "./upload-doors.ts"

const market = await testMarket()
const { services } = market
const seller = await market.party("seller")
const rival = await market.party("seller")
let actor: Actor = seller
let origin = ""

/** The door behind a real socket; who asks is what the test says. */
async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://market")
  const [door] = uploadDoors
  const match = door?.pattern.exec(url.pathname)
  const call: Call = {
    services,
    request,
    response,
    url,
    parts: { ...match?.groups },
    locale: "en",
    requestId: "test",
    actor: async () => actor,
  }
  const refusal = await (door && match ? door.open(call) : refuse("not_found"))
  if (isRefusal(refusal)) answerRefusal(call, refusal)
}

const server = createServer((request, response) => void handle(request, response))
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

async function open(fileName: string, bytes: number): Promise<string> {
  const id = services.newId("upload")
  const opened = await openProduct(services, seller, { id, fileName, bytes }, "en")
  if (isRefusal(opened)) throw new Error(opened.refused)
  return id
}

async function put(id: string, body: Uint8Array<ArrayBuffer>, range?: string) {
  const headers = range === undefined ? {} : { "Content-Range": range }
  const response = await fetch(`${origin}/api/uploads/${id}`, { method: "PUT", body, headers })
  return { status: response.status, body: await response.json() }
}

const csv = new TextEncoder().encode("a,b\n1,2\n3,4\n")

describe("the door for uploads", () => {
  it("takes a whole file, and takes no second one", async () => {
    const id = await open("a.csv", csv.length)
    expect(await put(id, csv)).toMatchObject({
      status: 200,
      body: { state: "complete", receivedBytes: csv.length, version: expect.stringMatching(/^ver_/) },
    })
    expect(await put(id, csv)).toMatchObject({ status: 409, body: { error: { code: "upload_not_open" } } })
  })

  it("goes on where it was told to", async () => {
    const large = new Uint8Array(3 * 1024 * 1024).fill(0x61)
    const id = await open("large.csv", large.length)
    const first = await put(id, large.subarray(0, 2_500_000))
    expect(first).toMatchObject({ status: 202, body: { state: "open", version: null } })
    const { receivedBytes } = first.body
    expect(receivedBytes).toBeGreaterThan(0)
    const wrong = await put(id, large.subarray(5), `bytes 5-${large.length - 1}/${large.length}`)
    expect(wrong).toMatchObject({ status: 400, body: { error: { detail: { received: receivedBytes } } } })
    const rest = `bytes ${receivedBytes}-${large.length - 1}/${large.length}`
    expect(await put(id, large.subarray(receivedBytes), rest)).toMatchObject({
      status: 200,
      body: { state: "complete", receivedBytes: large.length },
    })
  })

  it("says no to an archive while it is still being sent, and the sender hears it", async () => {
    const archive = new Uint8Array(24 * 1024 * 1024)
    archive.set([0x50, 0x4b, 0x03, 0x04])
    const id = await open("a.zip", archive.length)
    expect(await put(id, archive)).toMatchObject({
      status: 415,
      body: { error: { code: "file_is_archive", requestId: "test" } },
    })
  })

  it("does not know another party's upload", async () => {
    const id = await open("b.csv", csv.length)
    actor = rival
    expect((await put(id, csv)).status).toBe(404)
    actor = { kind: "anonymous" }
    expect((await put(id, csv)).status).toBe(401)
    actor = seller
    expect((await put("prd_x", csv)).status).toBe(404)
    expect((await put(id, csv)).status).toBe(200)
  })
})
