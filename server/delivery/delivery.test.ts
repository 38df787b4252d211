import { randomBytes } from "node:crypto"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Actor, UserActor } from "#contracts/actor.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { addMs, hourMs, minuteMs } from "#contracts/time.ts"
import { deliveryDoors } from "../http/delivery-doors.ts"
import { answerRefusal, type Call } from "../http/door.ts"
import { loadScene } from "../trades/store.ts"
import { testDeliveries } from "./delivery.test-data.ts"
import { deliverTrade, sweepDeliveries } from "./jobs.ts"
import { deliveryOfTrade } from "./queries.ts"

const market = await testDeliveries()
const { services, owner, content, sha256, name, buyer, stranger, offer, ready, grantOf, granted, spoil } =
  market
const { sql, newId } = services

const state = { actor: buyer as Actor }
const server = createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://market")
  const [door] = deliveryDoors
  const match = door?.pattern.exec(url.pathname)
  if (!door || !match) return void response.writeHead(404).end()
  const call: Call = {
    services,
    request,
    response,
    url,
    parts: { ...match.groups },
    locale: "en",
    requestId: "test",
    actor: async () => state.actor,
  }
  door.open(call).then(
    (refusal) => refusal && answerRefusal(call, refusal),
    () => response.destroy(),
  )
})
let origin = ""

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

async function get(
  grant: string,
  headers: Record<string, string> = {},
  more: { as?: Actor; query?: string } = {},
) {
  state.actor = more.as ?? buyer
  const path = `/api/grants/${grant}/files/${encodeURIComponent(name)}${more.query ?? ""}`
  const answer = await fetch(`${origin}${path}`, { headers })
  const body = Buffer.from(await answer.arrayBuffer())
  const code = answer.status >= 400 ? JSON.parse(body.toString()).error.code : null
  return { status: answer.status, headers: answer.headers, body, code }
}

describe("the delivery job", () => {
  test("issues one grant when the stored bytes are the registered ones, however often it runs", async () => {
    const trade = await ready(await offer({ minor: "19900" }))
    await Promise.all([deliverTrade(services, trade), deliverTrade(services, trade)])
    await deliverTrade(services, trade)
    const scene = await loadScene(sql, trade)
    expect(scene?.trade.state).toBe("delivered")
    expect(await sql`select id from grants where trade = ${trade}`).toHaveLength(1)
  })

  test("undoes a paid trade when other bytes are stored, and does not deliver a free one", async () => {
    const stored = Buffer.from(content)
    stored[1_500_000] = (stored[1_500_000] ?? 0) ^ 1
    const paid = await ready(await offer({ minor: "19900", stored }))
    await deliverTrade(services, paid)
    const scene = await loadScene(sql, paid)
    expect(scene?.trade).toMatchObject({
      state: "resolved",
      grant: null,
      resolution: { reason: "undelivered" },
    })
    const free = await ready(await offer({ stored }))
    await deliverTrade(services, free)
    expect((await loadScene(sql, free))?.trade.state).toBe("agreed")
  })

  test("is made up for by the sweep", async () => {
    const trade = await ready(await offer({ minor: "19900" }))
    await spoil("trade", trade, "updatedAt", addMs(services.writer.now(), -2 * minuteMs))
    await sweepDeliveries(services)
    expect((await loadScene(sql, trade))?.trade.state).toBe("delivered")
  })

  test("gives a grant the agreed limits", async () => {
    const { grant } = await granted({ downloads: 3 })
    expect(grant).toMatchObject({ fetchesAllowed: 3, from: null, fetches: 0 })
  })
})

