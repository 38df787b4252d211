import { makeClient } from "#db/client.ts"
import { giveWay } from "#server/give-way.ts"
import { Sequencer } from "#server/ledger/sequencer.ts"

/** The sequencer alone in a process, as a market runs it; ends with its standard input. */
const [url = "", home = ""] = process.argv.slice(2)
giveWay()
const client = makeClient(url, { connections: 3, name: "bench-sequencer" })
const sequencer = new Sequencer({
  sql: client.sql,
  home,
  report: (sentence) => console.error(sentence),
  givesWay: true,
})
sequencer.start()
process.stdin.resume()
process.stdin.once("end", async () => {
  await sequencer.stop()
  await client.close()
})
