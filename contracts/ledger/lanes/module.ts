import {
  add,
  and,
  type Code,
  get,
  integer,
  list,
  load,
  name,
  number,
  or,
  plus,
  repeat,
  right,
  rotated,
  set,
  shuffled,
  sized,
  store,
  swapped,
  unsigned,
  vectorsOf,
  words,
  xor,
} from "./code.ts"
import { entriesCode, fitsCode, hexCode, masks, recordCode, sameCode } from "./pattern-code.ts"
import { lineFeedsCode, messagesCode } from "./text-code.ts"

/**
 * The WebAssembly of `HashLanes`: SHA-256 (FIPS 180-4) of four messages at once, each in one lane of 128-bit
 * vectors, which is what every processor of today and every engine has. It is made here from its description, so
 * that nobody has to trust a binary; 5 KB, in a millisecond.
 *
 * Where things lie in its memory:
 */
export const constantsAt = 0
/** The eight words of the state, each of all four lanes. */
export const stateAt = 1024
export const firstStateAt = stateAt + 128
/** Four messages of 128 bytes that `pairs` makes. */
const pairsAt = firstStateAt + 128
const masksAt = pairsAt + 4 * 128
/** From here on memory is the caller's. */
export const freeAt = masksAt + 16 * 16

const primes: number[] = []
for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n)

/** The first 32 bits of the fraction of a root; doubles hold them exactly. */
const fractionOf = (root: number): number => Math.floor((root - Math.floor(root)) * 2 ** 32)
const roundConstants = primes.map((prime) => fractionOf(Math.cbrt(prime)))
export const firstState = primes.slice(0, 8).map((prime) => fractionOf(Math.sqrt(prime)))

/** Rows to columns: what four locals hold becomes what is set by `put`. `spare` are four locals. */
function transposed(rows: Code[], spare: number, put: (column: number, value: Code) => Code): Code {
  const [a, b, c, d] = rows as [Code, Code, Code, Code]
  const s = (i: number): Code => get(spare + i)
  return [
    ...set(spare, shuffled(a, b, words(0, 4, 1, 5))),
    ...set(spare + 1, shuffled(c, d, words(0, 4, 1, 5))),
    ...set(spare + 2, shuffled(a, b, words(2, 6, 3, 7))),
    ...set(spare + 3, shuffled(c, d, words(2, 6, 3, 7))),
    ...put(0, shuffled(s(0), s(1), words(0, 1, 4, 5))),
    ...put(1, shuffled(s(0), s(1), words(2, 3, 6, 7))),
    ...put(2, shuffled(s(2), s(3), words(0, 1, 4, 5))),
    ...put(3, shuffled(s(2), s(3), words(2, 3, 6, 7))),
  ]
}

/** The locals of `blocks`: four addresses, the number of blocks, where the constants are, then vectors. */
const [blocks, constant, states, schedule, spare] = [4, 5, 6, 14, 30]

/** Sixteen rounds; with `expand` each word of the schedule then becomes the one sixteen later. */
function sixteenRounds(expand: boolean): Code {
  return Array.from({ length: 16 }, (_, round) => {
    const local = (i: number): number => states + ((i + 16 - round) % 8)
    const [a, b, c, e, f, g, h] = [0, 1, 2, 4, 5, 6, 7].map((i) => get(local(i))) as [
      Code,
      Code,
      Code,
      Code,
      Code,
      Code,
      Code,
    ]
    const word = (i: number): Code => get(schedule + ((round + i) % 16))
    const choice = xor(g, and(e, xor(f, g)))
    const majority = or(and(a, b), and(c, or(a, b)))
    const sum1 = xor(rotated(e, 6), rotated(e, 11), rotated(e, 25))
    const sum0 = xor(rotated(a, 2), rotated(a, 13), rotated(a, 22))
    const [w1, w14] = [word(1), word(14)]
    return [
      ...set(spare, add(h, word(0), load(get(constant), 16 * round), choice, sum1)),
      ...set(local(3), add(get(local(3)), get(spare))),
      ...set(local(7), add(get(spare), sum0, majority)),
      ...(expand
        ? set(
            schedule + round,
            add(
              word(0),
              word(9),
              xor(rotated(w1, 7), rotated(w1, 18), right(w1, 3)),
              xor(rotated(w14, 17), rotated(w14, 19), right(w14, 10)),
            ),
          )
        : []),
    ]
  }).flat()
}

const eight = [0, 1, 2, 3, 4, 5, 6, 7]
const four = [0, 1, 2, 3]

/** blocks(address of each of four messages, how many blocks of 64 bytes): moves the state on. */
function blocksCode(): Code {
  const stateOffset = (i: number): number => stateAt + 16 * i
  const readWords = four.flatMap((group) => [
    ...four.flatMap((lane) => set(spare + lane, swapped(load(get(lane), 16 * group)))),
    ...transposed(
      four.map((lane) => get(spare + lane)),
      spare + 4,
      (column, value) => set(schedule + 4 * group + column, value),
    ),
  ])
  const next = (local: number, step: number): Code => [...plus(get(local), number(step)), 0x22, local]
  return [
    ...eight.flatMap((i) => set(states + i, load(number(0), stateOffset(i)))),
    ...repeat(
      [
        ...readWords,
        ...set(constant, number(constantsAt)),
        // Three times with the schedule moved on, while the constants' offset is below 3 · 256.
        ...repeat(sixteenRounds(true), [...next(constant, 256), ...number(constantsAt + 768), 0x48]),
        ...sixteenRounds(false),
        ...eight.flatMap((i) => [
          ...set(states + i, add(get(states + i), load(number(0), stateOffset(i)))),
          ...store(number(0), stateOffset(i), get(states + i)),
        ]),
        ...four.flatMap((lane) => set(lane, plus(get(lane), number(64)))),
      ],
      next(blocks, -1),
    ),
    0x0b,
  ]
}

