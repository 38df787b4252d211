import { readFile } from "node:fs/promises"
import path from "node:path"

/** The data folder of the market on this machine. */
export const marketHome = (): string => path.resolve(process.env.QUANHENG_HOME || ".quanheng")

/** The address of its database: DATABASE_URL, or the embedded one's. Throws a plain sentence. */
export async function databaseUrl(home: string): Promise<string> {
  return process.env.DATABASE_URL || readSecret(home, "database-url", "DATABASE_URL")
}

/** The key that wraps the parties' keys, 32 bytes. Throws a plain sentence. */
export async function masterKey(home: string): Promise<Buffer> {
  const hex = process.env.QUANHENG_MASTER_KEY || (await readSecret(home, "master-key", "QUANHENG_MASTER_KEY"))
  if (!/^[0-9a-f]{64}$/.test(hex)) throw new Error("QUANHENG_MASTER_KEY must be 64 lower-case hex digits")
  return Buffer.from(hex, "hex")
}

async function readSecret(home: string, name: string, variable: string): Promise<string> {
  const text = await readFile(path.join(home, "secrets", name), "utf8").catch(() => {
    throw new Error(`there is no market in ${home}; set QUANHENG_HOME or ${variable}`)
  })
  return text.trim()
}
