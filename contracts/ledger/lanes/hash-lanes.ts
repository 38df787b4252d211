import { equalBytes } from "../../bytes.ts"
import type { TextRoom } from "../bundle.ts"
import { leafHash } from "../encoding.ts"
import { nodeHash } from "../merkle.ts"
import type { Sha256 } from "../ports.ts"
import { LaneRoom } from "./lane-room.ts"
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
import { LeafMessages } from "./leaf-messages.ts"
import {
  digestsAt,
  type LaneCode,
  leavesRoom,
  maxStreams,
  memoryPages,
  mostMessages,
  nodesAt,
  roomsAt,
  roomsBytes,
  streamsAt,
  textAt,
} from "./memory.ts"
import { firstState, lanesModule, stateAt } from "./module.ts"

const idle = -1
const never = Number.POSITIVE_INFINITY

let compiled: WebAssembly.Module | null = null

/**
 * SHA-256 of many things at once, several times faster than one after the other: the leaves of a log, the nodes of
 * a full tile, and whole files, which fill the lanes that leaves leave free. It is no part of the trust that the
 * injected `sha256` is not: both are compared before it is used. Where there is no WebAssembly, there are no lanes.
 */
export class HashLanes {
  readonly code: LaneCode
  readonly memory: Uint8Array
  private readonly view: DataView
  private readonly state: Uint32Array
  private readonly streams: (LaneStream | null)[] = new Array<null>(maxStreams).fill(null)
  /** What each lane does: the number of a message, or of a stream counted down from -2. */
  private readonly task = new Int32Array(lanes).fill(idle)
  private readonly at = new Float64Array(lanes)
  private readonly left = new Float64Array(lanes).fill(never)
  private readonly messages: LeafMessages
  /** How many of them wait for a lane of their own. */
  private count = 0
  private nextMessage = 0
  private messagesDone = 0
  private roomsTo = roomsAt
  /** Where the text of the last leaves lies. */
  text = textAt

  private constructor(code: LaneCode) {
    this.code = code
    this.memory = new Uint8Array(code.memory.buffer)
    this.view = new DataView(code.memory.buffer)
    this.state = new Uint32Array(code.memory.buffer, stateAt, 8 * lanes)
    this.messages = new LeafMessages(code)
  }

  static open(sha256: Sha256): HashLanes | null {
    try {
      compiled ??= new WebAssembly.Module(lanesModule(memoryPages))
      const made = new HashLanes(new WebAssembly.Instance(compiled).exports as LaneCode)
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
   * other into `hashes`. True: all their text lies from `text` on, until other leaves are hashed or, where `bytes` are of
   * a room of these lanes, until that is written over.
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
      this.placeText(bytes, from, ends[last - 1] as number)
      this.messages.layOut(this.text, starts, ends, first, last)
      this.runMessages(last - first)
      hashes.set(this.memory.subarray(digestsAt, digestsAt + (last - first) * hashBytes), first * hashBytes)
      if (first === 0 && last === count) return true
      first = last
    }
    return false
  }

  /** Text of leaves whose hashes are known already, from `text` on, as `hashLeaves` leaves it; false: it has no room. */
  placeText(bytes: Uint8Array, from: number, to: number): boolean {
    if (this.holds(bytes)) this.text = bytes.byteOffset + from
    else if (to - from > leavesRoom) return false
    else {
      this.text = textAt
      this.memory.set(bytes.subarray(from, to), textAt)
    }
    return true
  }

  /** Whether these bytes lie in the memory of these lanes. */
  holds(bytes: Uint8Array): boolean {
    return bytes.buffer === this.memory.buffer
  }

  /** Memory of these lanes for text, which then need not be copied; a multiple of four. Null: there is no more. */
  room(length: number): TextRoom | null {
    const at = this.roomsTo
    if (at + length > roomsAt + roomsBytes) return null
    this.roomsTo = at + length
    return new LaneRoom(this, at, length)
  }

  private fits(textBytes: number, leaves: number): boolean {
    return (
      leaves <= mostMessages &&
      textBytes <= leavesRoom &&
      textBytes + leaves * (padding + blockBytes + 1) <= 2 * leavesRoom
    )
  }

  private runMessages(count: number): void {
    this.nextMessage = 0
    this.messagesDone = 0
    this.count = this.isFree() ? this.messages.hashFours(count) : this.messages.keepAll(count)
    while (this.messagesDone < this.count) this.step()
    this.count = 0
  }

  /** Whether no stream waits for lanes. */
  private isFree(): boolean {
    for (const stream of this.streams) if (stream !== null && stream.blocks > 0) return false
    return true
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
    if (this.nextMessage >= this.count) {
      // Its lane is computed too, on whatever lies at the start of the memory.
      at[lane] = 0
      left[lane] = never
      return
    }
    const message = this.messages.left[this.nextMessage] as number
    task[lane] = message
    at[lane] = this.messages.at[message] as number
    left[lane] = this.messages.blocks[message] as number
    for (let word = 0; word < 8; word++) state[4 * word + lane] = firstState[word] as number
    this.nextMessage += 1
  }

  private finish(lane: number): void {
    const { task, left, state } = this
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
      writeState(this.memory, digestsAt + done * hashBytes, state, lane)
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
