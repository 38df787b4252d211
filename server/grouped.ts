import { setImmediate as nextTurn } from "node:timers/promises"

/**
 * Loads one thing at a time for callers, many at a time from the database: while a query is in flight the keys
 * asked for queue, and the next query takes them all. Nobody waits for a group to fill, and 32 callers cost few
 * round trips.
 */
export function grouped<Key, Value>(
  fetchMany: (keys: Key[]) => Promise<Map<Key, Value>>,
): (key: Key) => Promise<Value | null> {
  type Waiting = { key: Key; settle: (value: Value | null) => void; fail: (error: unknown) => void }
  let queue: Waiting[] = []
  let inFlight = false

  async function run(): Promise<void> {
    if (inFlight) return
    inFlight = true
    // Whoever asks within this turn is in the first query; without it the first key would go alone.
    await nextTurn()
    while (queue.length > 0) {
      const batch = queue
      queue = []
      try {
        const found = await fetchMany([...new Set(batch.map(({ key }) => key))])
        for (const { key, settle } of batch) settle(found.get(key) ?? null)
      } catch (error) {
        for (const { fail } of batch) fail(error)
      }
    }
    inFlight = false
  }

  return (key) =>
    new Promise((settle, fail) => {
      queue.push({ key, settle, fail })
      void run()
    })
}
