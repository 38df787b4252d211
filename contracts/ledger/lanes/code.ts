/** The bytes of WebAssembly, put together from small pieces: what `lanesModule` is written in. */
export type Code = readonly number[]

export function unsigned(n: number): number[] {
  return n < 0x80 ? [n] : [(n & 0x7f) | 0x80, ...unsigned(n >>> 7)]
}

export function signedNumber(n: number): number[] {
  return n >= -64 && n < 64 ? [n & 0x7f] : [(n & 0x7f) | 0x80, ...signedNumber(n >> 7)]
}

export const get = (local: number): Code => [0x20, ...unsigned(local)]
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)]
export const number = (n: number): Code => [0x41, ...signedNumber(n)]
export const plus = (a: Code, b: Code): Code => [...a, ...b, 0x6a]
export const vector = (operation: number): Code => [0xfd, ...unsigned(operation)]
export const load = (at: Code, offset: number): Code => [...at, ...vector(0), 0, ...unsigned(offset)]
export const store = (at: Code, offset: number, value: Code): Code => [
  ...at,
  ...value,
  ...vector(11),
  0,
  ...unsigned(offset),
]
export const and = (a: Code, b: Code): Code => [...a, ...b, ...vector(78)]
export const or = (a: Code, b: Code): Code => [...a, ...b, ...vector(80)]
export const xor = (a: Code, ...others: Code[]): Code => [
  ...a,
  ...others.flatMap((b) => [...b, ...vector(81)]),
]
export const add = (a: Code, ...others: Code[]): Code => [
  ...a,
  ...others.flatMap((b) => [...b, ...vector(174)]),
]
export const left = (a: Code, bits: number): Code => [...a, ...number(bits), ...vector(171)]
export const right = (a: Code, bits: number): Code => [...a, ...number(bits), ...vector(173)]
export const rotated = (a: Code, bits: number): Code => or(right(a, bits), left(a, 32 - bits))
export const shuffled = (a: Code, b: Code, bytes: Code): Code => [...a, ...b, ...vector(13), ...bytes]
export const words = (...from: number[]): Code =>
  from.flatMap((word) => [0, 1, 2, 3].map((byte) => 4 * word + byte))
export const swapped = (a: Code): Code =>
  shuffled(a, a, [3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12])
/** Does what is inside and again while `condition` holds; inside of it labels count from 0. */
export const repeat = (inside: Code, condition: Code): Code => [
  0x03,
  0x40,
  ...inside,
  ...condition,
  0x0d,
  0,
  0x0b,
]
export const whether = (condition: Code, then: Code): Code => [...condition, 0x04, 0x40, ...then, 0x0b]
export const answer = (value: Code): Code => [...value, 0x0f]
export const every = (byte: number): Code => [...vector(12), ...new Array<number>(16).fill(byte)]
export const integerAt = (at: Code, offset: number): Code => [...at, 0x28, 2, offset]
export const storeByte = (at: Code, offset: number, value: Code): Code => [...at, ...value, 0x3a, 0, offset]
export const storeInteger = (at: Code, offset: number, value: Code): Code => [
  ...at,
  ...value,
  0x36,
  2,
  offset,
]
export const product = (a: Code, by: number): Code => [...a, ...number(by), 0x6c]
export const bitsOf = (a: Code, b: Code): Code => [...a, ...b, 0x71]
/** Down by one; is true until it is zero. */
export const counted = (local: number): Code => [...plus(get(local), number(-1)), 0x22, local]
export const moved = (local: number, by: number): Code => set(local, plus(get(local), number(by)))

export const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()]
export const sized = (content: Code): Code => [...unsigned(content.length), ...content]
export const name = (text: string): Code => sized([...text].map((character) => character.charCodeAt(0)))
export const vectorsOf = (count: number): Code => [...unsigned(count), 0x7b]
export const integer = 0x7f
