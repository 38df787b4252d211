import { execFile, spawn } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { getPriority } from "node:os"
import { text } from "node:stream/consumers"
import { promisify } from "node:util"
import { expect, test } from "vitest"

const autogroup = "/proc/self/autogroup"
const groups = existsSync(autogroup)
const niceOf = (told: string): string | undefined => /nice (-?\d+)/.exec(told)?.[1]

const script = `
  import { existsSync, readFileSync } from "node:fs"
  import { getPriority } from "node:os"
  import { giveWay } from ${JSON.stringify(new URL("./give-way.ts", import.meta.url).href)}
  giveWay()
  const group = ${groups} ? readFileSync("${autogroup}", "utf8") : ""
  process.stdout.write(JSON.stringify({ priority: getPriority(), group }))`
const node = ["--input-type=module", "--eval", script]

test("a process that leads its session gives way with it", async () => {
  const child = spawn(process.execPath, node, { detached: true, stdio: ["ignore", "pipe", "inherit"] })
  const { priority, group } = JSON.parse(await text(child.stdout))
  expect(priority).toBe(10)
  if (groups) expect(niceOf(group)).toBe("10")
})

test("one in a session of others gives way by itself", async () => {
  const before = groups ? niceOf(readFileSync(autogroup, "utf8")) : undefined
  const own = getPriority()
  const { stdout } = await promisify(execFile)(process.execPath, node)
  const { priority, group } = JSON.parse(stdout)
  expect(priority).toBe(10)
  expect(getPriority()).toBe(own)
  expect(niceOf(group)).toBe(before)
})
