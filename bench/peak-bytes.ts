import { readFileSync } from "node:fs"

/** Of this program alone: the most that `resourceUsage` tells is also that of the process which it was forked from. */
export function peakBytes(): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]
  return Number(kilobytes) * 1024
}
