import { execFile } from "node:child_process"
import { access, readdir } from "node:fs/promises"
import path from "node:path"
import { promisify } from "node:util"
import { median } from "./measure.ts"

const run = promisify(execFile)

/** pgbench as Debian ships it, or null where it is missing. */
export async function findPgbench(): Promise<string | null> {
  const versions = await readdir("/usr/lib/postgresql").catch(() => [])
  const installed = versions
    .sort()
    .reverse()
    .map((version) => `/usr/lib/postgresql/${version}/bin/pgbench`)
  for (const file of [...installed, "/usr/bin/pgbench", "/usr/local/bin/pgbench"])
    if (
      await access(file).then(
        () => true,
        () => false,
      )
    )
      return file
  return null
}

const clientCounts = [8, 32] as const

/**
 * The database reference (DESIGN section 9): TPC-B by pgbench, prepared statements, scale 10, on the same server
 * over its Unix socket; transactions a second, the better of 8 and 32 clients.
 */
export class TpcB {
  readonly name = "pgbench TPC-B (-M prepared -s 10, better of 8 and 32 clients)"
  readonly #program: string
  readonly #url: string
  readonly #rates = new Map<number, number[]>(clientCounts.map((clients) => [clients, []]))

  private constructor(program: string, url: string) {
    this.#program = program
    this.#url = url
  }

  /** Fills its tables in the database of this address; null where there is no pgbench. */
  static async open(url: string): Promise<TpcB | null> {
    const program = await findPgbench()
    if (program === null) return null
    await run(program, ["-i", "-q", "-s", "10", url])
    return new TpcB(program, url)
  }

  /** One run with each number of clients. */
  async measure(seconds: number): Promise<void> {
    for (const clients of clientCounts) {
      const args = [
        "-n",
        "-M",
        "prepared",
        "-c",
        String(clients),
        "-j",
        "2",
        "-T",
        String(seconds),
        this.#url,
      ]
      const { stdout } = await run(this.#program, args)
      const rate = /^tps = ([0-9.]+)/m.exec(stdout)?.[1]
      if (rate === undefined) throw new Error(`pgbench told no rate: ${stdout}`)
      this.#rates.get(clients)?.push(Number(rate))
    }
  }

  /** Transactions a second: the median of the runs with the better number of clients. */
  rate(): number {
    return Math.max(...[...this.#rates.values()].map(median))
  }
}

export type HashRates = { readonly sha256sum: number; readonly openssl: number }

/** How many times a second `sha256sum` and `openssl dgst -sha256` read this file, one after the other. */
export async function hashRates(file: string): Promise<HashRates> {
  const rateOf = async (program: string, args: readonly string[]): Promise<number> => {
    const started = performance.now()
    await run(program, [...args, path.resolve(file)])
    return 1000 / (performance.now() - started)
  }
  return {
    sha256sum: await rateOf("sha256sum", []),
    openssl: await rateOf("openssl", ["dgst", "-sha256"]),
  }
}
