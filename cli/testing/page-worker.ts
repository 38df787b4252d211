import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Outcome, VerifyRequest, WorkerMessage, WorkerRequest } from "../../app/_verify/protocol.ts"
import { verifiersFolder } from "../../scripts/verifiers.ts"

/**
 * For tests: the worker's script of the verify page and of verify.html with a `self` of its own, asked by one message
 * after the other as a page that stays open does.
 */
export async function openPageWorker(): Promise<(asks: VerifyRequest) => Promise<Outcome>> {
  let answer: (outcome: Outcome) => void = () => undefined
  const self: {
    onmessage?: (event: { data: WorkerRequest }) => void
    postMessage: (one: WorkerMessage<Outcome>) => void
  } = {
    postMessage: (message) => ("answer" in message ? answer(message.answer) : undefined),
  }
  new Function("self", await readFile(join(verifiersFolder, "worker.js"), "utf8"))(self)
  return (asks) =>
    new Promise((resolve) => {
      answer = resolve
      self.onmessage?.({ data: { task: "verify", asks } })
    })
}
