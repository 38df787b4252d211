/** For tests, by `node --import`: writes the most memory that the process ever held, in MB, when it ends. */
import { readFileSync, writeFileSync } from "node:fs"

process.on("exit", () => {
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8")) ?? []
  writeFileSync(process.env.OBSERVED_FILE ?? "", String(Math.round(Number(kilobytes) / 1024)))
})
