import { equalBytes } from "../../bytes.ts"
import { leafHash } from "../encoding.ts"
import { nodeHash } from "../merkle.ts"
import type { Sha256 } from "../ports.ts"
import {
  blockBytes,
  hashBytes,
  LaneStream,
  lanes,
  pad,
  padding,
  streamRoom,
  writeState,
} from "./lane-stream.ts"
import { firstState, freeAt, lanesModule, stateAt } from "./module.ts"

type Exports = {
  readonly memory: WebAssembly.Memory
  blocks(a: number, b: number, c: number, d: number, blocks: number): void
  pairs(from: number, to: number, groups: number): void
  copy(to: number, from: number, length: number): void
  record(pattern: number, text: number, row: number, hex: number): number
  entries(bundle: number, places: number, count: number, text: number): number
  hex(from: number, to: number, vectors: number): void
}

const maxStreams = 6
export const leavesRoom = 1024 * 1024

const streamsAt = Math.ceil(freeAt / blockBytes) * blockBytes
export const textAt = streamsAt + maxStreams * streamRoom
/** Leaves as messages, and when they are hashed, the room of whoever reads on in their text. */
export const messagesAt = textAt + leavesRoom
const nodesAt = messagesAt + 2 * leavesRoom
/** Memory that nothing here uses. */
export const givenAt = nodesAt + 256 * hashBytes
export const givenBytes = 4 * 1024 * 1024
const totalBytes = givenAt + givenBytes
const pageBytes = 64 * 1024

const idle = -1
const never = Number.POSITIVE_INFINITY

let compiled: WebAssembly.Module | null = null

/**
 * SHA-256 of many things at once, several times faster than one after the other: the leaves of a log, the nodes of
 * a full tile, and whole files, which fill the lanes that leaves leave free. It is no part of the trust that the
 * injected `sha256` is not: both are compared before it is used. Where there is no WebAssembly, there are no lanes.
 */
export class HashLanes {
  readonly code: Exports
  readonly memory: Uint8Array
  private readonly view: DataView
  private readonly state: Uint32Array
  private readonly streams: (LaneStream | null)[] = new Array<null>(maxStreams).fill(null)
  /** What each lane does: the number of a message, or of a stream counted down from -2. */
  private readonly task = new Int32Array(lanes).fill(idle)
  private readonly at = new Float64Array(lanes)
  private readonly left = new Float64Array(lanes).fill(never)
  private readonly messageAt: number[] = []
  private readonly messageBlocks: number[] = []
  private nextMessage = 0
  private messagesDone = 0
  private digests: Uint8Array = new Uint8Array(0)

  private constructor(code: Exports) {
    this.code = code
    this.memory = new Uint8Array(code.memory.buffer)
    this.view = new DataView(code.memory.buffer)
    this.state = new Uint32Array(code.memory.buffer, stateAt, 8 * lanes)
  }

  static open(sha256: Sha256): HashLanes | null {
    try {
      compiled ??= new WebAssembly.Module(lanesModule(Math.ceil(totalBytes / pageBytes)))
      const made = new HashLanes(new WebAssembly.Instance(compiled).exports as Exports)
      return made.agreesWith(sha256) ? made : null
    } catch {
      return null
    }
  }

  /** Lengths around the ends of blocks, a tile, and a stream in pieces. */
  private agreesWith(sha256: Sha256): boolean {
    const text = Uint8Array.from({ length: 512 }, (_, i) => (i * 7 + (i >> 3)) & 0xff)
    const lengths = [0, 1, 54, 55, 56, 63, 64, 118, 119, 120, 200]
    const starts = lengths.map((_, i) => 3 * i + 1)
    const ends = lengths.map((length, i) => (starts[i] as number) + length)
    const found = new Uint8Array(lengths.length * hashBytes)
    const stream = this.stream()
    stream?.update(text.subarray(0, 100))
    this.hashLeaves(text, starts, ends, lengths.length, found)
    stream?.update(text.subarray(100))
    const digest = stream?.digest()
    const hashes = lengths.map((_, i) => leafHash(text.subarray(starts[i], ends[i]), sha256))
    const tile = Uint8Array.from({ length: 8 * hashBytes }, (_, i) => text[i] as number)
    return (
      digest !== undefined &&
      equalBytes(digest, sha256(text)) &&
      hashes.every((hash, i) => equalBytes(hash, found.subarray(i * hashBytes, (i + 1) * hashBytes))) &&
      equalBytes(this.rootOf(tile), rootOf(tile, sha256))
    )
  }

