/** A wish to stop, from whichever side it comes. */
export type StopRequest = { signal: AbortSignal; requested: Promise<void>; close(): void }

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const
const lookForParentMs = 500

/**
 * Listens for the signals, and, under npm, for npm's own end: npm passes signals on to us, but when it is killed
 * itself nobody tells us. A second signal is for somebody in a hurry: `hurry` is called.
 */
export function listenForStop(hurry: () => void): StopRequest {
  const controller = new AbortController()
  const request = () => (controller.signal.aborted ? hurry() : controller.abort())
  for (const name of signals) process.on(name, request)
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.env.npm_lifecycle_event && process.ppid !== parent && !controller.signal.aborted)
      controller.abort()
  }, lookForParentMs)
  const requested = new Promise<void>((resolve) => {
    controller.signal.addEventListener("abort", () => resolve())
  })
  return {
    signal: controller.signal,
    requested,
    close() {
      clearInterval(watch)
      for (const name of signals) process.off(name, request)
    },
  }
}
