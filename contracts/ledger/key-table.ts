import { fromUtf8, utf8 } from "../bytes.ts"
import { sameLongBytes, viewOf } from "./scan-bytes.ts"

const firstSlots = 1024
const firstPool = 32 * 1024

/**
 * What a verifier remembers of each thread key, in plain arrays: about 70 bytes a key, and a key that lies in a
 * longer text is looked up without making a string of it. `idOf` numbers the keys from 0; the columns are read
 * and written by that number and begin with 0.
 */
export class KeyTable {
  private readonly seed: number
  private readonly factor: number
  /** Open addressing: the number of a key + 1, or 0. */
  private slots = new Int32Array(firstSlots)
  private pool = new Uint8Array(firstPool)
  private poolView = viewOf(this.pool)
  /** The bytes that a key was last looked for in. */
  private viewed = this.pool as Uint8Array
  private view = this.poolView
  /** Where the key with that number begins in the pool; the next begins where it ends. */
  private starts = new Uint32Array(firstSlots / 2 + 1)
  private mixes = new Int32Array(firstSlots / 2)
  private count = 0
  /** The key's last place in its thread. */
  n = new Float64Array(firstSlots / 2)
  /** The record of that place. */
  index = new Float64Array(firstSlots / 2)
  /** The version that the thing has; -1: not known. */
  version = new Float64Array(firstSlots / 2)
  /** The keys that were moved since `takeMoved` was called, once each; null until it was called first. */
  private moved: number[] | null = null
  private isMoved = new Uint8Array(0)

  /**
   * `seed`: bytes that whoever chose the keys could not choose too, such as the root over the records that hold
   * them; else keys could be made that all fall on one place and make every look-up a search.
   */
  constructor(seed: Uint8Array) {
    const view = new DataView(seed.buffer, seed.byteOffset, seed.byteLength)
    this.seed = view.getInt32(0)
    this.factor = view.getInt32(4) | 1
  }

  get size(): number {
    return this.count
  }

  clear(): void {
    if (this.count === 0) return
    this.count = 0
    this.slots = new Int32Array(firstSlots)
    this.pool = new Uint8Array(firstPool)
    this.poolView = viewOf(this.pool)
    this.starts = new Uint32Array(firstSlots / 2 + 1)
    this.mixes = new Int32Array(firstSlots / 2)
    this.n = new Float64Array(firstSlots / 2)
    this.index = new Float64Array(firstSlots / 2)
    this.version = new Float64Array(firstSlots / 2)
    this.moved = null
  }

  /** To be called when a key has got another last place. */
  markMoved(id: number): void {
    if (this.moved === null || this.isMoved[id] === 1) return
    this.isMoved[id] = 1
    this.moved.push(id)
  }

  /** The keys that got another last place since the call before; at the first call all that have one. */
  takeMoved(): readonly number[] {
    const moved =
      this.moved ?? Array.from({ length: this.count }, (_, id) => id).filter((id) => this.n[id] !== 0)
    if (this.moved === null) this.isMoved = new Uint8Array(this.mixes.length)
    for (const id of moved) this.isMoved[id] = 0
    this.moved = []
    return moved
  }

  idOfText(key: string): number {
    const bytes = utf8(key)
    return this.idOf(bytes, 0, bytes.length)
  }

  textOf(id: number): string {
    return fromUtf8(this.bytesOf(id))
  }

  bytesOf(id: number): Uint8Array {
    return this.pool.subarray(this.starts[id], this.starts[id + 1])
  }

  /** The number of a key that is known, or -1. */
  findText(key: string): number {
    const bytes = utf8(key)
    return this.find(bytes, 0, bytes.length)
  }

  find(bytes: Uint8Array, start: number, end: number): number {
    const mix = this.mix(bytes, start, end)
    const mask = this.slots.length - 1
    for (let slot = spread(mix) & mask; ; slot = (slot + 1) & mask) {
      const id = (this.slots[slot] as number) - 1
      if (id < 0 || (this.mixes[id] === mix && this.isKey(id, bytes, start, end))) return id
    }
  }

  idOf(bytes: Uint8Array, start: number, end: number): number {
    const mix = this.mix(bytes, start, end)
    const mask = this.slots.length - 1
    for (let slot = spread(mix) & mask; ; slot = (slot + 1) & mask) {
      const id = (this.slots[slot] as number) - 1
      if (id < 0) return this.add(slot, mix, bytes, start, end)
      if (this.mixes[id] === mix && this.isKey(id, bytes, start, end)) return id
    }
  }

  private isKey(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const at = this.starts[id] as number
    const length = (this.starts[id + 1] as number) - at
    return length === end - start && sameLongBytes(this.poolView, at, this.viewOf(bytes), start, length)
  }

  private viewOf(bytes: Uint8Array): DataView {
    if (bytes !== this.viewed) {
      this.viewed = bytes
      this.view = viewOf(bytes)
    }
    return this.view
  }

  private mix(bytes: Uint8Array, start: number, end: number): number {
    const { factor } = this
    const view = this.viewOf(bytes)
    const whole = end - ((end - start) % 4)
    let mix = this.seed
    for (let i = start; i < whole; i += 4)
      mix = Math.imul(mix ^ view.getInt32(i, true), factor) ^ (mix >>> 15)
    for (let i = whole; i < end; i++) mix = Math.imul(mix ^ (bytes[i] as number), factor) ^ (mix >>> 15)
    return Math.imul(mix ^ (mix >>> 15), factor)
  }

  private add(slot: number, mix: number, bytes: Uint8Array, start: number, end: number): number {
    const id = this.count
    const at = this.starts[id] as number
    const length = end - start
    if (at + length > this.pool.length) {
      this.pool = grown(this.pool, Uint8Array, at + length)
      this.poolView = viewOf(this.pool)
    }
    for (let i = 0; i < length; i++) this.pool[at + i] = bytes[start + i] as number
    this.starts[id + 1] = at + length
    this.mixes[id] = mix
    this.slots[slot] = id + 1
    this.count += 1
    if (this.count === this.mixes.length) this.growAll()
    return id
  }

  private growAll(): void {
    const keys = 2 * this.mixes.length
    this.starts = grown(this.starts, Uint32Array, keys + 1)
    this.mixes = grown(this.mixes, Int32Array, keys)
    this.n = grown(this.n, Float64Array, keys)
    this.index = grown(this.index, Float64Array, keys)
    this.version = grown(this.version, Float64Array, keys)
    if (this.moved !== null) this.isMoved = grown(this.isMoved, Uint8Array, keys)
    this.slots = new Int32Array(2 * keys)
    const mask = this.slots.length - 1
    for (let id = 0; id < this.count; id++) {
      let slot = spread(this.mixes[id] as number) & mask
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask
      this.slots[slot] = id + 1
    }
  }
}

/** The low bits, which choose the slot, with something of the high ones. */
const spread = (mix: number): number => mix ^ (mix >>> 16)

function grown<T extends Uint8Array | Uint32Array | Int32Array | Float64Array>(
  old: T,
  kind: new (length: number) => T,
  atLeast: number,
): T {
  const made = new kind(Math.max(atLeast, 2 * old.length))
  made.set(old)
  return made
}
