import { blockBytes, hashBytes, padding } from "./lane-stream.ts"
import { digestsAt, type LaneCode, messagesAt, mostMessages, placesAt } from "./memory.ts"

/** Leaves as messages of whole blocks: 0x00, the leaf, 0x80, zeros, the number of bits. */
export class LeafMessages {
  private readonly code: LaneCode
  private readonly places: Int32Array
  readonly at = new Int32Array(mostMessages)
  readonly blocks = new Int32Array(mostMessages)
  /** Those that were not hashed yet. */
  readonly left = new Int32Array(mostMessages)

  constructor(code: LaneCode) {
    this.code = code
    this.places = new Int32Array(code.memory.buffer, placesAt, 2 * mostMessages)
  }

  /** Of the text of the leaves from `first` to `last`. */
  layOut(
    text: number,
    starts: ArrayLike<number>,
    ends: ArrayLike<number>,
    first: number,
    last: number,
  ): void {
    const from = starts[first] as number
    let to = messagesAt
    for (let i = first, message = 0; i < last; i++, message++) {
      const start = starts[i] as number
      const length = (ends[i] as number) - start
      const blocks = Math.ceil((length + 1 + padding) / blockBytes)
      this.places[2 * message] = start - from
      this.places[2 * message + 1] = length
      this.at[message] = to
      this.blocks[message] = blocks
      to += blocks * blockBytes
    }
    this.code.messages(text, placesAt, last - first, messagesAt)
  }

  /** None is hashed; how many are left, which are all. */
  keepAll(count: number): number {
    for (let message = 0; message < count; message++) this.left[message] = message
    return count
  }

  /** Hashes those of which four are equally long, in all lanes at once; how many are left. */
  hashFours(count: number): number {
    const { blocks, left } = this
    const sorted = left.subarray(0, count)
    for (let message = 0; message < count; message++)
      sorted[message] = (blocks[message] as number) * mostMessages + message
    sorted.sort()
    const lengthOf = (i: number): number => Math.floor((sorted[i] as number) / mostMessages)
    let kept = 0
    for (let i = 0; i < count; ) {
      const length = lengthOf(i)
      if (i + 3 < count && lengthOf(i + 3) === length) {
        this.hashFour(sorted, i, length)
        i += 4
      } else {
        left[kept++] = (sorted[i] as number) % mostMessages
        i += 1
      }
    }
    return kept
  }

  private hashFour(sorted: Int32Array, i: number, blocks: number): void {
    const a = (sorted[i] as number) % mostMessages
    const b = (sorted[i + 1] as number) % mostMessages
    const c = (sorted[i + 2] as number) % mostMessages
    const d = (sorted[i + 3] as number) % mostMessages
    const at = (message: number): number => this.at[message] as number
    this.code.four(at(a), at(b), at(c), at(d), blocks, digestOf(a), digestOf(b), digestOf(c), digestOf(d))
  }
}

const digestOf = (message: number): number => digestsAt + message * hashBytes
