import { type Time, toTime } from "#contracts/time.ts"

/**
 * The database's time, told without asking it: each answer of the database sets it, a steady local timer
 * carries it on in between. Never goes back.
 */
export class DatabaseClock {
  #databaseMs = 0
  #localMs = 0
  #last = 0
  #lastTime: Time = toTime(0)

  /** @param databaseMs what the database's clock said just now. */
  set(databaseMs: number): void {
    this.#databaseMs = databaseMs
    this.#localMs = performance.now()
  }

  now(): Time {
    const ms = Math.floor(this.#databaseMs + performance.now() - this.#localMs)
    if (ms > this.#last) {
      this.#last = ms
      this.#lastTime = toTime(ms)
    }
    return this.#lastTime
  }
}
