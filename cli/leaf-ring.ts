import type { LeafHashes } from "#contracts/ledger/ports.ts"

export const leavesOfBlock = 256
export const hashBytes = 32
export const blockHashBytes = leavesOfBlock * hashBytes
/** Blocks that may wait to be asked for: more than two parts of records hold. */
export const ringBlocks = 32

/** Places in `marks` behind the states of the blocks: of which file the lines are, and how far they are used, in KiB. */
export const fileMark = ringBlocks
export const usedMark = ringBlocks + 1

export const free = 0
export const ready = 1

/** What a thread has found of blocks of 256 lines: where in the file each begins and ends, and its leaf hashes. */
export type SharedLeaves = {
  readonly marks: Int32Array
  /** File, begin and end of each block. */
  readonly places: Float64Array
  readonly hashes: Uint8Array
}

export const openLeaves = (): SharedLeaves => ({
  marks: new Int32Array(new SharedArrayBuffer((ringBlocks + 2) * 4)),
  places: new Float64Array(new SharedArrayBuffer(ringBlocks * 3 * 8)),
  hashes: new Uint8Array(new SharedArrayBuffer(ringBlocks * blockHashBytes)),
})

export const usedUpTo = (offset: number): number => Math.floor(offset / 1024)

/**
 * The leaf hashes that a thread has found of the parts of one file that it was given. It never waits: what the thread
 * has not found, or not of exactly these bytes, whoever asks computes.
 */
export class LeafRing implements LeafHashes {
  private readonly shared: SharedLeaves
  private readonly file: number

  constructor(shared: SharedLeaves, file: number) {
    this.shared = shared
    this.file = file
    Atomics.store(shared.marks, usedMark, -1)
    Atomics.store(shared.marks, fileMark, file)
  }

  take(from: number, to: number, hashes: Uint8Array): boolean {
    const { marks, places } = this.shared
    Atomics.store(marks, usedMark, usedUpTo(from))
    let isFound = false
    for (let i = 0; i < ringBlocks; i++) {
      if (Atomics.load(marks, i) !== ready) continue
      const isOurs = places[3 * i] === this.file
      if (isOurs && (places[3 * i + 1] as number) > from) continue
      if (isOurs && places[3 * i + 1] === from && places[3 * i + 2] === to) {
        hashes.set(this.shared.hashes.subarray(i * blockHashBytes, (i + 1) * blockHashBytes))
        isFound = true
      }
      Atomics.store(marks, i, free)
    }
    return isFound
  }
}
