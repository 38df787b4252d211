import { inspect } from "node:util"
import { expect, test } from "vitest"
import { isId } from "#contracts/ids.ts"
import { makeClient } from "#db/client.ts"
import { testMarket } from "../test-market.ts"
import { readSession } from "./actor-of.ts"
import { makeAuth } from "./auth.ts"
import { writePartyCookie } from "./cookies.ts"
import { Browser, newCommandId, outcome } from "./test-browser.ts"

const { services, owner, servingUrl } = await testMarket()
const password = "correct horse 电池"
let people = 0

async function signedUp(address?: string): Promise<{ browser: Browser; email: string }> {
  const browser = new Browser(services, address)
  const email = `person${++people}@example.com`
  await (await browser.ask()).access.signUp({ name: "Lin", email, password })
  return { browser, email }
}

async function signIn(email: string, typed = password, browser = new Browser(services)) {
  const answer = await outcome((await browser.ask()).access.signIn({ email, password: typed }))
  return { browser, answer }
}

test("signing up signs in, with an id of ours and a cookie that scripts cannot read", async () => {
  const { browser, email } = await signedUp()
  const me = await (await browser.ask()).access.me()
  expect(me?.user).toMatchObject({ name: "Lin", email })
  expect(isId("user", me?.user.id)).toBe(true)
  expect(await browser.actor()).toEqual({ kind: "person", user: me?.user.id })
  const [line] = browser.received
  for (const attribute of ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=604800"])
    expect(line).toMatch(new RegExp(`; ${attribute}(;|$)`, "i"))
  expect(line).not.toMatch(/; Secure/i)
})

test("in production the cookies are Secure", async () => {
  const live = { ...services, config: { ...services.config, production: true } }
  const { authCookies } = await makeAuth(live).$context
  expect(authCookies.sessionToken).toMatchObject({
    name: "__Secure-quanheng.session_token",
    attributes: { secure: true },
  })
  expect(writePartyCookie(live.config, null)).toMatch(/; Secure$/)
})

test("no answer and no column holds the password", async () => {
  const { email } = await signedUp()
  const rows = await owner.sql<{ hash: string }[]>`
    select c.password as hash from credentials c join users u on u.id = c.user_id where u.email = ${email}`
  expect(rows).toHaveLength(1)
  expect(rows[0]?.hash).not.toContain(password)
  expect(rows[0]?.hash.length).toBeGreaterThan(64)
})

test.each([
  ["a short password", { password: "123456789" }, "password_too_weak"],
  ["a password of 129 characters", { password: "x".repeat(129) }, "invalid_input"],
])("signing up with %s is refused", async (_what, part, expected) => {
  const input = { name: "Lin", email: `refused${++people}@example.com`, ...part }
  expect(await outcome((await new Browser(services).ask()).access.signUp(input))).toBe(expected)
})

test("an e-mail signs up once, also in other case, also twice at the same moment", async () => {
  const { email } = await signedUp()
  const again = (await new Browser(services).ask()).access.signUp({
    name: "Lin",
    email: email.toUpperCase(),
    password,
  })
  expect(await outcome(again)).toBe("email_taken")

  const input = { name: "Lin", email: `race${++people}@example.com`, password }
  const both = await Promise.all(
    [new Browser(services), new Browser(services)].map(async (browser) =>
      outcome((await browser.ask()).access.signUp(input)),
    ),
  )
  expect(both.filter((answer) => answer === "email_taken")).toHaveLength(1)
  const rows =
    await owner.sql`select 1 from credentials c join users u on u.id = c.user_id where u.email = ${input.email}`
  expect(rows).toHaveLength(1)
})

test("a wrong password and an unknown e-mail are refused alike", async () => {
  const { email } = await signedUp()
  expect((await signIn(email, "not this password")).answer).toBe("bad_credentials")
  expect((await signIn("nobody@example.com")).answer).toBe("bad_credentials")
  expect((await signIn(email)).answer).toMatchObject({ user: expect.stringMatching(/^usr_/) })
})

test("signing out ends the session on the server: a copied cookie is worth nothing", async () => {
  const { browser } = await signedUp()
  const thief = new Browser(services)
  for (const [name, value] of browser.cookies) thief.cookies.set(name, value)
  expect((await thief.actor()).kind).toBe("person")
  await (await browser.ask()).access.signOut()
  expect(browser.cookies.size).toBe(0)
  expect(await thief.actor()).toEqual({ kind: "anonymous" })
  expect(await outcome((await thief.ask()).access.sessions())).toBe("not_signed_in")
})

test("a cookie that was tampered with, or signed by another market, is anonymous", async () => {
  const { browser } = await signedUp()
  const { browser: other } = await signedUp()
  const [[name, value] = ["", ""]] = browser.cookies
  const [token = "", signature = ""] = decodeURIComponent(value).split(".")
  const otherToken = decodeURIComponent(other.cookies.get(name) ?? "").split(".")[0] ?? ""
  const flipped = (token.startsWith("A") ? "B" : "A") + token.slice(1)
  const forged = [
    `${flipped}.${signature}`,
    `${otherToken}.${signature}`,
    token,
    `${token}.`,
    `${token}.${"A".repeat(43)}=`,
    "",
  ]
  for (const cookie of forged) {
    browser.cookies.set(name, encodeURIComponent(cookie))
    expect(await browser.actor()).toEqual({ kind: "anonymous" })
  }
  browser.cookies.set(name, value)
  expect((await browser.actor()).kind).toBe("person")

  const foreign = makeAuth({
    ...services,
    config: { ...services.config, authSecret: "another secret of 32 characters or more" },
  })
  expect(await foreign.api.getSession({ headers: browser.headers() })).toBeNull()
})

test("a session ends by itself", async () => {
  const { browser } = await signedUp()
  const me = await (await browser.ask()).access.me()
  await owner.sql`update sessions set expires_at = now() - interval '1 second' where id = ${me?.id ?? ""}`
  expect(await browser.actor()).toEqual({ kind: "anonymous" })
})

test("sessions are listed without their tokens, and revoked one by one or all at once", async () => {
  const { browser, email } = await signedUp()
  const { browser: phone } = await signIn(email)
  const sessions = await (await browser.ask()).access.sessions()
  expect(sessions).toHaveLength(2)
  expect(sessions.filter(({ current }) => current)).toHaveLength(1)
  expect(sessions[0]).toMatchObject({ address: "198.51.100.7", browser: "test browser" })
  for (const value of browser.cookies.values())
    expect(JSON.stringify(sessions)).not.toContain(decodeURIComponent(value).split(".")[0])

  const stolen = sessions.find(({ current }) => !current)
  if (!stolen) throw new Error("the other session is not listed")
  const { browser: stranger } = await signedUp()
  expect(await outcome((await stranger.ask()).access.revokeSession({ session: stolen.id }))).toBe("not_found")
  expect((await phone.actor()).kind).toBe("person")
  await (await browser.ask()).access.revokeSession({ session: stolen.id })
  expect(await phone.actor()).toEqual({ kind: "anonymous" })

  const { browser: tablet } = await signIn(email)
  await (await browser.ask()).access.signOutEverywhere()
  expect([await browser.actor(), await tablet.actor()]).toEqual([
    { kind: "anonymous" },
    { kind: "anonymous" },
  ])
})

test("changing the password asks for the old one, ends the other sessions and keeps this one", async () => {
  const { browser, email } = await signedUp()
  const { browser: phone } = await signIn(email)
  const change = async (current: string, next: string) =>
    outcome((await browser.ask()).access.changePassword({ current, next }))
  expect(await change("not this password", "a new password")).toBe("bad_credentials")
  expect(await change(password, "short")).toBe("password_too_weak")
  expect((await phone.actor()).kind).toBe("person")
  expect(await change(password, "a new password")).toBeNull()
  expect((await browser.actor()).kind).toBe("person")
  expect(await phone.actor()).toEqual({ kind: "anonymous" })
  expect((await signIn(email)).answer).toBe("bad_credentials")
  expect((await signIn(email, "a new password")).answer).toMatchObject({ user: expect.any(String) })
})

test("guessing one account's password is stopped after ten, many at once too, and only for that account", async () => {
  const { email } = await signedUp()
  const { email: neighbour } = await signedUp()
  const guesses = await Promise.all(
    Array.from({ length: 25 }, async (_, i) => (await signIn(email, `guess number ${i}`)).answer),
  )
  expect(guesses.filter((answer) => answer === "bad_credentials")).toHaveLength(10)
  expect(guesses.filter((answer) => answer === "too_many_requests")).toHaveLength(15)
  expect((await signIn(email)).answer).toBe("too_many_requests")
  expect((await signIn(neighbour)).answer).toMatchObject({ user: expect.any(String) })
  const kept = await owner.sql<{ text: string }[]>`select a::text as text from sign_in_attempts a`
  for (const { text } of kept) expect(text).not.toContain("@")

  await owner.sql`update sign_in_attempts set started_at = now() - interval '16 minutes'`
  expect((await signIn(email)).answer).toMatchObject({ user: expect.any(String) })
})

test("an address that guesses at many accounts is stopped, and successes do not count", async () => {
  const address = "203.0.113.9"
  const { email } = await signedUp(address)
  const from = () => new Browser(services, address)
  for (let i = 0; i < 3; i++)
    expect((await signIn(email, password, from())).answer).toMatchObject({ user: expect.any(String) })
  await owner.sql`update sign_in_attempts set count = 99 where count = 0`
  expect((await signIn("someone@example.com", "guess", from())).answer).toBe("bad_credentials")
  expect((await signIn("someone-else@example.com", "guess", from())).answer).toBe("too_many_requests")
  expect((await signIn(email)).answer).toMatchObject({ user: expect.any(String) })
})

test("a person chooses among their own parties only", async () => {
  const { browser } = await signedUp()
  const { browser: stranger } = await signedUp()
  const register = async (by: Browser, identifier: string) =>
    (await by.ask()).parties.register({
      commandId: newCommandId(),
      name: { original: "en", en: identifier },
      country: "DE",
      identifier,
      authorisedPerson: "Lin",
      roles: ["buyer"],
    })
  await register(browser, "DE111111111")
  await register(browser, "DE222222222")
  await register(stranger, "DE333333333")
  const [first, second] = await (await browser.ask()).parties.mine()
  const [foreign] = await (await stranger.ask()).parties.mine()
  if (!first || !second || !foreign) throw new Error("a party is missing")
  expect(await browser.actor()).toMatchObject({
    kind: "user",
    party: first.party,
    memberRole: "administrator",
  })
  await (await browser.ask()).access.chooseParty({ party: second.party })
  expect(await browser.actor()).toMatchObject({ party: second.party })
  expect(await outcome((await browser.ask()).access.chooseParty({ party: foreign.party }))).toBe("not_found")
  browser.cookies.set("party", foreign.party)
  expect(await browser.actor()).toMatchObject({ party: first.party })
})

test("when the database does not answer, no session's token gets into an error", async () => {
  const { browser } = await signedUp()
  const [value = ""] = browser.cookies.values()
  const token = decodeURIComponent(value).split(".")[0] ?? ""
  const gone = makeClient(servingUrl, { connections: 1 })
  await gone.sql.end()
  const failed = await readSession({ ...services, ...gone }, browser.headers()).catch(
    (error: unknown) => error,
  )
  expect(failed).toBeInstanceOf(Error)
  expect(token).not.toBe("")
  expect(inspect(failed, { depth: null })).not.toContain(token)
  expect(String(failed)).toContain("CONNECTION_ENDED")
})
