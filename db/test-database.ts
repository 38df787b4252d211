import { request } from "node:http"
import { text } from "node:stream/consumers"
import { afterAll, inject } from "vitest"
import { type Client, makeClient } from "./client.ts"
import { makeClockMovable } from "./test-clock.ts"
import type { DatabaseUrls } from "./test-server.ts"

export type TestDatabase = DatabaseUrls &
  Client & {
    /** The owner's pool, for what the serving role is not allowed: spoiling rows, looking at the catalogue. */
    owner: Client
  }

/**
 * A fresh, migrated and empty database of this test file's own, used as the serving role as in production.
 * Call it at the top of a file (`const database = await testDatabase()`); its pools close after the last test.
 */
export async function testDatabase(options: { movableClock?: boolean } = {}): Promise<TestDatabase> {
  const urls = await freshDatabase()
  if (options.movableClock) await makeClockMovable(urls.ownerUrl)
  const serving = makeClient(urls.servingUrl, { name: "test" })
  const owner = makeClient(urls.ownerUrl, { connections: 2, name: "test-owner" })
  afterAll(async () => {
    await Promise.all([serving.close(), owner.close()])
  })
  return { ...urls, ...serving, owner }
}

/** The addresses only, for tests that start processes of their own. Throws when the server does not start. */
export function freshDatabase(): Promise<DatabaseUrls> {
  return new Promise((resolve, reject) => {
    // A connection kept from the last time may be closed over there just as this is written into it.
    const to = { socketPath: inject("databaseSocket"), method: "POST", agent: false } as const
    const call = request(to, (response) => {
      text(response)
        .then((body) => {
          if (response.statusCode !== 200) throw new Error(body)
          resolve(JSON.parse(body) as DatabaseUrls)
        })
        .catch(reject)
    })
    call.on("error", reject).end()
  })
}
