import { appendFileSync, existsSync, readFileSync } from "node:fs"
import { join } from "node:path"

/** What the workers tell each other: a list in the folder that e2e/global-setup.ts made, one line for each thing told. */
export class SharedList<T> {
  readonly #path: string | null
  #told: T[] = []
  #heard = 0

  constructor(name: string) {
    const folder = process.env.E2E_SHARED
    this.#path = folder ? join(folder, name) : null
  }

  tell(one: T): void {
    if (this.#path === null) this.#told.push(one)
    else appendFileSync(this.#path, `${JSON.stringify(one)}\n`)
  }

  /** All that any worker told until now. */
  all(): readonly T[] {
    if (this.#path === null || !existsSync(this.#path)) return this.#told
    const said = readFileSync(this.#path, "utf8")
    const whole = said.lastIndexOf("\n") + 1
    const lines = said.slice(this.#heard, whole).split("\n").slice(0, -1)
    this.#told = [...this.#told, ...lines.map((line) => JSON.parse(line) as T)]
    this.#heard = whole
    return this.#told
  }
}
