import { buffer } from "node:stream/consumers"
import { describe, expect, it } from "vitest"
import { detectDialect } from "./csv-dialect.ts"
import { decodeText, NotInEncodingError } from "./decode-text.ts"
import { detect, detectTextFormat, wholeUtf8Length } from "./detect.ts"

const hex = (text: string) => Buffer.from(text, "hex")
const tail = Buffer.from("zzzz")

describe("what a file is by its content", () => {
  it.each<[string, Buffer, object]>([
    ["nothing", Buffer.alloc(0), { refused: "file_empty" }],
    ["zip or xlsx", hex("504b0304140000000800"), { refused: "file_is_archive" }],
    ["gzip", hex("1f8b0800000000000003"), { refused: "file_is_archive" }],
    ["zstd", hex("28b52ffd0458"), { refused: "file_is_archive" }],
    ["old Excel", hex("d0cf11e0a1b11ae10000"), { refused: "file_type_unknown" }],
    ["png", hex("89504e470d0a1a0a00000000"), { refused: "file_type_unknown" }],
    ["pdf", Buffer.from("%PDF-1.7\n"), { refused: "file_type_unknown" }],
    ["parquet cut short", Buffer.from("PAR1abcd"), { refused: "file_malformed" }],
    ["random bytes", hex("00017f80ff00feed00112233"), { refused: "file_malformed" }],
    ["UTF-8", Buffer.from("代码,名称\n"), { kind: "text", encodings: ["utf-8", "gb18030"] }],
    ["UTF-8 with its mark", Buffer.from("\ufeffa,b\n"), { kind: "text", encodings: ["utf-8"] }],
    [
      "UTF-16 with its mark",
      Buffer.from("\ufeffa,b\n", "utf16le"),
      { kind: "text", encodings: ["utf-16le"] },
    ],
    ["UTF-16 without it", Buffer.from("代码,名称\n", "utf16le"), { kind: "text", encodings: ["utf-16le"] }],
    ["GB18030", hex("b4fac2eb2cc3fbb3c60a"), { kind: "text", encodings: ["gb18030"] }],
  ])("%s", (_what, head, found) => {
    expect(detect(head, tail)).toMatchObject(found)
  })

  it("parquet by its two ends", () => {
    expect(detect(Buffer.from("PAR1xxxx"), Buffer.from("PAR1"))).toEqual({ kind: "parquet" })
  })

  it.each<[string, object]>([
    ['[{"a":1}]', { format: "array" }],
    ["[]", { format: "array" }],
    ['  {"a":1}\n{"a":2}', { format: "objects" }],
    ["{not,json\n1,2", { format: "csv" }],
    ["[x],[y]\n1,2", { format: "csv" }],
    ["<!doctype html>", { refused: "file_type_unknown" }],
  ])("text %j", (text, found) => {
    expect(detectTextFormat(text)).toMatchObject(found)
  })

  it("cuts UTF-8 between characters only", () => {
    const text = Buffer.from("a中é🙂")
    for (let end = 0; end <= text.length; end++) {
      const length = wholeUtf8Length(text.subarray(0, end))
      expect(text.subarray(0, length).toString()).not.toContain("\ufffd")
      expect(end - length).toBeLessThan(4)
    }
  })
})

describe("text of any encoding as UTF-8", () => {
  const chinese = "代码,名称\n110101,东城区\n"
  const gb18030 = hex("b4fac2eb2cc3fbb3c60a3131303130312cb6abb3c7c7f80a")
  const decode = async (bytes: Buffer, encoding: Parameters<typeof decodeText>[1], size = 1) => {
    async function* pieces() {
      for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
    }
    return (await buffer(decodeText(pieces(), encoding))).toString()
  }

  it.each<[Parameters<typeof decodeText>[1], Buffer]>([
    ["utf-8", Buffer.from(chinese)],
    ["utf-8", Buffer.from(`\ufeff${chinese}`)],
    ["utf-16le", Buffer.from(`\ufeff${chinese}`, "utf16le")],
    ["utf-16be", Buffer.from(`\ufeff${chinese}`, "utf16le").swap16()],
    ["gb18030", gb18030],
  ])("%s, byte by byte", async (encoding, bytes) => {
    expect(await decode(bytes, encoding)).toBe(chinese)
    expect(await decode(bytes, encoding, 1000)).toBe(chinese)
  })

  it.each<[string, Parameters<typeof decodeText>[1], Buffer]>([
    ["UTF-8 cut inside a character", "utf-8", Buffer.from("名").subarray(0, 2)],
    ["GB18030 as UTF-8", "utf-8", gb18030],
    ["Latin-1 as GB18030", "gb18030", Buffer.from("caf\xe9 cr\xe8me fra\xeeche d\xe9j\xe0", "latin1")],
    ["Big5 as GB18030", "gb18030", hex("a4a4b0eaa4bda5abc160a4bda5ab0a")],
    ["a lone surrogate in UTF-16", "utf-16le", hex("00d86100")],
  ])("refuses %s", async (_what, encoding, bytes) => {
    await expect(decode(bytes, encoding)).rejects.toThrow(NotInEncodingError)
  })
})

describe("a CSV's delimiter and header", () => {
  it.each<[string, string, object]>([
    ["commas", "a,b\n1,2\n", { delimiter: ",", header: true }],
    ["tabs", "a\tb, c\n1\t2\n", { delimiter: "\t", header: true }],
    ["semicolons with decimal commas", "a;b\n1,5;2,5\n3,5;4,5\n", { delimiter: ";", header: true }],
    ["bars", "a|b|c\n1|2|3\n", { delimiter: "|", header: true }],
    ["delimiters in quotes", 'a;b\n"x,y,z";1\n"u,v,w";2\n', { delimiter: ";", header: true }],
    ["one column", "name\nx\ny\n", { delimiter: ",", header: true }],
    ["no header over numbers", "1,2\n3,4\n", { delimiter: ",", header: false }],
    ["no header beside words", "Beijing,110000\nShanghai,310000\n", { delimiter: ",", header: false }],
    ["years as names", "country,2019,2020\nChina,1.4,1.5\n", { delimiter: ",", header: true }],
    ["words only", "a,b\nx,y\n", { delimiter: ",", header: true }],
  ])("%s", (_what, text, dialect) => {
    expect(detectDialect(text, true, ",")).toEqual(dialect)
  })
})
