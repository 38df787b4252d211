import { malformed } from "./file-refused.ts"

/** A file of JSON objects: in one array, or one after another (JSON Lines, or a single object). */
export type Arrangement = "array" | "objects"

export const maxObjectBytes = 8 * 1024 * 1024
export const maxDepth = 64

const space = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const openBrace = 0x7b
const openBracket = 0x5b
const closeBracket = 0x5d

/** What may come next between objects. */
type Expect = "array" | "object or end" | "object" | "comma or end" | "nothing"

/**
 * Cuts UTF-8 JSON into the texts of its objects, piece by piece: it follows strings and nesting only, and
 * leaves the syntax inside an object to JSON.parse. Throws FileRefused, naming the row.
 */
export class JsonObjects {
  #arrangement: Arrangement
  #expect: Expect
  #object: Buffer[] = []
  #size = 0
  #depth = 0
  #inString = false
  #escaped = false
  count = 0

  constructor(arrangement: Arrangement) {
    this.#arrangement = arrangement
    this.#expect = arrangement === "array" ? "array" : "object or end"
  }

  /** The objects that end in these bytes. */
  *push(bytes: Uint8Array): Generator<string> {
    let start = 0
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] as number
      if (this.#depth === 0) {
        if (this.#between(byte)) start = i
      } else if (this.#inside(byte)) {
        this.#keep(bytes.subarray(start, i + 1))
        const text = Buffer.concat(this.#object).toString("utf8")
        this.#object = []
        this.#size = 0
        this.count += 1
        yield text
      }
    }
    if (this.#depth > 0) this.#keep(bytes.subarray(start))
  }

  finish(): void {
    const whole = this.#expect === (this.#arrangement === "array" ? "nothing" : "object or end")
    if (this.#depth > 0 || !whole) throw malformed("truncated", { row: this.count + 1 })
  }

  /** True when an object begins. */
  #between(byte: number): boolean {
    if (space(byte)) return false
    const row = { row: this.count + 1 }
    if (this.#expect === "array" && byte === openBracket) this.#expect = "object or end"
    else if (byte === openBrace && (this.#expect === "object" || this.#expect === "object or end")) {
      this.#depth = 1
      this.#expect = this.#arrangement === "array" ? "comma or end" : "object or end"
      return true
    } else if (this.#arrangement === "objects") throw malformed("not_an_object", row)
    else if (this.#expect === "comma or end" && byte === comma) this.#expect = "object"
    else if (this.#closes(byte)) this.#expect = "nothing"
    else if (this.#expect === "object" || this.#expect === "object or end")
      throw malformed("not_an_object", row)
    else throw malformed("json_syntax", row)
    return false
  }

  #closes(byte: number): boolean {
    return byte === closeBracket && (this.#expect === "comma or end" || this.#expect === "object or end")
  }

  /** True when the object ends with this byte. */
  #inside(byte: number): boolean {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false
      else if (byte === backslash) this.#escaped = true
      else if (byte === quote) this.#inString = false
      return false
    }
    if (byte === quote) this.#inString = true
    else if (byte === openBrace || byte === openBracket) {
      this.#depth += 1
      if (this.#depth > maxDepth) throw malformed("too_deep", { row: this.count + 1, most: maxDepth })
    } else if (byte === openBrace + 2 || byte === closeBracket) {
      this.#depth -= 1
      return this.#depth === 0
    }
    return false
  }

  #keep(part: Uint8Array): void {
    this.#size += part.length
    if (this.#size > maxObjectBytes) throw malformed("record_too_long", { row: this.count + 1 })
    // A copy, because the source may reuse its piece.
    this.#object.push(Buffer.from(part))
  }
}