describe("fetching", () => {
  test("the whole gives the registered bytes, their digest, and one fact", async () => {
    const { grant } = await granted()
    const answer = await get(grant.id)
    expect(answer.status).toBe(200)
    expect(answer.body.equals(content)).toBe(true)
    expect(answer.headers.get("repr-digest")).toBe(
      `sha-256=:${Buffer.from(sha256, "hex").toString("base64")}:`,
    )
    expect(answer.headers.get("etag")).toBe(`"${sha256}"`)
    expect(answer.headers.get("accept-ranges")).toBe("bytes")
    expect(answer.headers.get("content-disposition")).toContain("filename*=UTF-8''%E9%99%8D")
    const facts = await sql`select version from pending_facts where subject = ${grant.id} order by version`
    expect(facts.map(({ version }) => version)).toEqual([1, 2])
  })

  test("in ranges gives the same bytes and counts once; a new start counts again", async () => {
    const { trade, grant } = await granted()
    const parts: Buffer[] = []
    const step = 700_001
    for (let at = 0; at < content.length; at += step) {
      const answer = await get(grant.id, { Range: `bytes=${at}-${at + step - 1}`, "If-Range": `"${sha256}"` })
      expect(answer.status).toBe(206)
      expect(answer.headers.get("content-range")).toBe(
        `bytes ${at}-${Math.min(at + step, content.length) - 1}/${content.length}`,
      )
      parts.push(answer.body)
    }
    expect(Buffer.concat(parts).equals(content)).toBe(true)
    expect((await grantOf(trade)).fetches).toBe(1)
    await get(grant.id, { Range: "bytes=0-9" })
    expect((await grantOf(trade)).fetches).toBe(2)
  })

  test("beyond the end, or what the reader has, sends nothing and counts nothing", async () => {
    const { trade, grant } = await granted()
    expect(await get(grant.id, { Range: `bytes=${content.length}-` })).toMatchObject({
      status: 416,
      code: "range_not_satisfiable",
    })
    expect((await get(grant.id, { "If-None-Match": `"${sha256}"` })).status).toBe(304)
    const path = `${origin}/api/grants/${grant.id}/files/${encodeURIComponent(name)}`
    const head = await fetch(path, { method: "HEAD" })
    expect(head.headers.get("content-length")).toBe(String(content.length))
    expect((await grantOf(trade)).fetches).toBe(0)
  })

  test("stops at the agreed number; within the file a fetch can still be resumed", async () => {
    const { trade, grant } = await granted({ downloads: 1 })
    const answers = await Promise.all([get(grant.id), get(grant.id), get(grant.id)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403])
    expect(await get(grant.id)).toMatchObject({ status: 403, code: "grant_used_up" })
    expect((await get(grant.id, { Range: "bytes=5-9" })).body.equals(content.subarray(5, 10))).toBe(true)
    await spoil("grant", grant.id, "lastFetchedAt", addMs(services.writer.now(), -25 * hourMs))
    expect(await get(grant.id, { Range: "bytes=5-9" })).toMatchObject({ code: "grant_used_up" })
    expect((await grantOf(trade)).fetches).toBe(1)
  })

  test("a range without a fetch before it is itself a fetch", async () => {
    const { trade, grant } = await granted({ downloads: 1 })
    expect((await get(grant.id, { Range: "bytes=1-" })).status).toBe(206)
    expect((await grantOf(trade)).fetches).toBe(1)
    expect(await get(grant.id)).toMatchObject({ code: "grant_used_up" })
  })

  test.each([
    ["revoked", "grant", "state", "revoked", 403, "grant_revoked"],
    ["expired", "grant", "expires", "2020-01-01T00:00:00.000Z", 410, "grant_expired"],
    ["not begun", "grant", "from", "2999-01-01T00:00:00.000Z", 403, "grant_not_begun"],
    ["frozen", "trade", "frozenBy", "frz_00000000000000000000000001", 423, "frozen"],
  ] as const)("of a grant that is %s is refused", async (_, noun, member, value, status, code) => {
    const { trade, grant } = await granted()
    await spoil(noun, noun === "grant" ? grant.id : trade, member, value)
    expect(await get(grant.id)).toMatchObject({ status, code })
    expect((await grantOf(trade)).fetches).toBe(0)
  })

  test("another party's grant, an unknown one and another file's name are not found", async () => {
    const { trade, grant } = await granted()
    for (const as of [stranger, await market.party("regulator")] as Actor[])
      expect((await get(grant.id, {}, { as })).status).toBeGreaterThanOrEqual(403)
    expect(await get(grant.id, {}, { as: stranger })).toMatchObject({ status: 404, code: "not_found" })
    expect(await get(newId("grant"))).toMatchObject({ status: 404 })
    expect(await get("gra_x")).toMatchObject({ status: 404 })
    const other = await fetch(`${origin}/api/grants/${grant.id}/files/..%2Fsecret`)
    expect(other.status).toBe(404)
    expect(await deliveryOfTrade(services, stranger, trade)).toMatchObject({ refused: "not_found" })
  })

  test("bytes that were changed in storage break the connection", async () => {
    const { grant, trade } = await granted()
    const wrong = await offer({ stored: randomBytes(content.length) })
    const [file] = await sql<{ key: string }[]>`
      select storage_key as key from version_files where version = ${wrong.datasetVersion}`
    await owner.sql`update version_files set storage_key = ${file?.key ?? ""} where version = ${grant.datasetVersion}`
    state.actor = buyer
    const broken = fetch(`${origin}/api/grants/${grant.id}/files/${encodeURIComponent(name)}`, {
      signal: AbortSignal.timeout(1_500),
    }).then((answer) => answer.arrayBuffer())
    await expect(broken).rejects.toThrow()
    expect((await grantOf(trade)).state).toBe("active")
  })
})

describe("a signed link", () => {
  const member = (user: UserActor) => sql`
    insert into members (party, "user", role) values (${user.party}, ${user.user}, 'administrator')
    on conflict do nothing`

  test("fetches without a session, as long as its holder acts for the party", async () => {
    await member(buyer)
    const { trade, grant } = await granted()
    const delivery = await deliveryOfTrade(services, buyer, trade)
    if (!delivery || isRefusal(delivery)) throw new Error("no delivery")
    const [file] = delivery.files
    const url = new URL(file?.lines?.url ?? "")
    expect(file?.lines?.fetch).toContain("--output './降水 '\\''rain'\\''.csv'")
    const fetched = await get(grant.id, {}, { as: { kind: "anonymous" }, query: url.search })
    expect(fetched.body.equals(content)).toBe(true)
    await owner.sql`delete from members where party = ${buyer.party}`
    expect(await get(grant.id, {}, { as: { kind: "anonymous" }, query: url.search })).toMatchObject({
      code: "not_found",
    })
    await member(buyer)
  })
})
