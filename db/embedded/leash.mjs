/**
 * `node leash.mjs SIGNAL PROGRAM …` runs a program that dies with whoever started this: where there is no
 * setpriv (macOS), the end of our standard input is the sign that our parent is gone, even when it was killed.
 */
import { spawn } from "node:child_process"

const [signal, program, ...args] = process.argv.slice(2)
const child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit"] })
const killAfterMs = 5000

function end() {
  child.kill(signal)
  setTimeout(() => child.kill("SIGKILL"), killAfterMs).unref()
}

process.stdin.resume().on("end", end).on("error", end)
for (const name of ["SIGINT", "SIGTERM", "SIGQUIT"]) process.on(name, () => child.kill(name))
child.on("error", (error) => {
  console.error(error.message)
  process.exit(127)
})
child.on("exit", (code) => process.exit(code ?? 1))
