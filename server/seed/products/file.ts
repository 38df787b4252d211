import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { DuckDBInstance } from "@duckdb/node-api"
import { type DemoProduct, packages } from "./product.ts"

const modules = fileURLToPath(new URL("../../../node_modules/", import.meta.url))

export const fileOf = (product: DemoProduct): string =>
  join(modules, packages[product.package].folder, product.file)

/** The bytes that the seller uploads, and their name. */
export async function bytesOf(product: DemoProduct): Promise<{ name: string; bytes: Buffer }> {
  const path = fileOf(product)
  if (!product.as) return { name: product.file, bytes: await readFile(path) }
  const { name, types } = product.as
  const folder = await mkdtemp(join(tmpdir(), "quanheng-seed-"))
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" })
  try {
    const connection = await instance.connect()
    const columns = Object.entries(types)
      .map(([column, type]) => `'${column}': '${type}'`)
      .join(", ")
    const quote = (text: string) => `'${text.replaceAll("'", "''")}'`
    const rows = `select * from read_csv(${quote(path)}, header = true, columns = {${columns}})`
    await connection.run(`copy (${rows}) to ${quote(join(folder, name))} (format parquet)`)
    connection.closeSync()
    return { name, bytes: await readFile(join(folder, name)) }
  } finally {
    instance.closeSync()
    await rm(folder, { recursive: true, force: true })
  }
}
