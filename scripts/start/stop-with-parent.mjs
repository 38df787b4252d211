/**
 * Loaded before each child of the start script (`node --import`). Its standard input is a pipe from the parent
 * that nobody writes to: the pipe's end means that the parent is gone, also when it was killed. The child is then
 * asked to stop, and made to when it takes too long.
 */
import { isMainThread } from "node:worker_threads"

const patienceMs = 2000

if (isMainThread) {
  let ending = false
  const end = () => {
    if (ending) return
    ending = true
    setTimeout(() => process.kill(process.pid, "SIGKILL"), patienceMs).unref()
    process.kill(process.pid, "SIGTERM")
  }
  process.stdin.resume().on("end", end).on("error", end)
  // A pipe that is only watched must not keep a process alive that has done its work.
  process.stdin.unref?.()
}
