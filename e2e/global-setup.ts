import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** Starts a whole market in a folder of its own, as `npm start` does, and stops it after the journeys. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.E2E_BASE_URL) return async () => {}
  const home = mkdtempSync(join(tmpdir(), "quanheng-e2e-"))
  const port = await freePort()
  const market = spawn(process.execPath, ["scripts/start.mjs"], {
    env: { ...process.env, QUANHENG_HOME: home, PORT: String(port), DATABASE_URL: "", STRIPE_SECRET_KEY: "" },
    stdio: ["ignore", "pipe", "inherit"],
  })
  const ended = new Promise<void>((resolve) => market.once("exit", () => resolve()))
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("the market was not ready within five minutes")), 300_000)
    market.stdout.on("data", (text: Buffer) => {
      if (!/^ready /m.test(text.toString())) return
      clearTimeout(late)
      resolve()
    })
    market.once("exit", (code) => reject(new Error(`the market ended with ${code}`)))
  })
  process.env.E2E_BASE_URL = `http://localhost:${port}`
  process.env.E2E_HOME = home
  return async () => {
    market.kill("SIGTERM")
    await ended
    rmSync(home, { recursive: true, force: true })
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      const port = typeof address === "object" && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
