/**
 * `npm test` runs everything and ends with `N passed, N failed`; `npm run test:quick` runs what takes less than a
 * minute: Biome, the type check and the tests that are not slow. What could not be run is named, never silent.
 */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { startMarket } from "../e2e/market.ts"
import { findChromium, installChromium } from "./chromium.ts"

const quick = process.argv.includes("--quick")
const folder = mkdtempSync(join(tmpdir(), "quanheng-report-"))
const total = { passed: 0, failed: 0 }
const notRun = []
const took = []

// Many tests start programs, and so does a market: each finds here what another one has compiled.
process.env.NODE_COMPILE_CACHE ??= resolve("node_modules/.cache/compiled")

const since = (began) => `${((Date.now() - began) / 1000).toFixed(1)} s`
function told(title, began) {
  took.push(`${title} ${since(began)}`)
  console.log(`  ${title}: ${since(began)}`)
}

/** Runs a program with its output in sight; true when it succeeded. */
async function run(title, [command, ...args], environment = {}) {
  console.log(`\n— ${title}`)
  const began = Date.now()
  const child = spawn(command, args, { stdio: "inherit", env: { ...process.env, ...environment } })
  const [code] = await once(child, "close")
  told(title, began)
  return code === 0
}

/** A check that passes or fails as a whole, beside others: what it says is shown when it has ended. */
function check(title, [command, ...args]) {
  const began = Date.now()
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] })
  let output = ""
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => {
      output += text
    })
  return new Promise((done) => {
    child.once("error", (error) => {
      output += error.message
    })
    child.once("close", (code) => {
      const passed = code === 0
      total[passed ? "passed" : "failed"]++
      console.log(`\n— ${title}\n${output}`)
      told(title, began)
      done(passed)
    })
  })
}

/** A runner that writes its counts into a file; when it fails without a failed test, that is a failure too. */
async function suite(title, command, environment, report, read) {
  const passed = await run(title, command, environment)
  const counts = existsSync(report)
    ? read(JSON.parse(readFileSync(report, "utf8")))
    : { passed: 0, failed: 0 }
  total.passed += counts.passed
  total.failed += counts.failed + (!passed && counts.failed === 0 ? 1 : 0)
}

async function unitTests() {
  const report = join(folder, "vitest.json")
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`]
  const environment = quick ? { QUANHENG_QUICK: "1" } : {}
  await suite("unit tests", ["npx", "vitest", "run", ...reporters], environment, report, (json) => ({
    passed: json.numPassedTests,
    failed: json.numFailedTests + json.testResults.filter(isBrokenFile).length,
  }))
}

/** A file that does not even load has no tests to fail. */
const isBrokenFile = (file) => file.status === "failed" && file.assertionResults.length === 0

/** The browser's program, or null: then it is named as not run. */
function browser() {
  const journeys = existsSync("e2e") && readdirSync("e2e").some((name) => /\.(spec|test)\.ts$/.test(name))
  const chromium = journeys ? (findChromium() ?? installChromium()) : null
  if (!journeys) notRun.push("browser journeys: there are none in e2e/")
  else if (chromium === null)
    notRun.push("browser journeys: no Chromium here; install one, or name it in CHROME_PATH")
  return chromium
}

async function browserTests(chromium, { origin, home }) {
  const report = join(folder, "playwright.json")
  const environment = {
    CHROME_PATH: chromium,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    E2E_BASE_URL: origin,
    E2E_HOME: home,
  }
  const command = ["npx", "playwright", "test", "--reporter=list,json", "--retries=1"]
  await suite("browser journeys", command, environment, report, ({ stats, errors }) => {
    if (stats.flaky > 0)
      console.log(`\nOnly at the second try: ${stats.flaky} browser journeys, see "flaky" above.`)
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length }
  })
}

async function journeys(chromium, starting) {
  const market = await starting.catch((error) => {
    console.log(`\nThe browser journeys have no market: ${error.message}.`)
    total.failed++
    return null
  })
  if (market === null) return
  try {
    await browserTests(chromium, market)
  } finally {
    await market.stop()
  }
}

// The build writes types that the type check reads, so they take turns.
await check("types", ["npx", "tsc", "-p", "."])
const [built] = await Promise.all([
  quick || check("build of the pages", [process.execPath, "scripts/build.mjs"]),
  check("format and lint", ["npx", "biome", "check", "--error-on-warnings"]),
])
const chromium = !quick && built ? browser() : null
// The journeys' market makes itself ready beside the tests: that is mostly waiting, by one process for another.
const market = chromium === null ? null : startMarket()
market?.catch(() => {})
await unitTests()
if (market !== null) await journeys(chromium, market)
rmSync(folder, { recursive: true, force: true })

if (!process.env.QUANHENG_KILLS) notRun.push("random kills over whole trades: npm run test:kills")
if (!process.env.QUANHENG_LARGE)
  notRun.push("all hostile bundles by each program, four gigabytes in a zip: npm run test:large")
for (const what of notRun) console.log(`\nNot run: ${what}.`)
console.log(`\nTook: ${took.join(", ")}.`)
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1
