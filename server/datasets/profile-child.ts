import { carryOut } from "./carry-out.ts"
import type { ChildTask } from "./child-protocol.ts"

/**
 * The measuring process: started by run-child.ts, one task, one answer, then it ends. It is the answer that is checked,
 * by the parent: the file may have the better of this process, and nobody else gives it tasks.
 */
let input = ""
let started = false
process.stdin.setEncoding("utf8")
process.stdin.on("data", (text: string) => {
  input += text
  if (started || !input.includes("\n")) return
  started = true
  carryOut(JSON.parse(input) as ChildTask)
    .then((result) => process.stdout.write(JSON.stringify(result), () => process.exit(0)))
    .catch((error) => {
      process.stderr.write(String(error?.stack ?? error), () => process.exit(1))
    })
})
// The parent is gone: nobody waits for the answer any more.
process.stdin.on("end", () => process.exit(2))