const firstStates: Code = eight.flatMap((i) =>
  store(number(0), stateAt + 16 * i, load(number(0), firstStateAt + 16 * i)),
)

/** The state as four digests: `put` stores a half of the one of a lane. `vectors` are four locals. */
const digestsCode = (vectors: number, put: (lane: number, half: number, value: Code) => Code): Code =>
  [0, 1].flatMap((half) =>
    transposed(
      four.map((i) => swapped(load(number(0), stateAt + 16 * (4 * half + i)))),
      vectors,
      (lane, value) => put(lane, half, value),
    ),
  )

/** four(address of each of four messages of as many blocks, how many, where the digest of each goes). */
function fourCode(): Code {
  const [blocks, to, vectors] = [4, 5, 9]
  return [
    ...firstStates,
    ...[0, 1, 2, 3, blocks].flatMap(get),
    0x10,
    0,
    ...digestsCode(vectors, (lane, half, value) => store(get(to + lane), 16 * half, value)),
    0x0b,
  ]
}

/**
 * pairs(from, to, groups): SHA-256(0x01 ‖ 64 bytes) of four neighbouring pairs of hashes in each group. `to` may be
 * `from`: what is written was read before.
 */
function pairsCode(): Code {
  const [from, to, groups, vectors] = [0, 1, 2, 3]
  const message = (lane: number): number => pairsAt + 128 * lane
  return [
    ...repeat(
      [
        ...four.flatMap((lane) =>
          four.flatMap((part) =>
            store(number(0), message(lane) + 1 + 16 * part, load(get(from), 64 * lane + 16 * part)),
          ),
        ),
        ...firstStates,
        ...four.flatMap((lane) => number(message(lane))),
        ...number(2),
        0x10,
        0,
        ...digestsCode(vectors, (lane, half, value) => store(get(to), 32 * lane + 16 * half, value)),
        ...set(from, plus(get(from), number(256))),
        ...set(to, plus(get(to), number(128))),
      ],
      [...plus(get(groups), number(-1)), 0x22, groups],
    ),
    0x0b,
  ]
}

const splat = (word: number): Code =>
  four.flatMap(() => [word & 0xff, (word >>> 8) & 0xff, (word >>> 16) & 0xff, word >>> 24])

/** Each message of `pairs` begins with 0x01 and ends as one of 65 bytes does: 0x80, zeros, 520 bits. */
const pairMessage: Code = Array.from({ length: 128 }, (_, i) => ({ 0: 1, 65: 0x80, 126: 2, 127: 8 })[i] ?? 0)

const data = (at: number, content: Code): Code => [0, ...number(at), 0x0b, ...sized(content)]

const functions = [
  "blocks",
  "pairs",
  "messages",
  "fits",
  "same",
  "record",
  "entries",
  "hex",
  "four",
  "lineFeeds",
]
/** The numbers of these functions in the module. */
const [fits, same] = [3, 4]

/** The module, with a memory of so many pages of 64 KiB. */
export function lanesModule(pages: number): Uint8Array<ArrayBuffer> {
  const sections: Code[] = [
    list([
      [0x60, ...list([[integer], [integer], [integer], [integer], [integer]]), 0],
      [0x60, ...list([[integer], [integer], [integer]]), 0],
      [0x60, ...list([[integer], [integer], [integer]]), 1, integer],
      [0x60, ...list([[integer], [integer], [integer], [integer]]), 1, integer],
      [0x60, ...list(new Array<Code>(9).fill([integer])), 0],
    ]),
    list([[0], [1], [3], [2], [2], [3], [3], [1], [4], [3]]),
    list([[0, ...unsigned(pages)]]),
    list([[...name("memory"), 2, 0], ...functions.map((named, i) => [...name(named), 0, i])]),
    list([
      sized([...list([[1, integer], vectorsOf(8 + 16 + 8)]), ...blocksCode()]),
      sized([...list([vectorsOf(4)]), ...pairsCode()]),
      sized([...list([[2, integer]]), ...messagesCode()]),
      sized([...list([vectorsOf(2)]), ...fitsCode()]),
      sized([...list([]), ...sameCode(masksAt)]),
      sized([...list([[2, integer]]), ...recordCode(fits, same)]),
      sized([...list([[1, integer]]), ...entriesCode(same)]),
      sized([...list([vectorsOf(3)]), ...hexCode()]),
      sized([...list([vectorsOf(4)]), ...fourCode()]),
      sized([...list([[2, integer], vectorsOf(1)]), ...lineFeedsCode()]),
    ]),
    list([
      data(constantsAt, roundConstants.flatMap(splat)),
      data(firstStateAt, firstState.flatMap(splat)),
      data(
        pairsAt,
        four.flatMap(() => pairMessage),
      ),
      data(masksAt, masks),
    ]),
  ]
  const ids = [1, 3, 5, 7, 10, 11]
  const magic = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
  return Uint8Array.from([
    ...magic,
    ...sections.flatMap((content, i) => [ids[i] as number, ...sized(content)]),
  ])
}
