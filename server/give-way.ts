import { readFileSync, writeFileSync } from "node:fs"
import { constants, setPriority } from "node:os"

/** setpriority(2): a tenth of the weight of a process that has none of its own. */
const lower = constants.priority.PRIORITY_BELOW_NORMAL

/**
 * From now on this process has the processor where nobody who waits for an answer needs it: jobs and seals may come
 * some milliseconds later, a page may not. Linux may weigh sessions against one another instead of processes
 * (sched(7), autogroups); then the session is told the same, if this process leads it and so is nobody else's. A system
 * that takes neither shares evenly, as before.
 */
export function giveWay(): void {
  for (const tell of [() => setPriority(lower), tellSession]) {
    try {
      tell()
    } catch {
      // Nothing depends on it.
    }
  }
}

/** proc_pid_stat(5): the session is the fourth field after the name, which may hold spaces and brackets. */
function tellSession(): void {
  const stat = readFileSync("/proc/self/stat", "utf8")
  const session = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[3])
  if (session === process.pid) writeFileSync("/proc/self/autogroup", String(lower))
}
