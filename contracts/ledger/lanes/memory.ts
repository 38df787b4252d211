import { blockBytes, hashBytes, streamRoom } from "./lane-stream.ts"
import { freeAt } from "./module.ts"

/** Where things lie in the memory of the lanes, after what their code keeps for itself. */
export const maxStreams = 6
export const leavesRoom = 1024 * 1024
/** Leaves that are laid out as messages at once. */
export const mostMessages = 1024

export const streamsAt = Math.ceil(freeAt / blockBytes) * blockBytes
/** Text that lay elsewhere and was copied. */
export const textAt = streamsAt + maxStreams * streamRoom
/** Leaves as messages, and when they are hashed, the room of whoever reads on in their text. */
export const messagesAt = textAt + leavesRoom
export const nodesAt = messagesAt + 2 * leavesRoom
/** Of each message, and where its leaf lies in the text. */
export const digestsAt = nodesAt + 256 * hashBytes
export const placesAt = digestsAt + mostMessages * hashBytes
/** For `BlockText`. */
export const givenAt = placesAt + mostMessages * 8
export const givenBytes = 4 * 1024 * 1024
/** For text that is read into here. */
export const roomsAt = givenAt + givenBytes
export const roomsBytes = 4 * 1024 * 1024

const pageBytes = 64 * 1024
/** Vectors are read up to fifteen bytes beyond what is looked at. */
export const memoryPages = Math.ceil((roomsAt + roomsBytes + 16) / pageBytes)

/** The functions of the module, and its memory. */
export type LaneCode = {
  readonly memory: WebAssembly.Memory
  blocks(a: number, b: number, c: number, d: number, blocks: number): void
  pairs(from: number, to: number, groups: number): void
  messages(text: number, places: number, count: number, to: number): number
  record(pattern: number, text: number, row: number, hex: number): number
  entries(bundle: number, places: number, count: number, text: number): number
  hex(from: number, to: number, vectors: number): void
  four(...given: [...Four, blocks: number, ...Four]): void
  lineFeeds(from: number, to: number, places: number, most: number): number
}
type Four = [a: number, b: number, c: number, d: number]
