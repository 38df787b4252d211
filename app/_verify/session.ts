import type { Outcome, VerifyRequest, WorkerMessage } from "./protocol.ts"

export type Session = {
  /** The outcome; null when it was cancelled. Rejects when the worker itself fails. */
  readonly outcome: Promise<Outcome | null>
  cancel(): void
}

/** Runs one verification in a worker of its own, which ends with it. */
export function startVerification(
  makeWorker: () => Worker,
  request: VerifyRequest,
  progress: (share: number) => void,
): Session {
  const worker = makeWorker()
  let cancel = (): void => {}
  const outcome = new Promise<Outcome | null>((resolve, reject) => {
    cancel = () => resolve(null)
    worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      if ("outcome" in data) resolve(data.outcome)
      else progress(data.progress.total === 0 ? 0 : Math.min(1, data.progress.done / data.progress.total))
    }
    worker.onerror = (event) => reject(new Error(event.message || "the verifier could not be started"))
    worker.postMessage(request)
  }).finally(() => worker.terminate())
  return { outcome, cancel: () => cancel() }
}
