import { giveWay } from "./give-way.ts"
import { Sequencer } from "./ledger/sequencer.ts"
import { WitnessRounds } from "./ledger/witnesses/rounds.ts"
import { sealingServices } from "./services.ts"

/**
 * The sequencer's process: seals what was committed, and asks the witnesses, behind whoever waits for an answer. Many
 * may run; one leads. Apart from the worker, because a job may be waited for and a seal may not.
 */
giveWay()
const { sql, home, witnesses: targets } = await sealingServices()
const report = (sentence: string) => console.error(sentence)
const sequencer = new Sequencer({ sql, home, report, givesWay: true })
sequencer.start()
const witnesses = new WitnessRounds({ sql, targets, report, leads: () => sequencer.state.kind === "leading" })
witnesses.start()
console.log("sequencer ready")

async function stop(): Promise<void> {
  setTimeout(() => process.exit(0), 5_000).unref()
  await Promise.allSettled([sequencer.stop(), witnesses.stop()])
  process.exit(0)
}
process.once("SIGTERM", () => void stop())
process.once("SIGINT", () => void stop())
