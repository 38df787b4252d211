import { availableParallelism } from "node:os"
import { join } from "node:path"
import { configDefaults, defineConfig } from "vitest/config"
import { BaseSequencer, type TestSpecification } from "vitest/node"

/** Many tests start programs; each would read and compile the same sources again. */
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, "node_modules/.cache/compiled")

/** The slow files go first: one that began last would leave the other cores with nothing to do. */
class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const quickness = ({ moduleId }: TestSpecification) => (moduleId.includes(".slow.") ? 0 : 1)
    return (await super.sort(files)).toSorted((a, b) => quickness(a) - quickness(b))
  }
}

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
    // Node runs the sources itself, as it does in the product: Vite's copies of them take two or three times as long.
    experimental: { viteModuleRunner: false },
    // Files of one worker share what is loaded once: loading it takes longer than most files' tests.
    isolate: false,
    execArgv: [
      "--max-semi-space-size=64",
      "--import",
      join(import.meta.dirname, "scripts/start/quick-resolve.mjs"),
    ],
    // Many tests wait, for a program they started, for PostgreSQL or for time: one more than there are cores.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: SlowFirst },
    globalSetup: ["./db/test-setup.ts", "./scripts/test-setup.ts"],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
