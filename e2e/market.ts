import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

export type Market = { readonly origin: string; readonly home: string; stop(): Promise<void> }

/** Starts a whole market in a folder of its own, as `npm start` does; it is ready when the promise is kept. */
export async function startMarket(): Promise<Market> {
  const home = mkdtempSync(join(tmpdir(), "quanheng-e2e-"))
  const port = await freePort()
  const market = spawn(process.execPath, ["scripts/start.mjs"], {
    env: { ...process.env, QUANHENG_HOME: home, PORT: String(port), DATABASE_URL: "", STRIPE_SECRET_KEY: "" },
    stdio: ["ignore", "pipe", "pipe"],
  })
  // How far it is belongs among nobody's tests; it is told when the market does not come up.
  let said = ""
  market.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text
  })
  const ended = new Promise<void>((resolve) => market.once("exit", () => resolve()))
  const endWithUs = () => market.kill("SIGTERM")
  process.once("exit", endWithUs)
  const stop = async () => {
    process.off("exit", endWithUs)
    market.kill("SIGTERM")
    await ended
    rmSync(home, { recursive: true, force: true })
  }
  try {
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error("the market was not ready within five minutes")),
        300_000,
      )
      market.stdout.on("data", (text: Buffer) => {
        if (!/^ready /m.test(text.toString())) return
        clearTimeout(late)
        market.stderr.pipe(process.stderr)
        resolve()
      })
      market.once("exit", (code) => reject(new Error(`the market ended with ${code}:\n${said}`)))
    })
  } catch (error) {
    await stop()
    throw error
  }
  return { origin: `http://localhost:${port}`, home, stop }
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
