import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises"
import { afterAll, expect, test } from "vitest"
import { startCluster } from "./cluster.ts"

const folder = mkdtempSync(join(tmpdir(), "quanheng-cluster-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const pidFile = join(folder, "postgres/data/postmaster.pid")
const options = {
  folder: join(folder, "postgres"),
  socketFolder: join(folder, "run"),
  logFile: join(folder, "postgres.log"),
  superuserPassword: "of the test",
  durable: false,
}

/** Kills PostgreSQL as soon as it says that it takes connections, which the start finds out some milliseconds later. */
async function killWhenReady(): Promise<void> {
  for (;;) {
    const lines = existsSync(pidFile) ? readFileSync(pidFile, "utf8").split("\n") : []
    if (lines[7]?.trim() === "ready") return void process.kill(Number(lines[0]), "SIGKILL")
    await nextTurn()
  }
}

test.runIf(process.platform === "linux")(
  "a PostgreSQL that ends before the start has seen it ready is known to have ended",
  async () => {
    for (let round = 0; round < 3; round++) {
      rmSync(pidFile, { force: true })
      const [cluster] = await Promise.all([startCluster(options), killWhenReady()])
      const late = delay(5000, "nobody was told of its end")
      expect(await Promise.race([cluster.exited, late])).toBeUndefined()
      await cluster.stop()
    }
  },
  60_000,
)
