import { mkdtempSync, rmSync } from "node:fs"
import { writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test, vi } from "vitest"
import { DemoFailure, demoAccounts } from "./market.ts"

const home = mkdtempSync(join(tmpdir(), "quanheng-demo-"))
afterAll(() => rmSync(home, { recursive: true, force: true }))

test("waits for the accounts of a market that has just started, and says so once", async () => {
  const said: string[] = []
  const say = (step: string) => void said.push(step)
  await expect(demoAccounts(home, say, 0)).rejects.toThrow(DemoFailure)
  expect(said).toEqual(["noAccounts"])
  const asked = demoAccounts(home, say)
  // Only then: it has looked, and found nothing.
  await vi.waitUntil(() => said.length === 2)
  const buyer = { role: "buyer", email: "buyer-1@demo.example" }
  await writeFile(join(home, "demo-accounts.json"), JSON.stringify([buyer]))
  expect((await asked)("buyer")).toEqual(buyer)
  expect(said).toEqual(["noAccounts", "noAccounts"])
  await demoAccounts(home, say, 0)
  expect(said).toHaveLength(2)
})

test("without the market's data folder there is nothing to wait for", async () => {
  const said: string[] = []
  const asked = demoAccounts(join(home, "elsewhere"), (step) => void said.push(step))
  await expect(asked).rejects.toThrow("demo-accounts.json cannot be read")
  expect(said).toEqual([])
})
