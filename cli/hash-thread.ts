import { createHash, type Hash } from "node:crypto"
import { type MessagePort, workerData } from "node:worker_threads"
import { consumed, endOf, produced, type Shared, slotBytes, slots, told } from "./hash-threads.ts"

/** The program of a thread that hashes files: the parts that it is given, file by file, in their order. */
const { control, parts, orders, answers } = workerData as Shared & { readonly answers: MessagePort }
const files = new Map<number, Hash>()
/** Node's hash does not read shared memory. */
const part = new Uint8Array(slotBytes)

function hashOf(file: number): Hash {
  const hash = files.get(file) ?? createHash("sha256")
  files.set(file, hash)
  return hash
}

function tell(file: number): void {
  answers.postMessage({ file, digest: new Uint8Array(hashOf(file).digest()) })
  files.delete(file)
  Atomics.add(control, told, 1)
  Atomics.notify(control, told)
}

for (let done = 0; ; done++) {
  while (Atomics.load(control, produced) === done) Atomics.wait(control, produced, done)
  const slot = done % slots
  const file = orders[2 * slot] as number
  const length = orders[2 * slot + 1] as number
  if (length === endOf) tell(file)
  else {
    part.set(parts.subarray(slot * slotBytes, slot * slotBytes + length))
    hashOf(file).update(part.subarray(0, length))
  }
  Atomics.store(control, consumed, done + 1)
  Atomics.notify(control, consumed)
}
