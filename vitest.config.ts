import { configDefaults, defineConfig } from "vitest/config"

/**
 * Tests lie beside the code. `*.slow.test.ts` are those that take more than some seconds: `npm test` runs them,
 * `npm run test:quick` leaves them out (scripts/test.mjs sets QUANHENG_QUICK). The random kills over whole trades
 * are a command of their own, `npm run test:kills`: what chance draws should not decide whether a change lands.
 */
export default defineConfig({
  test: {
    include: ["{contracts,db,server,sandbox,cli,app,scripts,bench}/**/*.test.{ts,tsx}", "*.test.ts"],
    exclude: [
      ...configDefaults.exclude,
      ...(process.env.QUANHENG_QUICK ? ["**/*.slow.test.ts"] : []),
      ...(process.env.QUANHENG_KILLS ? [] : ["scripts/crash/kill.slow.test.ts"]),
    ],
    environment: "node",
    globalSetup: ["./db/test-setup.ts", "./scripts/test-setup.ts"],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
