/**
 * For tests: a process that stays and runs programs as a shell would start them, one for each message
 * `{ program, args }`; answers `{ code, stdout, stderr, mostMb, stillMb }`. Starting Node takes longer than what most do.
 */
import { readFileSync, writeFileSync } from "node:fs"
import { pathToFileURL } from "node:url"

const [node] = process.argv
let run = 0

/** From now on the system's peak is that of what follows; null where it does not tell. */
function forgetPeak() {
  try {
    writeFileSync("/proc/self/clear_refs", "5")
    return true
  } catch {
    return false
  }
}

function megabytes(name) {
  const [, kilobytes] =
    new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync("/proc/self/status", "utf8")) ?? []
  return Math.round(Number(kilobytes) / 1024)
}

globalThis.gc()
process.on("message", async ({ program, args }) => {
  const told = forgetPeak()
  const outcome = { code: 0, stdout: "", stderr: "" }
  process.argv = [node, program, ...args]
  process.exitCode = undefined
  for (const name of ["stdout", "stderr"])
    process[name].write = (text) => {
      outcome[name] += text
      return true
    }
  await import(`${pathToFileURL(program)}?run=${++run}`)
  outcome.code = process.exitCode ?? 0
  process.exitCode = 0
  const mostMb = told ? megabytes("VmHWM") : null
  globalThis.gc()
  process.send({ ...outcome, mostMb, stillMb: told ? megabytes("VmRSS") : 0 })
})