  /** The hash over a perfect tree whose leaf hashes lie one after the other; at least one, a power of two. */
  rootOf(hashes: Uint8Array): Uint8Array {
    // `pairs` uses the lanes too, in which streams may be on their way.
    const kept = this.state.slice()
    this.memory.set(hashes, nodesAt)
    for (let count = hashes.length / hashBytes / 2; count >= 1; count /= 2)
      this.code.pairs(nodesAt, nodesAt, Math.ceil(count / lanes))
    this.state.set(kept)
    return this.memory.slice(nodesAt, nodesAt + hashBytes)
  }

  /**
   * The leaf hashes of `count` leaves that lie in rising order in `bytes` from `starts[i]` to `ends[i]`, one after the
   * other into `hashes`. True: their text lies at `textAt` until other leaves are hashed.
   */
  hashLeaves(
    bytes: Uint8Array,
    starts: ArrayLike<number>,
    ends: ArrayLike<number>,
    count: number,
    hashes: Uint8Array,
  ): boolean {
    for (let first = 0; first < count; ) {
      const from = starts[first] as number
      let last = first
      while (last < count && this.fits((ends[last] as number) - from, last - first + 1)) last++
      if (last === first) throw new Error("a leaf is too long to be hashed")
      this.memory.set(bytes.subarray(from, ends[last - 1]), textAt)
      this.layOut(starts, ends, first, last)
      this.digests = hashes.subarray(first * hashBytes, last * hashBytes)
      this.runMessages()
      if (first === 0 && last === count) return true
      first = last
    }
    return false
  }

  /** Text of leaves whose hashes are known already, at `textAt`, as `hashLeaves` leaves it; false: it has no room. */
  placeText(text: Uint8Array): boolean {
    if (text.length > leavesRoom) return false
    this.memory.set(text, textAt)
    return true
  }

  private fits(textBytes: number, leaves: number): boolean {
    return textBytes <= leavesRoom && textBytes + leaves * (padding + blockBytes + 1) <= 2 * leavesRoom
  }

  /** Each leaf as a message of whole blocks: 0x00, the leaf, 0x80, zeros, the number of bits. */
  private layOut(starts: ArrayLike<number>, ends: ArrayLike<number>, first: number, last: number): void {
    const { memory, view, messageAt, messageBlocks } = this
    const from = starts[first] as number
    let to = messagesAt
    for (let i = first; i < last; i++) {
      const start = starts[i] as number
      const length = (ends[i] as number) - start
      const blocks = Math.ceil((length + 1 + padding) / blockBytes)
      messageAt[i - first] = to
      messageBlocks[i - first] = blocks
      memory[to] = 0
      this.code.copy(to + 1, textAt + start - from, length)
      pad(memory, view, to + 1 + length, to + blocks * blockBytes, length + 1)
      to += blocks * blockBytes
    }
    messageAt.length = last - first
    messageBlocks.length = last - first
  }

  private runMessages(): void {
    this.nextMessage = 0
    this.messagesDone = 0
    const count = this.messageAt.length
    while (this.messagesDone < count) this.step()
    this.messageAt.length = 0
  }

  /** A running hash over parts, or null when there are as many already that have not ended. */
  stream(): LaneStream | null {
    let slot = this.streams.indexOf(null)
    if (slot < 0) {
      slot = this.streams.findIndex((stream) => stream?.hasEnded === true)
      const ended = this.streams[slot]
      if (!ended) return null
      this.drain(ended)
    }
    const made = new LaneStream(this, slot, streamsAt + slot * streamRoom)
    this.streams[slot] = made
    return made
  }

