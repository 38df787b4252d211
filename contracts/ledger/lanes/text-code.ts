import {
  answer,
  bitsOf,
  type Code,
  counted,
  every,
  get,
  integerAt,
  load,
  moved,
  number,
  plus,
  product,
  repeat,
  set,
  store,
  storeByte,
  storeInteger,
  vector,
  whether,
} from "./code.ts"

/** The WebAssembly that finds lines in text and makes messages of them. */

const isBelow = (a: Code, b: Code): Code => [...a, ...b, 0x49]

/**
 * messages(text, places, count, to): the pieces of the text, each as the message of its leaf hash: 0x00, the piece,
 * 0x80, zeros up to whole blocks of 64 bytes, the last of which end with the number of bits; one after the other.
 * A place is where a piece begins, and its length. Answers where the messages end; up to 80 bytes after that are
 * written over.
 */
export function messagesCode(): Code {
  const [text, places, count, to, length, end] = [0, 1, 2, 3, 4, 5]
  const bits = product(plus(get(length), number(1)), 8)
  const zeros = [0, 16, 32, 48, 64].flatMap((offset) => store(get(end), offset, every(0)))
  const afterTo = plus(get(to), number(1))
  return [
    ...repeat(
      [
        ...set(length, integerAt(get(places), 4)),
        ...storeByte(get(to), 0, number(0)),
        ...[...afterTo, ...plus(get(text), integerAt(get(places), 0)), ...get(length), 0xfc, 10, 0, 0],
        ...set(end, plus(afterTo, get(length))),
        ...zeros,
        ...storeByte(get(end), 0, number(0x80)),
        ...set(to, plus(get(to), bitsOf(plus(get(length), number(1 + 9 + 63)), number(-64)))),
        ...[0, 8, 16].flatMap((shift, i) =>
          storeByte(plus(get(to), number(-1 - i)), 0, [...bits, ...number(shift), 0x76]),
        ),
        ...moved(places, 8),
      ],
      counted(count),
    ),
    ...get(to),
    0x0b,
  ]
}

/** lineFeeds(from, to, places, most): where the next line feeds are, at most so many; answers how many there are. */
export function lineFeedsCode(): Code {
  const [from, to, places, most, count, mask, feeds] = [0, 1, 2, 3, 4, 5, 6]
  const equal: Code = [...load(get(from), 0), ...get(feeds), ...vector(35)]
  const place: Code = plus(get(from), [...get(mask), 0x68])
  return [
    ...set(feeds, every(0x0a)),
    ...whether(isBelow(get(from), get(to)), [
      ...repeat(
        [
          ...set(mask, [...equal, ...vector(100)]),
          ...whether(
            get(mask),
            repeat(
              [
                ...whether([...isBelow(place, get(to)), 0x45], answer(get(count))),
                ...storeInteger(get(places), 0, place),
                ...moved(places, 4),
                ...moved(count, 1),
                ...whether([...isBelow(get(count), get(most)), 0x45], answer(get(count))),
                ...set(mask, bitsOf(get(mask), plus(get(mask), number(-1)))),
              ],
              get(mask),
            ),
          ),
          ...moved(from, 16),
        ],
        isBelow(get(from), get(to)),
      ),
    ]),
    ...get(count),
    0x0b,
  ]
}
