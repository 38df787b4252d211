import type { EndingSha256 } from "../ports.ts"
import type { HashLanes } from "./hash-lanes.ts"
import { firstState } from "./module.ts"

export const blockBytes = 64
export const hashBytes = 32
export const lanes = 4
export const padding = 9
/** Room for the bytes of one stream that wait, and for leaves before and after they were laid out as messages. */
export const streamRoom = 1024 * 1024 + 2 * blockBytes

/** One file's bytes in a lane, hashed whenever lanes run: at the latest when more of them come. */
export class LaneStream implements EndingSha256 {
  private readonly lanes: HashLanes
  private readonly slot: number
  private readonly room: number
  readonly state = Uint32Array.from(firstState)
  at: number
  /** How many blocks wait from `at` on. */
  blocks = 0
  /** Bytes after the blocks that wait. */
  private rest = 0
  private restAt: number
  private length = 0
  private told: ((digest: Uint8Array) => void) | null = null

  constructor(lanes: HashLanes, slot: number, room: number) {
    this.lanes = lanes
    this.slot = slot
    this.room = room
    this.at = room
    this.restAt = room
  }

  update(bytes: Uint8Array): void {
    const most = streamRoom - 2 * blockBytes
    for (let start = 0; start < bytes.length; start += most) this.add(bytes.subarray(start, start + most))
  }

  private add(bytes: Uint8Array): void {
    this.lanes.drain(this)
    this.lanes.move(this.restAt, this.room, this.rest)
    this.lanes.place(bytes, this.room + this.rest)
    const waiting = this.rest + bytes.length
    this.length += bytes.length
    this.queue(Math.floor(waiting / blockBytes), waiting % blockBytes)
  }

  private queue(blocks: number, rest: number): void {
    this.at = this.room
    this.blocks = blocks
    this.rest = rest
    this.restAt = this.room + blocks * blockBytes
  }

  /** No more bytes come; `told` is called with the hash when lanes have run that far. */
  end(told: (digest: Uint8Array) => void): void {
    const blocks = Math.ceil((this.rest + padding) / blockBytes)
    this.lanes.padAt(this.restAt + this.rest, this.restAt + blocks * blockBytes, this.length)
    this.lanes.extend(this.slot, blocks)
    if (this.blocks === 0) this.at = this.restAt
    this.blocks += blocks
    this.told = told
  }

  get hasEnded(): boolean {
    return this.told !== null
  }

  tell(): void {
    const digest = new Uint8Array(hashBytes)
    writeState(digest, 0, this.state, 0, 1)
    this.told?.(digest)
  }

  digest(): Uint8Array {
    let digest = new Uint8Array(0)
    this.end((found) => {
      digest = found as Uint8Array<ArrayBuffer>
    })
    this.lanes.drain(this)
    return digest
  }
}

/** The end of a message of `length` bytes: 0x80, zeros, its number of bits in eight bytes. */
export function pad(memory: Uint8Array, view: DataView, at: number, end: number, length: number): void {
  memory[at] = 0x80
  for (let i = at + 1; i < end - 8; i++) memory[i] = 0
  view.setUint32(end - 8, Math.floor(length / 2 ** 29))
  view.setUint32(end - 4, (length * 8) % 2 ** 32)
}

export function writeState(
  to: Uint8Array,
  at: number,
  state: Uint32Array,
  first: number,
  step = lanes,
): void {
  for (let word = 0; word < 8; word++) {
    const value = state[step * word + first] as number
    const i = at + 4 * word
    to[i] = value >>> 24
    to[i + 1] = value >>> 16
    to[i + 2] = value >>> 8
    to[i + 3] = value
  }
}
