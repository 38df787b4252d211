import { concat, utf8 } from "../../../bytes.ts"
import type { Random } from "./random.ts"

/**
 * For tests: changes of a valid input that keep most of its structure: bits and bytes, pieces that mean something
 * in one of the formats, whole lines, numbers, and parts of another valid input.
 */
const pieces: readonly Uint8Array[] = [
  ...'\n|\n\n|\r\n|\u0000|\u007f|\u0085|\u2028|\ufeff| |  |\t|+|-|=|,|"|""|\\|/|//|..|.|:|[|]|{|}|[]|{}|0|1|9|255|256|65536'.split(
    "|",
  ),
  "00",
  "-0",
  "1.0",
  "1e3",
  "999999999999999",
  "9007199254740991",
  "9007199254740992",
  "9007199254740993",
  "18446744073709551616",
  "null",
  "true",
  "false",
  '"__proto__":{"a":1},',
  '"constructor":1,',
  '"v":1,',
  ',"v":2',
  '"commit":"',
  "\\u0041",
  "\\ud800",
  "\\udc00\\ud800",
  "甲",
  "é",
  "😀",
  "\u2014 ",
  "old ",
  "index ",
  "extra ",
  "tile/",
  "x001/",
  ".p/",
  "entries",
  "log ",
  "witness ",
  "group ",
  "quorum none\n",
  "any",
  "all",
  "-00-",
  "-13-",
  "T24",
  "2026-02-30T24:00:00.000Z",
  "A===",
  "AAAA",
]
  .map((text) => utf8(text))
  .concat([
    Uint8Array.of(0xc0, 0x80),
    Uint8Array.of(0xed, 0xa0, 0x80),
    Uint8Array.of(0xff),
    Uint8Array.of(0xf4, 0x90, 0x80, 0x80),
  ])

type Change = (bytes: Uint8Array, random: Random, others: readonly Uint8Array[]) => Uint8Array

const put = (bytes: Uint8Array, at: number, cut: number, middle: Uint8Array): Uint8Array =>
  concat(bytes.subarray(0, at), middle, bytes.subarray(at + cut))

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39

const changes: readonly Change[] = [
  function flipBit(bytes, { below }) {
    if (bytes.length === 0) return bytes
    const at = below(bytes.length)
    return bytes.slice().with(at, (bytes[at] as number) ^ (1 << below(8)))
  },
  function setByte(bytes, { below, of }) {
    if (bytes.length === 0) return bytes
    return bytes
      .slice()
      .with(
        below(bytes.length),
        of([0, 0x0a, 0x20, 0x22, 0x30, 0x39, 0x41, 0x5c, 0x61, 0x7a, 0x7f, 0x80, 0xff]),
      )
  },
  function putPiece(bytes, { below, of }) {
    return put(bytes, below(bytes.length + 1), of([0, 0, 1, 2, 8]), of(pieces))
  },
  function cut(bytes, { below }) {
    const at = below(bytes.length + 1)
    return put(bytes, at, 1 + below(Math.min(40, bytes.length - at + 1)), new Uint8Array(0))
  },
  function repeat(bytes, { below }) {
    const at = below(bytes.length + 1)
    return put(bytes, at, 0, bytes.subarray(at, at + 1 + below(40)))
  },
  function endHere(bytes, { below }) {
    return bytes.subarray(0, below(bytes.length + 1))
  },
  function changeNumber(bytes, { below, of }) {
    let at = below(bytes.length + 1)
    while (at < bytes.length && !isDigit(bytes[at])) at++
    let end = at
    while (isDigit(bytes[end])) end++
    return put(
      bytes,
      at,
      end - at,
      utf8(of(["0", "1", "2", "255", "256", "257", "01", "9007199254740991", "9007199254740992"])),
    )
  },
  function changeLetter(bytes, { below, of }) {
    let at = below(bytes.length + 1)
    while (at < bytes.length && !/[0-9A-Za-z]/.test(String.fromCharCode(bytes[at] as number))) at++
    return put(bytes, at, 1, utf8(of([..."0129afgzAFZ_"])))
  },
  function lines(bytes, { below }) {
    const all = linesOf(bytes)
    const [a, b] = [below(all.length), below(all.length)]
    const [one, two] = [all[a] as Uint8Array, all[b] as Uint8Array]
    const kind = below(4)
    if (kind === 0) return concat(...all.toSpliced(a, 1))
    if (kind === 1) return concat(...all.toSpliced(b, 0, one))
    if (kind === 2) return concat(...all.with(a, two).with(b, one))
    return concat(...all.toReversed())
  },
  function splice(bytes, { below, of }, others) {
    const other = of(others)
    const from = below(other.length + 1)
    return put(bytes, below(bytes.length + 1), below(60), other.subarray(from, from + below(200)))
  },
]

/** Lines with their ends. */
function linesOf(bytes: Uint8Array): Uint8Array[] {
  const all: Uint8Array[] = []
  let start = 0
  while (start < bytes.length && all.length < 200) {
    const end = bytes.indexOf(0x0a, start)
    const next = end < 0 || all.length === 199 ? bytes.length : end + 1
    all.push(bytes.subarray(start, next))
    start = next
  }
  return all.length === 0 ? [bytes] : all
}

/** One of the seeds, changed one to four times. */
export function mutated(seeds: readonly Uint8Array[], random: Random): Uint8Array {
  let bytes = random.of(seeds)
  for (let left = random.of([1, 1, 1, 2, 2, 3, 4]); left > 0; left--)
    bytes = random.of(changes)(bytes, random, seeds)
  return bytes
}
