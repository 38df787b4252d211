/**
 * `npm run screens`: docs/screens, pictures of each page of a freshly seeded market, in both languages, at 1440
 * and at 390 pixels, and of a few in the dark. Pages that are not there are named, and the command fails.
 *
 * SCREENS_BASE_URL and SCREENS_HOME take a market that runs already.
 */
import { spawn } from "node:child_process"
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium } from "@playwright/test"
import { paths } from "../app/_lib/paths.ts"
import { visit } from "../server/seed/visitor.ts"
import { chromiumFlags, findChromium } from "./chromium.ts"
import { readIds } from "./screens/ids.ts"
import { pages } from "./screens/pages.ts"
import { makeScenes } from "./screens/scenes.ts"
import { freePort } from "./start/programs.ts"

const folder = "docs/screens"
const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }
const quality = 72
const largestBytes = 150_000
/** For what a page's scripts add once they run, such as how long ago something was. */
const settleMs = 250

const market = await openMarket()
const missing = []
try {
  await takeAll(market)
} finally {
  await market.close()
}
const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
console.log(`${readdirSync(folder).length} pictures, ${(bytes / 1e6).toFixed(1)} MB, in ${folder}`)
for (const what of missing) console.error(`Not there: ${what}`)
process.exitCode = missing.length === 0 ? 0 : 1

async function openMarket() {
  const { SCREENS_BASE_URL: origin, SCREENS_HOME: home } = process.env
  if (origin && home) return { origin, home, close: async () => {} }
  return startMarket()
}

/** A whole market in a folder of its own, as `npm start` runs it. */
async function startMarket() {
  const home = mkdtempSync(join(tmpdir(), "quanheng-screens-"))
  const port = await freePort(0)
  const environment = { QUANHENG_HOME: home, PORT: String(port), DATABASE_URL: "", STRIPE_SECRET_KEY: "" }
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  })
  const ended = new Promise((resolve) => child.once("exit", resolve))
  await new Promise((resolve, reject) => {
    child.stdout.on("data", (text) => {
      // The accounts' passwords are nobody's business here.
      if (/^ready /m.test(text)) resolve()
    })
    child.once("exit", (code) => reject(new Error(`the market ended with ${code}`)))
  })
  const close = async () => {
    child.kill("SIGTERM")
    await ended
    rmSync(home, { recursive: true, force: true })
  }
  return { origin: `http://localhost:${port}`, home, close }
}

async function takeAll({ origin, home }) {
  const accounts = JSON.parse(readFileSync(join(home, "demo-accounts.json"), "utf8"))
  Object.assign(process.env, { E2E_BASE_URL: origin, E2E_HOME: home })
  const { ids, lacking } = await readIds((role) => visitorOf(origin, accounts, role), makeScenes)
  missing.push(...lacking)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const executablePath = findChromium()
  const browser = await chromium.launch({
    args: chromiumFlags,
    ...(executablePath ? { executablePath } : {}),
  })
  const roles = [...new Set(pages.map(({ role }) => role))]
  const ways = ["zh", "en"].flatMap((locale) => Object.keys(sizes).map((size) => ({ locale, size })))
  // Four browsers' windows at a time: one for each language and size.
  for (const role of roles)
    await Promise.all(ways.map((way) => takeRole({ browser, origin, accounts, ids, role, ...way })))
  await browser.close()
}

async function takeRole({ browser, origin, accounts, ids, role, locale, size }) {
  for (const scheme of ["light", "dark"]) {
    const wanted = pages.filter((page) => page.role === role && (scheme === "light" || page.dark))
    if (wanted.length === 0) continue
    const context = await browser.newContext({
      baseURL: origin,
      viewport: sizes[size],
      colorScheme: scheme,
      locale: locale === "zh" ? "zh-CN" : "en-GB",
      timezoneId: "Asia/Shanghai",
      reducedMotion: "reduce",
      isMobile: size === "phone",
    })
    context.setDefaultTimeout(90_000)
    if (role) await signIn(context, accounts, role)
    const kind = scheme === "dark" ? `${size}.dark` : size
    for (const page of wanted) await take(context, page, ids, locale, kind)
    await context.close()
  }
}

function accountOf(accounts, role) {
  return accounts.find((account) => account.role === role)
}

async function visitorOf(origin, accounts, role) {
  const visitor = visit(origin)
  if (role === null) return visitor
  const { email, password } = accountOf(accounts, role)
  await visitor.ask.access.signIn.mutate({ email, password })
  return visitor
}

async function signIn(context, accounts, role) {
  const { email, password } = accountOf(accounts, role)
  const answer = await context.request.post("/api/trpc/access.signIn", { data: { email, password } })
  if (!answer.ok()) throw new Error(`the ${role} could not sign in: ${answer.status()}`)
}

async function take(context, { name, at, status = 200 }, ids, locale, kind) {
  const path = at(paths(locale), ids)
  if (path === null) return
  const page = await context.newPage()
  try {
    const answer = await page.goto(path, { waitUntil: "load" })
    if (answer?.status() !== status) {
      const what = `${name}: ${path.replaceAll(/[0-9a-z]{26}/g, "…")} answered ${answer?.status()}`
      if (!missing.includes(what)) missing.push(what)
      return
    }
    await page.evaluate(() => document.fonts.ready.then(() => {}))
    await page.waitForTimeout(settleMs)
    const file = join(folder, `${name}.${locale}.${kind}.webp`)
    const picture = await webp(context, page)
    writeFileSync(file, picture)
    if (picture.length > largestBytes) console.error(`${file} has ${picture.length} bytes`)
  } catch (error) {
    missing.push(`${name} in ${locale}: ${error.message.split("\n")[0]}`)
  } finally {
    await page.close()
  }
}

/** Playwright itself writes PNG and JPEG only; Chromium writes WebP, at half the size. */
async function webp(context, page) {
  const session = await context.newCDPSession(page)
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality })
  return Buffer.from(data, "base64")
}
