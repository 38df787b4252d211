import { doors } from "../_lib/paths.ts"
import type { TaskName, Tasks, WorkerMessage, WorkerRequest } from "./protocol.ts"

export type Session<Answer> = {
  /** The answer; null when it was cancelled. Rejects when the worker itself fails. */
  readonly outcome: Promise<Answer | null>
  cancel(): void
}

/** Has this site's worker do one task that nobody cancels. */
export async function runTask<Name extends TaskName>(
  task: Name,
  asks: Tasks[Name]["asks"],
): Promise<Tasks[Name]["answers"]> {
  const answer = await startTask(() => new Worker(doors.verifierFile("worker.js")), task, asks).outcome
  if (answer === null) throw new Error("nobody cancels this")
  return answer
}

/** Runs one task in a worker of its own, which ends with it. */
export function startTask<Name extends TaskName>(
  makeWorker: () => Worker,
  task: Name,
  asks: Tasks[Name]["asks"],
  progress: (share: number) => void = () => {},
): Session<Tasks[Name]["answers"]> {
  type Answer = Tasks[Name]["answers"]
  const worker = makeWorker()
  let cancel = (): void => {}
  const outcome = new Promise<Answer | null>((resolve, reject) => {
    cancel = () => resolve(null)
    worker.onmessage = ({ data }: MessageEvent<WorkerMessage<Answer>>) => {
      if ("answer" in data) resolve(data.answer)
      else progress(data.progress.total === 0 ? 0 : Math.min(1, data.progress.done / data.progress.total))
    }
    worker.onerror = (event) => reject(new Error(event.message || "the verifier could not be started"))
    worker.postMessage({ task, asks } as WorkerRequest)
  }).finally(() => worker.terminate())
  return { outcome, cancel: () => cancel() }
}
