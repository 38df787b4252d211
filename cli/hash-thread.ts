import { type MessagePort, workerData } from "node:worker_threads"
import { HashLanes } from "#contracts/ledger/lanes/hash-lanes.ts"
import { LaneStream } from "#contracts/ledger/lanes/lane-stream.ts"
import type { RunningSha256 } from "#contracts/ledger/ports.ts"
import { consumed, orderOf, produced, type Shared, slotBytes, slots, told } from "./hash-threads.ts"
import { nodeCrypto } from "./node-crypto.ts"

/** The program of a thread that hashes files: the parts that it is given, file by file, in their order. */
const { control, parts, orders, answers } = workerData as Shared & { readonly answers: MessagePort }
const lanes = HashLanes.open(nodeCrypto.sha256)
const files = new Map<number, RunningSha256>()

function tell(file: number, digest: Uint8Array): void {
  answers.postMessage({ file, digest })
  Atomics.add(control, told, 1)
  Atomics.notify(control, told)
}

function update(file: number, part: Uint8Array): void {
  const hash = files.get(file) ?? nodeCrypto.runningSha256()
  files.set(file, hash)
  hash.update(part)
}

/** Lanes are for many files side by side: of one alone they are slower. */
function begin(file: number): void {
  const stream = lanes?.stream()
  if (stream) files.set(file, stream)
}

function end(file: number, isAwaited: boolean): void {
  const hash = files.get(file) ?? nodeCrypto.runningSha256()
  files.delete(file)
  if (hash instanceof LaneStream && !isAwaited) hash.end((digest) => tell(file, digest))
  else tell(file, hash.digest())
}

function obey(file: number, order: number, slot: number): void {
  if (order === orderOf.settle) lanes?.settle()
  else if (order === orderOf.many) begin(file)
  else if (order < 0) end(file, order === orderOf.digest)
  // Node's own hash does not read shared memory.
  else update(file, parts.slice(slot * slotBytes, slot * slotBytes + order))
}

for (let done = 0; ; done++) {
  while (Atomics.load(control, produced) === done) Atomics.wait(control, produced, done)
  const slot = done % slots
  obey(orders[2 * slot] as number, orders[2 * slot + 1] as number, slot)
  Atomics.store(control, consumed, done + 1)
  Atomics.notify(control, consumed)
}
