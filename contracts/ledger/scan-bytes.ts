import { utf8 } from "../bytes.ts"

/**
 * Small readers of ASCII text as it lies in bytes, without making strings of it. Each answers the position after
 * what it read, or -1. Reading past the end of the bytes finds nothing and so ends in -1.
 */
export const digit = 1
export const hexDigit = 2
/** Digits and lower-case letters: the random part of an id. */
export const idCharacter = 4
/** What may follow the first letter of a word. */
export const wordCharacter = 8
/** What stands in a JSON string as itself: printable ASCII without quote and backslash. */
export const plainCharacter = 16
/** The same without space and without the comma, which a table would have to quote. */
export const keyCharacter = 32
export const letter = 64

const classes = new Uint8Array(256)
for (let byte = 0x20; byte < 0x7f; byte++) {
  const character = String.fromCharCode(byte)
  const mark = (is: boolean, bit: number): void => {
    if (is) classes[byte] = (classes[byte] as number) | bit
  }
  mark(/[0-9]/.test(character), digit)
  mark(/[0-9a-f]/.test(character), hexDigit)
  mark(/[0-9a-z]/.test(character), idCharacter)
  mark(/[a-zA-Z0-9_.:-]/.test(character), wordCharacter)
  mark(!/["\\]/.test(character), plainCharacter)
  mark(!/[ ,"\\]/.test(character), keyCharacter)
  mark(/[a-zA-Z]/.test(character), letter)
}

export const isOf = (byte: number | undefined, kind: number): boolean =>
  ((classes[byte as number] as number) & kind) !== 0

export const literal = (text: string): Uint8Array => utf8(text)

/** Exactly these bytes. */
export function afterLiteral(bytes: Uint8Array, at: number, expected: Uint8Array): number {
  for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected[i]) return -1
  return at + expected.length
}

/** As many characters of a kind as there are, at most `most`, and at least one. */
export function afterSome(bytes: Uint8Array, at: number, kind: number, most: number): number {
  let end = at
  while (end - at <= most && isOf(bytes[end], kind)) end++
  return end === at || end - at > most ? -1 : end
}

export function afterHash(bytes: Uint8Array, at: number): number {
  for (let i = 0; i < 64; i++) if (!isOf(bytes[at + i], hexDigit)) return -1
  return at + 64
}

/** A word of at most 64 characters that begins with a letter. */
export const afterWord = (bytes: Uint8Array, at: number): number =>
  isOf(bytes[at], letter) ? afterSome(bytes, at, wordCharacter, 64) : -1

/** An integer from 0 as JCS writes it, of at most 15 digits and so below 2^53. */
export function afterCount(bytes: Uint8Array, at: number): number {
  const end = afterSome(bytes, at, digit, 15)
  return bytes[at] === 0x30 && end !== at + 1 ? -1 : end
}

export function countIn(bytes: Uint8Array, start: number, end: number): number {
  let count = 0
  for (let i = start; i < end; i++) count = count * 10 + (bytes[i] as number) - 0x30
  return count
}

const timeForm = "dddd-dd-ddTdd:dd:dd.dddZ"
const timeBytes = literal(timeForm)
const anyDigit = 0x64

/** The form of a time alone. */
export function afterTimeForm(bytes: Uint8Array, at: number): number {
  for (let i = 0; i < timeBytes.length; i++) {
    const expected = timeBytes[i] as number
    const byte = bytes[at + i]
    if (expected === anyDigit ? !isOf(byte, digit) : byte !== expected) return -1
  }
  return at + timeBytes.length
}

export function afterTime(bytes: Uint8Array, at: number): number {
  const end = afterTimeForm(bytes, at)
  return end < 0 || !isTimeThere(bytes, at) ? -1 : end
}

/**
 * Whether what has a time's form is one that there surely is: a few that there are too, such as the end of a
 * February, are left to others.
 */
export function isTimeThere(bytes: Uint8Array, at: number): boolean {
  const month = countIn(bytes, at + 5, at + 7)
  const day = countIn(bytes, at + 8, at + 10)
  const lastDay = month === 2 ? 28 : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
  if (month < 1 || month > 12 || day < 1 || day > lastDay) return false
  if (countIn(bytes, at + 11, at + 13) > 23 || countIn(bytes, at + 14, at + 16) > 59) return false
  return countIn(bytes, at + 17, at + 19) <= 59
}

export function sameBytes(a: Uint8Array, aAt: number, b: Uint8Array, bAt: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (a[aAt + i] !== b[bAt + i]) return false
  return true
}

/** The same for long pieces: four bytes at a time, which is several times faster. */
export function sameLongBytes(a: DataView, aAt: number, b: DataView, bAt: number, length: number): boolean {
  const whole = length - (length % 4)
  for (let i = 0; i < whole; i += 4) if (a.getInt32(aAt + i) !== b.getInt32(bAt + i)) return false
  for (let i = whole; i < length; i++) if (a.getUint8(aAt + i) !== b.getUint8(bAt + i)) return false
  return true
}

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const hexOfByte = literal(
  Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0")).join(""),
)

/** Whether these bytes stand there as lower-case hex. */
export function isHexOf(text: Uint8Array, at: number, bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) {
    const hex = 2 * (bytes[i] as number)
    if (text[at + 2 * i] !== hexOfByte[hex] || text[at + 2 * i + 1] !== hexOfByte[hex + 1]) return false
  }
  return true
}
