import type { TextRoom } from "#contracts/ledger/bundle.ts"
import { maxLeafBytes } from "#contracts/ledger/encoding.ts"
import { HashLanes } from "#contracts/ledger/lanes/hash-lanes.ts"
import {
  blockHashBytes,
  fileMark,
  free,
  leavesOfBlock,
  ready,
  ringBlocks,
  type SharedLeaves,
  usedMark,
  usedUpTo,
} from "./leaf-ring.ts"
import { nodeCrypto } from "./node-crypto.ts"

const roomBytes = 4 * 1024 * 1024
const mostBlocks = 64

type Block = { from: number; readonly starts: Int32Array; readonly ends: Int32Array }

const newBlock = (): Block => ({
  from: 0,
  starts: new Int32Array(leavesOfBlock),
  ends: new Int32Array(leavesOfBlock),
})

/** The thread's side of a `LeafRing`: the lines of one file, in blocks of 256 from its beginning, hashed ahead. */
export class LeafLines {
  private readonly shared: SharedLeaves
  private readonly lanes = HashLanes.open(nodeCrypto.sha256)
  private readonly room = this.lanes?.room(roomBytes) ?? null
  private readonly found = new Uint8Array(blockHashBytes)
  private file = -1
  /** Of the bytes in `text`: where in the file they begin, how many there are, and how far lines were looked for. */
  private base = 0
  private length = 0
  private next = 0
  /** Whole blocks that were not hashed yet, in their order, and the one that is not whole. */
  private blocks: Block[] = []
  private open = newBlock()
  private count = 0
  private hasEnded = true

  constructor(shared: SharedLeaves) {
    this.shared = shared
  }

  private begin(file: number): void {
    this.file = file
    this.base = 0
    this.length = 0
    this.next = 0
    this.blocks = []
    this.count = 0
    this.hasEnded = this.room === null
  }

  /** The next part of a file: where it lies from now on, until the next is added; null: nowhere. */
  add(file: number, part: Uint8Array): Uint8Array | null {
    if (file !== this.file) this.begin(file)
    if (this.room === null || this.hasEnded) return null
    const { memory } = this.room
    if (this.length + part.length > memory.length) this.makeRoom(memory)
    if (this.length + part.length > memory.length) {
      this.hasEnded = true
      this.blocks = []
      return null
    }
    memory.set(part, this.length)
    this.length += part.length
    this.findLines(this.room)
    return memory.subarray(this.length - part.length, this.length)
  }

  private makeRoom(memory: Uint8Array): void {
    this.dropUsed()
    const first = this.blocks[0]?.starts[0] ?? (this.count > 0 ? (this.open.starts[0] as number) : this.next)
    memory.copyWithin(0, first, this.length)
    for (const { starts, ends } of [...this.blocks, this.open])
      for (let i = 0; i < leavesOfBlock; i++) {
        starts[i] = (starts[i] as number) - first
        ends[i] = (ends[i] as number) - first
      }
    this.base += first
    this.length -= first
    this.next -= first
  }

  private findLines(room: TextRoom): void {
    for (;;) {
      const { starts, ends } = this.open
      const found = room.findLineFeeds(this.next, this.length, ends, this.count)
      for (; this.count < found; this.count++) {
        starts[this.count] = this.next
        this.next = (ends[this.count] as number) + 1
      }
      if (this.count < leavesOfBlock) return
      this.endBlock()
    }
  }

  private endBlock(): void {
    const { open } = this
    this.count = 0
    if (this.blocks.length >= mostBlocks || !isOrdinary(open)) return
    open.from = this.base + (open.starts[0] as number)
    this.blocks.push(open)
    this.open = newBlock()
  }

  /** Blocks that whoever asks has come to already. */
  private dropUsed(): void {
    const used = Atomics.load(this.shared.marks, usedMark)
    while (this.blocks.length > 0 && usedUpTo((this.blocks[0] as Block).from) <= used) this.blocks.shift()
  }

  /** Hashes one block; false: there is none to hash, or nobody asks for it. */
  step(): boolean {
    const { marks, places, hashes } = this.shared
    if (this.lanes === null || this.room === null || this.blocks.length === 0) return false
    if (Atomics.load(marks, fileMark) !== this.file) return false
    this.dropUsed()
    let place = 0
    while (place < ringBlocks && Atomics.load(marks, place) !== free) place++
    if (place === ringBlocks) return false
    const block = this.blocks.shift()
    if (block === undefined) return false
    const { starts, ends } = block
    this.lanes.hashLeaves(this.room.memory, starts, ends, leavesOfBlock, this.found)
    hashes.set(this.found, place * blockHashBytes)
    places[3 * place] = this.file
    places[3 * place + 1] = this.base + (starts[0] as number)
    places[3 * place + 2] = this.base + (ends[leavesOfBlock - 1] as number)
    Atomics.store(marks, place, ready)
    return true
  }
}

const isOrdinary = ({ starts, ends }: Block): boolean =>
  ends.every((end, i) => end - (starts[i] as number) <= maxLeafBytes)
