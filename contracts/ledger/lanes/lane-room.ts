import type { TextRoom } from "../bundle.ts"
import type { HashLanes } from "./hash-lanes.ts"

const mostFeeds = 256

/** A part of the memory of the lanes for the text of a file that is read and hashed there. */
export class LaneRoom implements TextRoom {
  private readonly lanes: HashLanes
  readonly memory: Uint8Array
  private readonly feedsAt: number
  private readonly feeds: Int32Array

  constructor(lanes: HashLanes, at: number, length: number) {
    this.lanes = lanes
    this.feedsAt = at + length - 4 * mostFeeds
    this.memory = lanes.memory.subarray(at, this.feedsAt)
    this.feeds = new Int32Array(lanes.memory.buffer, this.feedsAt, mostFeeds)
  }

  findLineFeeds(from: number, to: number, places: Int32Array, first: number): number {
    const { feeds, feedsAt, lanes, memory } = this
    const at = memory.byteOffset
    let count = first
    for (let next = from; count < places.length; ) {
      const most = Math.min(mostFeeds, places.length - count)
      const found = lanes.code.lineFeeds(at + next, at + to, feedsAt, most)
      for (let i = 0; i < found; i++) places[count++] = (feeds[i] as number) - at
      if (found < most) break
      next = (places[count - 1] as number) + 1
    }
    return count
  }
}
