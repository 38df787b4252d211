import { connect } from "#db/connect.ts"
import { Sequencer } from "./sequencer.ts"

/**
 * For tests: the sequencer alone in a process, as a market runs it. Arguments: the database's address, the data
 * folder and, where it is to end by SIGKILL, the moment and step at which, and at which time that this comes.
 */
const [url = "", home = "", moment, step, time = "1"] = process.argv.slice(2)
const sql = connect(url, { connections: 2, name: `test-sequencer-${process.pid}` })
let left = Number(time)
const sequencer = new Sequencer({
  sql,
  home,
  retryMs: 100,
  report: () => undefined,
  failpoint(atMoment, atStep) {
    if (atMoment !== moment || atStep !== step || --left > 0) return
    process.kill(process.pid, "SIGKILL")
  },
})
sequencer.start()
process.stdin.resume()
process.stdin.once("end", () => process.exit(0))
