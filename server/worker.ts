import { EventEmitter } from "node:events"
import { Logger, run, type TaskList, type WorkerEvents } from "graphile-worker"
import type { JobTask } from "#contracts/job.ts"
import { giveWay } from "./give-way.ts"
import { Presence } from "./jobs/presence.ts"
import { repeat, runSweeps } from "./jobs/sweeps.ts"
import { tasks } from "./jobs/tasks.ts"
import { services } from "./services.ts"

/** The worker process: jobs and sweeps, behind whoever waits for an answer. Many may run. */
giveWay()
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
const events: WorkerEvents = new EventEmitter()
const named = new Promise<string>((resolve) => {
  events.once("pool:create", ({ workerPool }) => resolve(workerPool.id))
})
const runner = await run({
  connectionString: process.env.DATABASE_URL ?? "",
  taskList,
  concurrency: 4,
  pollInterval: 500,
  noHandleSignals: true,
  logger,
  events,
})
// Without its jobs a worker is of no use: it ends, and whoever started it starts another.
runner.promise.catch((error: unknown) => {
  console.error("the worker cannot go on with its jobs and ends:", error)
  process.exit(1)
})
const presence = new Presence(process.env.DATABASE_URL ?? "", await named)
const present = { name: "jobs of workers that ended", everyMs: 2_000, run: () => presence.sweep() }
const sweeping = Promise.all([runSweeps(market, stopping.signal), repeat(market, present, stopping.signal)])
console.log("worker ready")

async function stop(): Promise<void> {
  stopping.abort()
  setTimeout(() => process.exit(0), 5_000).unref()
  await Promise.allSettled([runner.stop(), sweeping])
  await presence.stop()
  process.exit(0)
}
process.once("SIGTERM", () => void stop())
process.once("SIGINT", () => void stop())
