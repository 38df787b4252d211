import { readdirSync, readFileSync } from "node:fs"

/** Processor seconds since their start, by kind of process, of this process and all it has started (Linux only). */
export type ProcessorTime = ReadonlyMap<string, number>

type Running = { pid: number; parent: number; seconds: number; command: string }

const clockTicks = 100

/** proc(5): the command's name may hold spaces and brackets, so fields are counted after the last bracket. */
function read(pid: string): Running[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
    const seconds = (Number(fields[11]) + Number(fields[12])) / clockTicks
    return [{ pid: Number(pid), parent: Number(fields[1]), seconds, command }]
  } catch {
    return []
  }
}

function kindOf({ pid, command }: Running): string | null {
  if (pid === process.pid) return "callers"
  if (command.includes("sequencer-process")) return "sequencer"
  if (command.includes("pgbench")) return null
  const backend = /^postgres: (\S+) (\S+) /.exec(command)
  return backend ? `postgres ${backend[1]}` : "postgres"
}

/** `names` tells what processes do that the list of processes cannot tell apart. */
export function processorTime(names: ReadonlyMap<number, string> = new Map()): ProcessorTime {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap(read)
  const mine = new Set([process.pid])
  for (let grown = 0; grown !== mine.size; ) {
    grown = mine.size
    for (const { pid, parent } of all) if (mine.has(parent)) mine.add(pid)
  }
  const times = new Map<string, number>()
  for (const one of all) {
    const kind = mine.has(one.pid) ? (names.get(one.pid) ?? kindOf(one)) : null
    if (kind !== null) times.set(kind, (times.get(kind) ?? 0) + one.seconds)
  }
  return times
}

/** What each kind used between two readings for one of `count` things, as a sentence; what is under 2 µs is left out. */
export function tellProcessorTime(before: ProcessorTime, after: ProcessorTime, count: number): string {
  const used = [...after].map(([kind, seconds]) => ({
    kind,
    micros: (1e6 * (seconds - (before.get(kind) ?? 0))) / count,
  }))
  const parts = used
    .filter(({ micros }) => micros >= 2)
    .sort((a, b) => b.micros - a.micros)
    .map(({ kind, micros }) => `${kind} ${micros.toFixed(0)}`)
  const sum = used.reduce((all, { micros }) => all + Math.max(0, micros), 0)
  return `${sum.toFixed(0)} µs of processor time: ${parts.join(", ")}`
}
