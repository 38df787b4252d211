import {
  and,
  answer,
  type Code,
  counted,
  every,
  get,
  integerAt,
  load,
  moved,
  number,
  or,
  plus,
  product,
  repeat,
  set,
  shuffled,
  store,
  vector,
  whether,
  xor,
} from "./code.ts"

/**
 * The WebAssembly that compares text of known layout, sixteen bytes at a time (leaf-pattern.ts says of what a pattern
 * is made). Whatever it reads after the end of a text is not looked at.
 */
/** What may stand at a place: bytes from `low` on, `more` of them after it, and the first `letters` from a on. */
export type Kind = { readonly low: number; readonly more: number; readonly letters: number }

/** How long the number block before the vectors of a pattern is; its numbers are those of `recordCode`. */
export const headBytes = 32
/** A vector of each member of sixteen kinds. */
export const vectorBytes = 48
/** Where a piece begins in the row and in the record, and its length. */
export const spanBytes = 12

/** Each of so many bytes, and none after them: what `sameCode` leaves out of its last vector. */
export const masks: Code = Array.from({ length: 16 }, (_, length) =>
  Array.from({ length: 16 }, (_, i) => (i < length ? 0xff : 0)),
).flat()

const minus = (a: Code, b: Code): Code => [...a, ...b, ...vector(113)]
const isAnyTrue = (a: Code): Code => [...a, ...vector(83)]
const isAllTrue = (a: Code): Code => [...a, ...vector(99)]
const not = (a: Code): Code => [...a, 0x45]
const call = (code: number, ...given: Code[]): Code => [...given.flat(), 0x10, code]
const byteAt = (at: Code, offset: number): Code => [...at, 0x2d, 0, offset]
const difference = (a: Code, b: Code): Code => [...a, ...b, 0x6b]

/** fits(pattern, text, vectors): 1 when each byte is of the kind that may stand there. */
export function fitsCode(): Code {
  const [pattern, text, vectors, bytes, letterA] = [0, 1, 2, 3, 4]
  const isInRange: Code = [
    ...minus(get(bytes), load(get(pattern), 0)),
    ...load(get(pattern), 16),
    ...vector(42),
  ]
  const isLetter: Code = [...minus(get(bytes), get(letterA)), ...load(get(pattern), 32), ...vector(38)]
  return [
    ...set(letterA, every(0x61)),
    ...repeat(
      [
        ...set(bytes, load(get(text), 0)),
        ...whether(not(isAllTrue(or(isInRange, isLetter))), answer(number(0))),
        ...moved(pattern, vectorBytes),
        ...moved(text, 16),
      ],
      counted(vectors),
    ),
    ...number(1),
    0x0b,
  ]
}

/** same(a, b, length): 1 when the bytes are the same. */
export function sameCode(masksAt: number): Code {
  const [a, b, length] = [0, 1, 2]
  const unlike = xor(load(get(a), 0), load(get(b), 0))
  const isLong: Code = [...get(length), ...number(16), 0x4f]
  const mask = load(plus(product(get(length), 16), number(masksAt)), 0)
  const goOn = [...moved(a, 16), ...moved(b, 16), ...moved(length, -16), 0x0c, 1]
  return [
    ...[0x03, 0x40],
    ...whether(isLong, [...whether(isAnyTrue(unlike), answer(number(0))), ...goOn]),
    0x0b,
    ...not(isAnyTrue(and(unlike, mask))),
    0x0b,
  ]
}

/** Of a pattern's head: how many vectors the record and its row have, how many spans, and where hashes stand. */
export const head = { vectors: 0, rowVectors: 4, spans: 8, rowHash: 12, prev: 16 } as const

/**
 * record(pattern, text, row, hex): 1 when the text fits, names the hash whose hex lies before `hex`, and the row (0:
 * there is none) is the one of this text and of the hash whose hex lies at `hex`.
 */
export function recordCode(fits: number, same: number): Code {
  const [pattern, text, row, hex, at, count] = [0, 1, 2, 3, 4, 5]
  const told = (offset: number): Code => integerAt(get(pattern), offset)
  const unless = (condition: Code): Code => whether(not(condition), answer(number(0)))
  const vectors = plus(get(pattern), number(headBytes))
  const rowVectors = plus(get(at), product(told(head.vectors), vectorBytes))
  const spans = plus(get(at), product(told(head.rowVectors), vectorBytes))
  const placed = (place: number, offset: number): Code => plus(get(place), integerAt(get(at), offset))
  return [
    ...set(at, vectors),
    ...unless(call(fits, get(at), get(text), told(head.vectors))),
    ...unless(call(same, plus(get(text), told(head.prev)), difference(get(hex), number(64)), number(64))),
    ...whether(not(get(row)), answer(number(1))),
    ...set(at, rowVectors),
    ...unless(call(fits, get(at), get(row), told(head.rowVectors))),
    ...unless(call(same, plus(get(row), told(head.rowHash)), get(hex), number(64))),
    ...set(at, spans),
    ...set(count, told(head.spans)),
    ...repeat(
      [
        ...unless(call(same, placed(row, 0), placed(text, 4), integerAt(get(at), 8))),
        ...moved(at, spanBytes),
      ],
      counted(count),
    ),
    ...number(1),
    0x0b,
  ]
}

/**
 * entries(bundle, places, count, text): where the bundle ends, if it holds these pieces of the text, each with its
 * length in two bytes before it; else 0. A place is where a piece begins, and its length.
 */
export function entriesCode(same: number): Code {
  const [bundle, places, count, text, length] = [0, 1, 2, 3, 4]
  const said: Code = plus(product(byteAt(get(bundle), 0), 256), byteAt(get(bundle), 1))
  const piece = plus(get(text), integerAt(get(places), 0))
  return [
    ...repeat(
      [
        ...set(length, integerAt(get(places), 4)),
        ...whether([...said, ...get(length), 0x47], answer(number(0))),
        ...whether(not(call(same, plus(get(bundle), number(2)), piece, get(length))), answer(number(0))),
        ...set(bundle, plus(plus(get(bundle), number(2)), get(length))),
        ...moved(places, 8),
      ],
      counted(count),
    ),
    ...get(bundle),
    0x0b,
  ]
}

/** hex(from, to, vectors): sixteen bytes as 32 lower-case digits, so many times. */
export function hexCode(): Code {
  const [from, to, vectors, bytes, high, low] = [0, 1, 2, 3, 4, 5]
  const digits: Code = [...vector(12), ...[..."0123456789abcdef"].map((character) => character.charCodeAt(0))]
  const digitOf = (nibble: Code): Code => [...digits, ...nibble, ...vector(14)]
  const mixed = (first: number): Code => Array.from({ length: 16 }, (_, i) => first + (i >> 1) + (i % 2) * 16)
  return [
    ...repeat(
      [
        ...set(bytes, load(get(from), 0)),
        ...set(high, digitOf([...get(bytes), ...number(4), ...vector(109)])),
        ...set(low, digitOf(and(get(bytes), every(0x0f)))),
        ...store(get(to), 0, shuffled(get(high), get(low), mixed(0))),
        ...store(get(to), 16, shuffled(get(high), get(low), mixed(8))),
        ...moved(from, 16),
        ...moved(to, 32),
      ],
      counted(vectors),
    ),
    0x0b,
  ]
}
