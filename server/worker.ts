import { Logger, run, type TaskList } from "graphile-worker"
import type { JobTask } from "#contracts/job.ts"
import { runSweeps } from "./jobs/sweeps.ts"
import { tasks } from "./jobs/tasks.ts"
import { Sequencer } from "./ledger/sequencer.ts"
import { services } from "./services.ts"

/** The worker process: jobs, sweeps and the sequencer. Many may run; one of their sequencers leads. */
const market = await services()
const stopping = new AbortController()

/** Of graphile-worker's log only what went wrong. */
const logger = new Logger(() => (level, message) => {
  if (level === "error") console.error(message)
})

const taskList: TaskList = Object.fromEntries(
  (Object.keys(tasks) as JobTask[]).map((task) => [
    task,
    (payload: unknown) => tasks[task](market, payload as never),
  ]),
)
const runner = await run({
  connectionString: process.env.DATABASE_URL ?? "",
  taskList,
  concurrency: 4,
  pollInterval: 500,
  noHandleSignals: true,
  logger,
})
const sequencer = new Sequencer({
  sql: market.sql,
  home: market.config.home,
  report: (sentence) => console.error(sentence),
})
sequencer.start()
const sweeping = runSweeps(market, stopping.signal)
console.log("worker ready")

async function stop(): Promise<void> {
  stopping.abort()
  setTimeout(() => process.exit(0), 5_000).unref()
  await Promise.allSettled([runner.stop(), sweeping, sequencer.stop()])
  process.exit(0)
}
process.once("SIGTERM", () => void stop())
process.once("SIGINT", () => void stop())