  /** Puts bytes into the stream's room. */
  place(bytes: Uint8Array, at: number): void {
    this.memory.set(bytes, at)
  }

  move(from: number, to: number, length: number): void {
    this.memory.copyWithin(to, from, from + length)
  }

  padAt(at: number, end: number, length: number): void {
    pad(this.memory, this.view, at, end, length)
  }

  /** Until the stream has no blocks waiting; the others go on beside it. */
  drain(stream: LaneStream): void {
    while (stream.blocks > 0) this.step()
  }

  /** Until all streams that have ended have told their hash. */
  settle(): void {
    for (const stream of this.streams) if (stream?.hasEnded === true) this.drain(stream)
  }

  /** More blocks after those of a stream that is in a lane already. */
  extend(slot: number, blocks: number): void {
    const lane = this.task.indexOf(-2 - slot)
    if (lane >= 0) this.left[lane] = (this.left[lane] as number) + blocks
  }

  /** All lanes as far as the one that is done first. */
  private step(): void {
    const { at, left, task } = this
    for (let lane = 0; lane < lanes; lane++) if (task[lane] === idle) this.assign(lane)
    const blocks = Math.min(left[0] as number, left[1] as number, left[2] as number, left[3] as number)
    this.code.blocks(at[0] as number, at[1] as number, at[2] as number, at[3] as number, blocks)
    for (let lane = 0; lane < lanes; lane++) {
      if (task[lane] === idle) continue
      at[lane] = (at[lane] as number) + blocks * blockBytes
      left[lane] = (left[lane] as number) - blocks
      if (left[lane] === 0) this.finish(lane)
      else if ((task[lane] as number) < idle) this.streamOf(lane).blocks -= blocks
    }
  }

  private streamOf(lane: number): LaneStream {
    return this.streams[-2 - (this.task[lane] as number)] as LaneStream
  }

  /** Streams first: they are the longest, and cannot be divided. */
  private assign(lane: number): void {
    const { streams, state, task, at, left } = this
    for (let slot = 0; slot < maxStreams; slot++) {
      const stream = streams[slot]
      if (!stream || stream.blocks === 0 || task.includes(-2 - slot)) continue
      task[lane] = -2 - slot
      at[lane] = stream.at
      left[lane] = stream.blocks
      for (let word = 0; word < 8; word++) state[4 * word + lane] = stream.state[word] as number
      return
    }
    if (this.nextMessage >= this.messageAt.length) {
      // Its lane is computed too, on whatever lies at the start of the memory.
      at[lane] = 0
      left[lane] = never
      return
    }
    task[lane] = this.nextMessage
    at[lane] = this.messageAt[this.nextMessage] as number
    left[lane] = this.messageBlocks[this.nextMessage] as number
    for (let word = 0; word < 8; word++) state[4 * word + lane] = firstState[word] as number
    this.nextMessage += 1
  }

  private finish(lane: number): void {
    const { task, left, state, digests } = this
    const done = task[lane] as number
    if (done < idle) {
      const stream = this.streamOf(lane)
      stream.blocks = 0
      for (let word = 0; word < 8; word++) stream.state[word] = state[4 * word + lane] as number
      if (stream.hasEnded) {
        this.streams[-2 - done] = null
        stream.tell()
      }
    } else {
      writeState(digests, done * hashBytes, state, lane)
      this.messagesDone += 1
    }
    task[lane] = idle
    left[lane] = never
  }
}

function rootOf(hashes: Uint8Array, sha256: Sha256): Uint8Array {
  const half = hashes.length / 2
  if (half < hashBytes) return hashes
  return nodeHash(rootOf(hashes.subarray(0, half), sha256), rootOf(hashes.subarray(half), sha256), sha256)
}
