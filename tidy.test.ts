import { execFileSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path"
import { describe, expect, test } from "vitest"

/** Style that a machine can judge. Each message names the way out. */
const root = new URL(".", import.meta.url).pathname
const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
const files = listed
  .split("\n")
  .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && existsSync(join(root, path)))
  .filter((path) => !path.startsWith("public/") && !path.startsWith("docs/bundle/"))
const read = (path: string) => readFileSync(join(root, path), "utf8")
const isTest = (path: string) =>
  /(^|\/)test-[a-z]+\.ts$|\.(test|spec)\.tsx?$|\.test-data\.ts$|\/testing\/|^e2e\//.test(path)
const code = files.filter((path) => !isTest(path))

/** What a file of ours imports, as paths from the root; imports of types alone bind nothing. */
function importsOf(path: string): string[] {
  const found: string[] = []
  for (const [statement, still, moving] of read(path).matchAll(
    /^(?:import|export) [^"';]*?\bfrom "([^"\n]+)"|^import "([^"\n]+)"|\bimport\("[^"\n]+"\)/gm,
  )) {
    if (/^(import|export) type/.test(statement)) continue
    const from = still ?? moving ?? /"([^"]+)"/.exec(statement)?.[1]
    if (!from) continue
    if (from.startsWith("#")) found.push(from.slice(1))
    else if (from.startsWith(".")) found.push(normalize(join(dirname(path), from)))
    else found.push(`npm:${from}`)
  }
  return found
}

const layerOf = (path: string): string => {
  if (path.startsWith("server/")) {
    const name = path.split("/").at(-1) ?? ""
    if (
      /^server\/escrow\/(.*-)?book\.ts$/.test(path) ||
      /^(.*-)?rules\.ts$|^(score|interpret|scene|target)\.ts$/.test(name)
    )
      return "rules"
  }
  return path.split("/")[0] ?? ""
}

/** From where to where an import may lead; what is not here may not. */
const allowed: Record<string, readonly string[]> = {
  contracts: ["contracts"],
  db: ["db", "contracts"],
  sandbox: ["sandbox"],
  rules: ["contracts", "rules", "server/decision.ts"],
}

describe("imports go one way", () => {
  test.each(code.filter((path) => layerOf(path) in allowed))("%s", (path) => {
    const layer = layerOf(path)
    for (const target of importsOf(path)) {
      if (target.startsWith("npm:")) continue
      const targetLayer = layerOf(target)
      const ok = allowed[layer]?.includes(targetLayer) || allowed[layer]?.includes(target)
      expect(
        ok,
        `${path} (${layer}) imports ${target}: move what it needs to where ${layer} may look, or pass it in`,
      ).toBe(true)
    }
  })

  test("contracts use no package but zod, canonicalize, @noble and fflate, for they also run in a browser", () => {
    for (const path of code.filter((one) => one.startsWith("contracts/")))
      for (const target of importsOf(path).filter((one) => one.startsWith("npm:")))
        expect(target, `${path}: inject it instead`).toMatch(/^npm:(zod|canonicalize|fflate|@noble\/)/)
  })

  test("only stores and the writer know the tables", () => {
    for (const path of code.filter((one) => one.startsWith("server/") || one.startsWith("app/")))
      for (const target of importsOf(path).filter((one) => one.startsWith("db/schema")))
        expect(/(^|[/-])store\.ts$|auth/.test(path), `${path} imports ${target}: ask a store`).toBe(true)
  })

  test("the server knows neither Next.js nor React", () => {
    for (const path of code.filter((one) => one.startsWith("server/") && one !== "server/web.ts"))
      for (const target of importsOf(path))
        expect(target, `${path}: that belongs to app/`).not.toMatch(/^npm:(next|react)|^app\//)
  })

  test("only server/services.ts, the processes and scripts read the environment", () => {
    const may =
      /^(server\/(services|web|worker)\.ts|server\/seed\/|server\/.*child\.ts|server\/datasets\/run-child\.ts|scripts\/|sandbox\/|cli\/|bench\/|e2e\/|db\/|[a-z.-]+\.config\.ts$|proxy\.ts$)/
    for (const path of code)
      if (!may.test(path))
        expect(read(path).includes("process.env"), `${path}: take it from Services.config`).toBe(false)
  })
})

describe("pure code", () => {
  test.each(
    code.filter(
      (path) => layerOf(path) === "rules" || (path.startsWith("contracts/") && !path.includes("testing")),
    ),
  )("%s has no clock, chance or waiting", (path) => {
    const text = read(path)
    expect(text, `${path}: pass time in`).not.toMatch(/new Date\(\)|Date\.now\(\)|performance\.now/)
    expect(text, `${path}: pass random bytes in`).not.toMatch(/Math\.random|randomBytes|getRandomValues/)
    if (layerOf(path) === "rules")
      expect(text, `${path}: a rule is not async`).not.toMatch(/\basync\b|\bawait\b/)
  })
})

describe("only server/commit writes what is certified", () => {
  const tables =
    "parties|registrations|listings|requests|rounds|trades|payments|grants|freezes|exports|openings|thread_indexes|log_keys|postings|pending_facts|pending_batches|commands"
  const writes = new RegExp(`\\b(insert\\s+into|update|delete\\s+from)\\s+(${tables})\\b`, "i")
  test.each(code.filter((path) => path.startsWith("server/") && !path.startsWith("server/commit/")))(
    "%s",
    (path) => {
      const found = writes.exec(read(path))
      // The sequencer takes pending facts away when it has sealed them.
      if (path.startsWith("server/ledger/") && found?.[2] === "pending_batches") return
      // Membership is not certified, but its commands repeat like all others.
      if (path === "server/parties/member-store.ts" && found?.[2] === "commands") return
      expect(found?.[0] ?? null, `${path}: return a Decision, and let the writer write it`).toBeNull()
    },
  )
})

describe("sizes", () => {
  test.each(code.filter((path) => !/messages\/|catalogue|refusal\.ts|words\.ts|sentences/.test(path)))(
    "%s is one idea",
    (path) => {
      const lines = read(path).split("\n").length
      expect(lines, `${path} has ${lines} lines: which idea wants a file of its own?`).toBeLessThanOrEqual(
        300,
      )
    },
  )

  test("no drawer has a name that means nothing", () => {
    for (const path of code) expect(path).not.toMatch(/(^|\/)(utils?|misc|helpers?|common)(\.|\/)/)
  })
})
