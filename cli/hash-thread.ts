import { createHash, type Hash } from "node:crypto"
import { type MessagePort, workerData } from "node:worker_threads"
import { consumed, endOf, orderInts, produced, type Shared, slotBytes, slots, told } from "./hash-threads.ts"
import { LeafLines } from "./leaf-lines.ts"

/** The program of a thread that hashes files: the parts that it is given, file by file, in their order. */
const { control, parts, orders, leaves, answers } = workerData as Shared & { readonly answers: MessagePort }
const files = new Map<number, Hash>()
/** Node's hash does not read shared memory. */
const part = new Uint8Array(slotBytes)
let lines: LeafLines | null = null

function copyOf(given: Uint8Array): Uint8Array {
  part.set(given)
  return part.subarray(0, given.length)
}

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

/** Files first: whoever gives their parts waits when they are not hashed, but never for a leaf. */
function waitForOrder(done: number): void {
  while (Atomics.load(control, produced) === done)
    if (lines?.step() !== true) Atomics.wait(control, produced, done)
}

for (let done = 0; ; done++) {
  waitForOrder(done)
  const slot = (done % slots) * orderInts
  const from = (done % slots) * slotBytes
  const file = orders[slot] as number
  const length = orders[slot + 1] as number
  const hasLeaves = orders[slot + 2] === 1
  if (length === endOf) tell(file)
  else {
    const given = parts.subarray(from, from + length)
    if (hasLeaves) lines ??= new LeafLines(leaves)
    hashOf(file).update((hasLeaves ? lines?.add(file, given) : null) ?? copyOf(given))
  }
  Atomics.store(control, consumed, done + 1)
  Atomics.notify(control, consumed)
}
