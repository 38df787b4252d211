import { existsSync } from "node:fs"
import { defineConfig } from "@playwright/test"
import { chromiumFlags, findHeadless } from "./scripts/chromium.ts"

const executablePath = findHeadless()

/** Files with journeys of twenty seconds and more: one that began last would leave the other workers with nothing. */
const long = /(balance|bank-files|buyer|refunds|regulator|seller|tax)\.spec\.ts$/

/** Journeys of what people do seldom. */
const seldom = process.env.QUANHENG_LARGE ? [] : ["**/seldom/**"]

/** The journeys of the roles in a real browser. e2e/global-setup.ts starts the market and tells its address. */
export default defineConfig({
  testDir: "./e2e",
  ...(existsSync("e2e/global-setup.ts") ? { globalSetup: "./e2e/global-setup.ts" } : {}),
  outputDir: "./test-results",
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // A journey waits now and then, for the market or for its worker: one more than two cores have hands for.
  workers: 3,
  // Tests of one file in all workers, so that none waits for the other's last file.
  fullyParallel: true,
  projects: [
    { name: "long", testMatch: long, testIgnore: seldom },
    { name: "short", testIgnore: [long, ...seldom] },
  ],
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  use: {
    ...(process.env.E2E_BASE_URL ? { baseURL: process.env.E2E_BASE_URL } : {}),
    // One window for all of a worker's journeys, emptied between them: a new one for each begins with no script and no
    // style in memory, which takes a tenth more time.
    reuseContext: true,
    screenshot: "only-on-failure",
    // A trace copies the page at each step, which takes a quarter of the time: `npx playwright test --trace on`.
    trace: "off",
    // A journey opens many pages with the same scripts: they are kept compiled from the first time, and whole, for a
    // function that is compiled when it is called first is not kept. What puts pages together without a graphics card
    // needs no process of its own.
    launchOptions: {
      args: [...chromiumFlags, "--v8-cache-options=code", "--js-flags=--no-lazy", "--in-process-gpu"],
      ...(executablePath ? { executablePath } : {}),
    },
  },
})
