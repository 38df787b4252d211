/**
 * For tests: runs programs one after the other in one process, as a shell would start them, because starting Node
 * takes longer than what they do. Reads `[{ program, args }]` on standard input and writes
 * `[{ code, stdout, stderr }]` into ANSWER_FILE.
 */
import { readFileSync, writeFileSync } from "node:fs"
import { pathToFileURL } from "node:url"

const runs = JSON.parse(readFileSync(0, "utf8"))
const outcomes = []
for (const [i, { program, args }] of runs.entries()) {
  const outcome = { code: 0, stdout: "", stderr: "" }
  const [node] = process.argv
  process.argv = [node, program, ...args]
  process.exitCode = undefined
  for (const name of ["stdout", "stderr"])
    process[name].write = (text) => {
      outcome[name] += text
      return true
    }
  await import(`${pathToFileURL(program)}?run=${i}`)
  outcome.code = process.exitCode ?? 0
  outcomes.push(outcome)
}
process.exitCode = 0
writeFileSync(process.env.ANSWER_FILE ?? "", JSON.stringify(outcomes))
