/**
 * `npm test` runs everything and ends with `N passed, N failed`; `npm run test:quick` runs what takes two to three
 * minutes: Biome, the type check and the tests that are not slow. What could not be run is named, never silent.
 */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { constants, setPriority, tmpdir } from "node:os"
import { delimiter, join, resolve } from "node:path"
import { startMarket } from "../e2e/market.ts"
import { findHeadless, installChromium } from "./chromium.ts"
import {
  filesToTryAgain,
  plain,
  readPlaywright,
  readSecondTry,
  readVitest,
  tellFailures,
} from "./failures.ts"

const begun = Date.now()
// The programs of the packages are called by name; npx would start npm before each.
process.env.PATH = [resolve("node_modules/.bin"), process.env.PATH].join(delimiter)

const quick = process.argv.includes("--quick")
const folder = mkdtempSync(join(tmpdir(), "quanheng-report-"))
/** Told at the very end, for of a long log often only the end is kept. */
const failures = []
const flaky = []
let passed = 0
const notRun = []
const took = []

// Many tests start programs, and so does a market: each finds here what another one has compiled.
process.env.NODE_COMPILE_CACHE ??= resolve("node_modules/.cache/compiled")

const since = (began) => `${((Date.now() - began) / 1000).toFixed(1)} s`
function told(title, began) {
  took.push(`${title} ${since(began)}`)
  console.log(`  ${title}: ${since(began)}`)
}

const fail = (file, name, message) => failures.push({ file, name, message })
/** The last lines of an output, to say why a program failed. */
const endOf = (output) => plain(output).trimEnd().split("\n").slice(-12).join("\n")

/** Runs a program with its output in sight; answers whether it succeeded, and the end of what it said. */
async function run(title, [command, ...args], environment = {}) {
  console.log(`\n— ${title}`)
  const began = Date.now()
  const colours = process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}
  const env = { ...process.env, ...colours, ...environment }
  const child = spawn(command, args, { stdio: ["inherit", "pipe", "pipe"], env })
  let end = ""
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ])
    from.setEncoding("utf8").on("data", (text) => {
      to.write(text)
      end = (end + text).slice(-4000)
    })
  const [code] = await once(child, "close")
  told(title, began)
  return { succeeded: code === 0, end }
}

/** A check that passes or fails as a whole, beside the tests: what it says is shown when it has ended. */
function check(title, [command, ...args]) {
  const began = Date.now()
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] })
  // The tests go before, for some look at the clock; but not so far that a check would be what all wait for at the end.
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL / 2)
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
      if (code === 0) passed++
      else fail(title, "the whole check", endOf(output))
      console.log(`\n— ${title}\n${output}`)
      told(title, began)
      done(code === 0)
    })
  })
}

const readReport = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null)

/** Adds what a runner's report told; a runner that failed without a failed test is a failure too. */
function count(title, { succeeded, end }, outcome) {
  passed += outcome.passed
  failures.push(...outcome.failed)
  flaky.push(...outcome.flaky)
  if (!succeeded && outcome.failed.length === 0) fail(title, "the runner", endOf(end))
}
const nothing = { passed: 0, failed: [], flaky: [] }

async function runVitest(title, files) {
  const path = join(folder, `${files.length}.json`)
  const environment = { QUANHENG_TEST_REPORT: path, ...(quick ? { QUANHENG_QUICK: "1" } : {}) }
  const reporters = ["--reporter=default", "--reporter=./scripts/vitest-report.ts"]
  const ran = await run(title, ["vitest", "run", ...files, ...reporters], environment)
  return { ran, report: readReport(path) }
}

/** A file that failed is run a second time by itself: what passes then is named, as with the browser's journeys. */
async function unitTests() {
  const title = "unit tests"
  const first = await runVitest(title, [])
  if (first.report === null) return count(title, first.ran, nothing)
  const again = filesToTryAgain(first.report)
  if (again.length === 0) return count(title, first.ran, readVitest(first.report))
  const second = await runVitest(`${title} of ${again.join(", ")}, a second time`, again)
  if (second.report === null) return count(title, first.ran, readVitest(first.report))
  count(title, second.ran, readSecondTry(first.report, second.report))
}

/** The browser's program, or null: then it is named as not run. */
function browser() {
  const journeys = existsSync("e2e") && readdirSync("e2e").some((name) => /\.(spec|test)\.ts$/.test(name))
  const chromium = journeys ? (findHeadless() ?? installChromium()) : null
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
  // With its workers, which read our own modules, and begin as this one does.
  const program = ["--import", "./scripts/start/quick-resolve.mjs", "node_modules/@playwright/test/cli.js"]
  const command = [process.execPath, ...program, "test", "--reporter=list,json", "--retries=1"]
  const title = "browser journeys"
  const ran = await run(title, command, environment)
  const json = readReport(report)
  count(title, ran, json === null ? nothing : readPlaywright(json))
}

async function journeys(chromium, starting) {
  const market = await starting.catch((error) => {
    fail("browser journeys", "their market", error.message)
    return null
  })
  if (market === null) return
  try {
    await browserTests(chromium, market)
  } finally {
    await market.stop()
  }
}

// What a processor is free for beside the tests. The build writes types that the type check reads, so they take turns.
const checks = check("types", ["tsc", "-p", ".", "--singleThreaded"]).then(async () => {
  const built = quick || (await check("build of the pages", [process.execPath, "scripts/build.mjs"]))
  await check("format and lint", ["biome", "check", "--error-on-warnings"])
  const chromium = !quick && built ? browser() : null
  // The journeys' market makes itself ready beside the tests: that is mostly waiting, by one process for another.
  const market = chromium === null ? null : startMarket()
  market?.catch(() => {})
  return { chromium, market }
})
await unitTests()
const { chromium, market } = await checks
if (market !== null) await journeys(chromium, market)
rmSync(folder, { recursive: true, force: true })

if (!process.env.QUANHENG_KILLS) notRun.push("random kills over whole trades: npm run test:kills")
if (!process.env.QUANHENG_LARGE) {
  notRun.push("all hostile bundles by each program, four gigabytes in a zip: npm run test:large")
  notRun.push(
    "most journeys in their other language, and those of what is done seldom: npm run test:journeys",
  )
}
for (const what of notRun) console.log(`\nNot run: ${what}.`)
console.log(`\nTook: ${took.join(", ")}; in all ${since(begun)}.`)
console.log(tellFailures("Passed only at the second try:", flaky) + tellFailures("Failed:", failures))
console.log(`\n${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length === 0 ? 0 : 1
