import { execFile } from "node:child_process"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { constants, getPriority, setPriority } from "node:os"
import path from "node:path"
import { promisify } from "node:util"

/** setpriority(2): a tenth of the weight of a process that has none of its own. */
const lower = constants.priority.PRIORITY_BELOW_NORMAL

/**
 * From now on this process has the processor where nobody who waits for an answer needs it: jobs and seals may come
 * some milliseconds later, a page may not. A system that does not take it shares evenly, as before.
 */
export function giveWay(): void {
  try {
    setPriority(Math.max(lower, getPriority()))
  } catch {
    // Nothing depends on it.
  }
  weighSession(process.pid, lower)
}

/**
 * Linux may weigh sessions against one another instead of processes (sched(7), autogroups): tells it how nice the
 * session is that this process leads, 0 (like all others) to 19 (next to nothing beside them). Answers whether it was
 * told: not where the process leads no session, for then it is somebody else's too, nor that of another user, nor where
 * the system knows no such thing or was told something within the last tenth of a second by anybody but root.
 */
export function weighSession(leader: number, nice: number): boolean {
  try {
    if (sessionOf(leader) !== leader) return false
    writeFileSync(`/proc/${leader}/autogroup`, String(nice))
    return true
  } catch {
    return false
  }
}

/** Whether it matters what the session of this process weighs: in a control group with weights of its own it does not. */
export function isSessionWeighed(leader: number): boolean {
  try {
    return (
      sessionOf(leader) === leader &&
      readFileSync("/proc/sys/kernel/sched_autogroup_enabled", "utf8").trim() === "1" &&
      readFileSync(`/proc/${leader}/cgroup`, "utf8").trim().split("\n").every(hasNoWeights)
    )
  } catch {
    return false
  }
}

/** cgroups(7): a line of version 2 is `0::/path`, whose folders have a weight each where they are weighed. */
function hasNoWeights(line: string): boolean {
  const [, controllers = "", group = "/"] = /^\d+:([^:]*):(.*)$/.exec(line) ?? []
  if (controllers !== "") return group === "/" || !controllers.split(",").includes("cpu")
  for (let folder = group; ; folder = path.dirname(folder)) {
    if (existsSync(path.join("/sys/fs/cgroup", folder, "cpu.weight"))) return false
    if (folder === "/") return true
  }
}

/**
 * From now on this process steps aside at once for any other that wakes up (sched(7), SCHED_IDLE). Only root can take
 * that back; so it is for a session that is weighed, whose weight it keeps. Without chrt(1) nothing changes.
 */
export async function stepAside(leader: number): Promise<void> {
  await promisify(execFile)("chrt", ["-a", "-i", "-p", "0", String(leader)]).catch(() => undefined)
}

/** proc_pid_stat(5): the session is the fourth field after the name, which may hold spaces and brackets. */
function sessionOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[3])
}
