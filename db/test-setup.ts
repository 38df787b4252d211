import { rmSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestProject } from "vitest/node"
import { startTestServer, type TestServer } from "./test-server.ts"

declare module "vitest" {
  interface ProvidedContext {
    databaseSocket: string
  }
}

/**
 * Vitest's global setup: answers each POST on a Unix socket with a fresh database (db/test-database.ts asks).
 * PostgreSQL is started by the first that asks, once for the whole run, so tests of pure code never wait for it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const socket = join(tmpdir(), `quanheng-vitest-${process.pid}.sock`)
  rmSync(socket, { force: true })
  let server: Promise<TestServer> | null = null
  const broker = createServer((_request, response) => {
    server ??= startTestServer()
    server
      .then((running) => running.freshDatabase())
      .then((urls) => response.end(JSON.stringify(urls)))
      .catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((resolve) => broker.listen(socket, resolve))
  project.provide("databaseSocket", socket)
  return async () => {
    broker.close()
    broker.closeAllConnections()
    await (await server)?.stop()
  }
}
