import {
  type APIRequestContext,
  type APIResponse,
  type Browser,
  type BrowserContext,
  expect,
  test,
} from "@playwright/test"
import { paths, productSteps } from "../app/_lib/paths.ts"
import { accountOf, enterContext, origin, type Role } from "./accounts.ts"
import { doorsOf, newId } from "./door-caller.ts"
import { inTurns } from "./in-turns.ts"

/** What somebody gets who is not who they say, or looks for what is not theirs. */

async function signedIn(browser: Browser, role: Role, index = 0): Promise<BrowserContext> {
  const context = await browser.newContext()
  await enterContext(context, accountOf(role, index))
  return context
}

test.describe("a stolen session", () => {
  for (const locale of inTurns("zh"))
    test(`is worth nothing once its owner signed out (${locale})`, async ({ browser }) => {
      const [owner, thief] = [await browser.newContext(), await browser.newContext()]
      const { email } = await doorsOf(owner.request).signUp("owner")
      await thief.addCookies(await owner.cookies())
      const stolen = await thief.newPage()
      await stolen.goto(`${origin()}${paths(locale).account()}`)
      await expect(stolen.getByRole("banner")).toContainText(email)

      const out = await owner.request.post(`${origin()}/api/auth/sign-out`, { maxRedirects: 0 })
      expect(out.status()).toBe(303)
      await stolen.reload()
      await expect(stolen.getByRole("banner")).not.toContainText(email)
      await expect(stolen.getByRole("main")).not.toContainText(email)
      const asked = await thief.request.get(`${origin()}/api/trpc/access.sessions`)
      expect(asked.status()).toBe(401)
    })

  test("is worth nothing once its owner ended it from another device", async ({ browser }) => {
    const [owner, thief] = [await browser.newContext(), await browser.newContext()]
    const account = await doorsOf(owner.request).signUp("owner")
    await doorsOf(thief.request).signIn(account)
    const page = await owner.newPage()
    await page.goto(`${origin()}${paths("en").account()}`)
    type Listed = { id: string; current: boolean }[]
    const others = (await doorsOf(owner.request).ask<Listed>("access.sessions")).filter((one) => !one.current)
    expect(others).toHaveLength(1)
    await doorsOf(owner.request).do("access.revokeSession", { session: others[0]?.id })
    expect((await thief.request.get(`${origin()}/api/trpc/access.sessions`)).status()).toBe(401)
    expect((await owner.request.get(`${origin()}/api/trpc/access.sessions`)).status()).toBe(200)
  })
})

test.describe("another site's page", () => {
  test("cannot act for a signed-in reader: forms and scripts are refused, and the reader stays signed in", async ({
    browser,
  }) => {
    const context = await browser.newContext()
    const account = await doorsOf(context.request).signUp("reader")
    const page = await context.newPage()
    await page.route("https://evil.example/**", (route) =>
      route.fulfill({
        contentType: "text/html",
        body: `<form method="post" action="${origin()}/api/auth/sign-out"><button>win a prize</button></form>`,
      }),
    )
    await page.goto("https://evil.example/")
    const answer = page.waitForResponse((response) => response.url().endsWith("/api/auth/sign-out"))
    await page.getByRole("button").click()
    expect((await answer).status()).toBe(403)

    await page.goto(`${origin()}/en`)
    await expect(page.getByRole("banner")).toContainText(account.email)
  })

  for (const [path, code] of [
    ["/api/trpc/access.signOut", "cross_site"],
    ["/api/trpc/trades.propose", "cross_site"],
    ["/preferences", "cross_site"],
  ] as const)
    test(`may not post to ${path}`, async ({ request }) => {
      const headers = { origin: "https://evil.example", "content-type": "application/json", "x-locale": "zh" }
      const refused = await request.post(`${origin()}${path}`, { data: "{}", headers })
      expect(refused.status()).toBe(403)
      expect(await refused.json()).toMatchObject({
        error: { code, message: expect.stringMatching(/[一-鿿]/) },
      })
    })
})

