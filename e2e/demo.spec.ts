import { execFile } from "node:child_process"
import { mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "@playwright/test"
import { accountOf, accountsOf, origin } from "./accounts.ts"

/** `quanheng demo` as its reader runs it, on the market of these journeys. */
function demo(args: string[], environment: Record<string, string> = {}) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const env = {
      ...process.env,
      PORT: new URL(origin()).port,
      QUANHENG_HOME: process.env.E2E_HOME ?? ".quanheng",
      ...environment,
    }
    execFile(process.execPath, ["cli/quanheng.ts", "demo", ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    )
  })
}

test("one whole trade with a new buyer is exported and verifies offline", async () => {
  const out = mkdtempSync(join(tmpdir(), "quanheng-demo-"))
  try {
    const { code, stdout, stderr } = await demo(["--json", "--lang", "zh", "--out", out])
    expect(stderr).toContain("交易已结算")
    expect(code, stderr).toBe(0)
    const result = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "")
    expect(Object.keys(result)).toEqual(["tradeId", "records", "bundle", "vkey", "verified"])
    expect(result).toMatchObject({ tradeId: expect.stringMatching(/^trd_/), verified: true })
    expect(result.records).toBeGreaterThan(100)
    expect(statSync(result.bundle).size).toBeGreaterThan(10_000)
    expect(statSync(result.vkey).size).toBeGreaterThan(10)
  } finally {
    rmSync(out, { recursive: true })
  }
})

test("without the market's data folder the demo says what it needs, in one line", async () => {
  const { code, stdout, stderr } = await demo(["--json"], { QUANHENG_HOME: join(tmpdir(), "no-such-home") })
  expect(code).toBe(2)
  expect(stdout).toBe("")
  expect(stderr.trimEnd().split("\n").at(-1)).toMatch(/^quanheng demo: .*demo-accounts\.json cannot be read/)
})

test("the demo market holds real data, trades in several states and one refused file", async ({
  request,
}) => {
  const search = await request.get(`${origin()}/api/trpc/listings.search?input=%7B%7D`)
  const { total, facets } = (await search.json()).result.data
  expect(total).toBeGreaterThanOrEqual(10)
  expect(Object.keys(facets.formats).sort()).toEqual(["csv", "json", "parquet"])
  expect(accountsOf("seller").length).toBeGreaterThanOrEqual(4)
  const { email, password } = accountOf("seller", 3)
  await request.post(`${origin()}/api/trpc/access.signIn`, { data: { email, password } })
  const ask = async (path: string, input: object) => {
    const query = encodeURIComponent(JSON.stringify(input))
    return (await (await request.get(`${origin()}/api/trpc/${path}?input=${query}`)).json()).result.data
  }
  const { products } = await ask("products.mine", {})
  const refused = products.find(({ fileName }: { fileName: string }) => fileName === "stocks.csv")
  const { product } = await ask("products.page", { product: refused.id })
  const codes = product.gate.refusals.map((one: { refused: string }) => one.refused)
  expect(codes).toEqual(expect.arrayContaining(["source_missing", "licence_missing"]))
})
