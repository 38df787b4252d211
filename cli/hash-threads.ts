import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads"
import type { EndingSha256, FileHashes, LeafHashes } from "#contracts/ledger/ports.ts"
import { LeafRing, openLeaves, type SharedLeaves } from "./leaf-ring.ts"

/** Parts that wait to be hashed: a thread may be that far behind. */
export const slots = 4
export const slotBytes = 1024 * 1024
/** Instead of a part's length: the file has ended. */
export const endOf = -1

/** Places in `control`: how many orders were given, taken, and answered. */
export const produced = 0
export const consumed = 1
export const told = 2

/**
 * What both threads see. An order is the number of a file, how many bytes lie in its slot, and 1 where the leaf hashes
 * of its lines are of use too.
 */
export const orderInts = 3
export type Shared = {
  readonly control: Int32Array
  readonly orders: Int32Array
  readonly parts: Uint8Array
  readonly leaves: SharedLeaves
}

type Answer = { readonly file: number; readonly digest: Uint8Array }

const program = fileURLToPath(new URL("./hash-thread.ts", import.meta.url))
/** A part takes a thread some milliseconds: one that is silent that long has died. */
const patienceMs = 10_000

/** One thread that hashes files beside this one, which waits for it only where it has to. */
class HashThread {
  private readonly shared: Shared = {
    control: new Int32Array(new SharedArrayBuffer(3 * 4)),
    orders: new Int32Array(new SharedArrayBuffer(slots * orderInts * 4)),
    parts: new Uint8Array(new SharedArrayBuffer(slots * slotBytes)),
    leaves: openLeaves(),
  }
  private readonly worker: Worker
  private readonly answers: MessagePort
  private readonly waiting = new Map<number, (digest: Uint8Array) => void>()
  private given = 0
  private files = 0
  bytes = 0

  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.answers = port1
    this.worker = new Worker(program, {
      workerData: { ...this.shared, answers: port2 },
      transferList: [port2],
    })
    this.worker.unref()
  }

  open(): EndingSha256 {
    return this.hashOf(this.files++, false)
  }

  openLines(): EndingSha256 & { readonly leaves: LeafHashes } {
    const file = this.files++
    return { ...this.hashOf(file, true), leaves: new LeafRing(this.shared.leaves, file) }
  }

  private hashOf(file: number, hasLeaves: boolean): EndingSha256 {
    return {
      update: (bytes) => {
        for (let at = 0; at < bytes.length; at += slotBytes)
          this.give(file, bytes.subarray(at, at + slotBytes), hasLeaves)
      },
      end: (tell) => {
        this.waiting.set(file, tell)
        this.give(file, null)
      },
      digest: () => {
        let found: Uint8Array | null = null
        this.waiting.set(file, (digest) => {
          found = digest
        })
        this.give(file, null)
        this.waitUntil(() => found !== null)
        return found as unknown as Uint8Array
      },
    }
  }

  private give(file: number, part: Uint8Array | null, hasLeaves = false): void {
    const { control, orders, parts } = this.shared
    for (;;) {
      const taken = Atomics.load(control, consumed)
      if (this.given - taken < slots) break
      this.wait(consumed, taken)
    }
    const slot = this.given % slots
    if (part !== null) parts.set(part, slot * slotBytes)
    orders.set([file, part === null ? endOf : part.length, hasLeaves ? 1 : 0], slot * orderInts)
    this.bytes += part?.length ?? 0
    this.given += 1
    Atomics.store(control, produced, this.given)
    Atomics.notify(control, produced)
  }

  private wait(place: number, seen: number): void {
    if (Atomics.wait(this.shared.control, place, seen, patienceMs) === "timed-out")
      throw new Error("a thread does not answer")
  }

  private waitUntil(isDone: () => boolean): void {
    for (;;) {
      const seen = Atomics.load(this.shared.control, told)
      for (let one = receiveMessageOnPort(this.answers); one; one = receiveMessageOnPort(this.answers))
        this.take(one.message as Answer)
      if (isDone()) return
      this.wait(told, seen)
    }
  }

  private take({ file, digest }: Answer): void {
    this.waiting.get(file)?.(digest)
    this.waiting.delete(file)
  }

  settle(): void {
    this.waitUntil(() => this.waiting.size === 0)
  }

  async close(): Promise<void> {
    this.answers.close()
    await this.worker.terminate()
  }
}

/** Null where this program is a file of its own, which has no second one to run. */
export function openHashThreads(count: number): (FileHashes & { close(): Promise<void> }) | null {
  if (count < 1 || !existsSync(program)) return null
  const threads = Array.from({ length: count }, () => new HashThread())
  const leastBusy = (): HashThread => threads.reduce((a, b) => (b.bytes < a.bytes ? b : a))
  return {
    open: () => leastBusy().open(),
    openLines: () => leastBusy().openLines(),
    settle: () => {
      for (const thread of threads) thread.settle()
    },
    close: async () => {
      await Promise.all(threads.map((thread) => thread.close()))
    },
  }
}