/** Our own pages that a page links to, in its language. */
function linksOf(html: string): string[] {
  const found = [...html.matchAll(/href="(\/(?:zh|en)(?:\/[^"#]*)?)"/g)].map(([, link]) => link ?? "")
  return [...new Set(found.map((link) => link.replaceAll("&amp;", "&")))]
}

/** Walks from the home page over links of our own, at most `limit` pages, few of each kind; gives what each answered. */
async function walk(
  request: APIRequestContext,
  start: string,
  limit: number,
): Promise<Map<string, APIResponse>> {
  const kindOf = (path: string) => path.split("?")[0]?.replaceAll(/[a-z]{3}_[0-9a-z]{26}|\d+/g, "*") ?? ""
  const seen = new Set<string>()
  const answers = new Map<string, APIResponse>()
  const waiting = [start]
  while (waiting.length > 0 && answers.size < limit) {
    const path = waiting.shift() ?? ""
    if (seen.has(kindOf(path))) continue
    seen.add(kindOf(path))
    const answer = await request.get(`${origin()}${path}`)
    answers.set(path, answer)
    for (const link of linksOf(await answer.text()))
      if (!seen.has(kindOf(link)) && link.startsWith(start)) waiting.push(link)
  }
  return answers
}

test.describe("every page", () => {
  const readers = [null, "buyer", "seller", "operator", "regulator"] as const
  for (const role of readers)
    test(`carries its policy and headers, as ${role ?? "anybody"} reads it`, async ({ browser }) => {
      const context = role ? await signedIn(browser, role) : await browser.newContext()
      const answers = await walk(context.request, "/en", 60)
      expect(answers.size).toBeGreaterThan(4)
      for (const path of ["/zh", "/en/there-is-no-such-page"])
        answers.set(path, await context.request.get(`${origin()}${path}`))
      for (const [path, answer] of answers) {
        const headers = answer.headers()
        const policy = headers["content-security-policy"] ?? ""
        expect.soft(answer.status(), path).toBe(path.endsWith("no-such-page") ? 404 : 200)
        expect.soft(headers["x-content-type-options"], path).toBe("nosniff")
        // A file to take home is no page: nothing in it may run or be framed.
        if (headers["content-type"] === "application/pdf") {
          expect.soft(policy, path).toBe("default-src 'none'; frame-ancestors 'none'; sandbox")
          continue
        }
        expect
          .soft(policy, path)
          .toMatch(/script-src 'self' 'nonce-[\w+/=]{20,}' 'strict-dynamic'(;| 'unsafe-eval';)/)
        for (const part of [
          "default-src 'self'",
          "object-src 'none'",
          "frame-ancestors 'none'",
          "base-uri 'none'",
        ])
          expect.soft(policy, path).toContain(part)
        expect.soft(headers["x-frame-options"], path).toBe("DENY")
        expect.soft(headers["referrer-policy"], path).toBe("same-origin")
        expect.soft(headers["x-powered-by"], path).toBeUndefined()
        expect.soft(headers["x-request-id"], path).toMatch(/^[0-9a-f]{16}$/)
      }
    })
})

test.describe("what belongs to another party", () => {
  /** A product of the seller's, a request and a trade of the buyer's: made here, so that they are certainly theirs. */
  async function belongings(seller: BrowserContext, buyer: BrowserContext) {
    const upload = { id: newId("upload"), fileName: "not-yours.csv", bytes: 12 }
    const { product } = await doorsOf(seller.request).do<{ product: string }>("products.open", upload)
    const deadline = new Date(Date.now() + 7 * 86_400_000).toISOString()
    const { request } = await doorsOf(buyer.request).do<{ request: string }>("requests.post", {
      commandId: newId("command"),
      words: "rainfall by station that nobody else may read",
      locale: "en",
      use: { actions: ["use"] },
      formats: [],
      domain: null,
      cap: null,
      deadline,
    })
    type Cards = { cards: { id: string }[] }
    const { cards } = await doorsOf(buyer.request).ask<Cards>("listings.search", {})
    const trade = await proposeAny(
      buyer,
      cards.map(({ id }) => id),
    )
    return { product, request, trade }
  }

  /** Proposes at the first plan that takes the plainest use. */
  async function proposeAny(buyer: BrowserContext, listings: string[]): Promise<string> {
    for (const listing of listings) {
      type Found = { plans: { id: string }[] }
      const { plans } = await doorsOf(buyer.request).ask<Found>("listings.page", { listing })
      for (const { id: plan } of plans) {
        const offer = { listing, plan, use: { actions: ["use"] }, locale: "en" }
        const answer = await buyer.request.post(`${origin()}/api/trpc/trades.propose`, {
          data: { commandId: newId("command"), ...offer },
        })
        if (answer.ok()) return (await answer.json()).result.data.trade
      }
    }
    throw new Error("no listing of the demo market can be bought for plain use")
  }

  for (const locale of inTurns("en"))
    test(`is not found on any page with an id (${locale})`, async ({ browser }) => {
      const [seller, buyer] = [await signedIn(browser, "seller"), await signedIn(browser, "buyer")]
      const [rival, stranger] = [await signedIn(browser, "seller", 1), await signedIn(browser, "buyer", 1)]
      const anybody = await browser.newContext()
      const { product, request, trade } = await belongings(seller, buyer)
      const to = paths(locale)
      const theirs = {
        seller: [to.product(product), ...productSteps.map((step) => to.product(product, step))],
        buyer: [
          to.request(request),
          to.trade(trade),
          to.agreement(trade),
          to.checkout(trade),
          to.delivery(trade),
          to.statement(trade),
        ],
      }
      const look = async (context: BrowserContext, path: string) => {
        const answer = await context.request.get(`${origin()}${path}`)
        return { status: answer.status(), text: await answer.text() }
      }
      const cases = [
        ...theirs.seller.map((path) => ({ path, owner: seller, others: [rival, stranger] })),
        ...theirs.buyer.map((path) => ({ path, owner: buyer, others: [stranger, rival] })),
      ]
      for (const { path, owner, others } of cases) {
        expect.soft((await look(owner, path)).status, `${path} for its owner`).toBe(200)
        for (const other of [...others, anybody]) {
          const { text } = await look(other, path)
          const secretive = !text.includes("not-yours") && !text.includes("nobody else may read")
          expect.soft(secretive, `${path} shows nothing of it`).toBe(true)
        }
        // One of the same role gets what one gets for an id that does not exist.
        const same = others[0] as BrowserContext
        expect.soft((await look(same, path)).status, `${path} for another party`).toBe(404)
      }
    })

  test("is not found at any door with an id", async ({ browser }) => {
    const [seller, buyer] = [await signedIn(browser, "seller"), await signedIn(browser, "buyer")]
    const [rival, stranger] = [await signedIn(browser, "seller", 1), await signedIn(browser, "buyer", 1)]
    const { product, request, trade } = await belongings(seller, buyer)
    const asks: [BrowserContext, string, object][] = [
      [rival, "products.page", { product }],
      [stranger, "requests.page", { request }],
      [stranger, "trades.page", { trade }],
      [stranger, "delivery.ofTrade", { trade }],
    ]
    for (const [who, path, input] of asks) {
      const query = `input=${encodeURIComponent(JSON.stringify(input))}`
      const answer = await who.request.get(`${origin()}/api/trpc/${path}?${query}`)
      expect.soft(answer.status(), path).toBe(404)
      expect.soft((await answer.json()).error.data.code, path).toBe("not_found")
    }
    const accepted = await stranger.request.post(`${origin()}/api/trpc/trades.cancel`, {
      data: { commandId: newId("command"), trade, reason: "changedMind" },
    })
    expect(accepted.status()).toBe(404)
    const file = await stranger.request.get(`${origin()}/api/grants/${newId("grant")}/files/a.csv`)
    expect(file.status()).toBe(404)
  })
})

test("pages of an office show nothing of it to those who do not hold it", async ({ browser }) => {
  const to = paths("en")
  const buyer = await signedIn(browser, "buyer")
  for (const path of [
    to.operator(),
    to.operatorQueue("parties"),
    to.operatorQueue("payments"),
    to.supervision(),
    to.freezes(),
    to.exports(),
  ]) {
    const page = await buyer.newPage()
    await page.goto(`${origin()}${path}`)
    await expect(page.getByRole("main").getByRole("table"), path).toHaveCount(0)
    await page.close()
  }
})

test("a sign-in cannot be led to another site", async ({ page }) => {
  const account = accountOf("buyer")
  for (const next of ["https://evil.example/", "//evil.example/", "/\\evil.example"]) {
    await page.context().clearCookies()
    await page.goto(`${origin()}/en/sign-in?next=${encodeURIComponent(next)}`)
    await page.getByLabel("E-mail").fill(account.email)
    await page.getByLabel("Password").fill(account.password)
    await page.getByRole("main").getByRole("button", { name: "Sign in" }).click()
    await expect(page.getByRole("banner")).toContainText(account.email)
    expect(new URL(page.url()).origin).toBe(origin())
  }
})
