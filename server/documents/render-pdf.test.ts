import jsQR from "jsqr"
import { expect, test } from "vitest"
import { fromUtf8, utf8 } from "#contracts/bytes.ts"
import type { Time } from "#contracts/time.ts"
import type { PrintedDocument } from "./document.ts"
import { printable } from "./printable.ts"
import { qrCode, quietZone } from "./qr-code.ts"
import { renderPdf } from "./render-pdf.ts"
import { page as sheet } from "./sheet.ts"
import { lettersOf, readPdf } from "./testing/read-pdf.ts"

const url = "https://market.example.org/zh/verify?record=42"
const document: PrintedDocument = {
  locale: "zh",
  title: "记录 42 的存证证明",
  number: "1a2b3c4d#42",
  issuer: "权衡",
  lead: "需方确认合同。",
  sections: [{ title: "记录", rows: [{ term: "记录类型", value: "trade.agreed@1", look: "code" }] }],
  link: { url, title: "如何核验", steps: [{ text: "扫描二维码：" }, { text: url, code: true }] },
  note: "本 PDF 只是打印件。",
  time: "2026-11-26T18:00:00.000000Z" as Time,
  attachment: {
    name: "certificate-42.json",
    mediaType: "application/json",
    description: "机器可读",
    bytes: utf8('{"number":"1a2b3c4d#42"}'),
  },
}
const withRows = (...rows: PrintedDocument["sections"][number]["rows"]): PrintedDocument => ({
  ...document,
  sections: [{ title: "名称", rows }],
})
test("says all that the document says, in its language, and carries the attachment as it is", async () => {
  const read = await readPdf(await renderPdf(document))
  const { title, lead, note, number } = document
  for (const said of [title, number, lead, note, "trade.agreed@1", url, "1 / 1"])
    expect(read.letters).toContain(lettersOf(said))
  const [file, ...others] = read.files
  expect([file?.name, others]).toEqual(["certificate-42.json", []])
  expect(fromUtf8(file?.bytes ?? new Uint8Array())).toBe('{"number":"1a2b3c4d#42"}')
  expect(read).toMatchObject({ title: "记录 42 的存证证明 1a2b3c4d#42", language: "zh-CN", tagged: true })
})

test("the same document gives the same bytes, with no font but its own in it", async () => {
  const pdf = await renderPdf(document)
  expect(Buffer.compare(pdf, await renderPdf(document))).toBe(0)
  expect(pdf.byteLength).toBeLessThan(120_000)
  const raw = Buffer.from(pdf).toString("latin1")
  expect(raw).toMatch(/^%PDF-1\.7/)
  expect(
    raw.match(/\/BaseFont \/\S+/g)?.every((font) => /[A-Z]{6}\+(NotoSansSC|GeistMono)-/.test(font)),
  ).toBe(true)
})

const longName = `（上海）${"某某数据科技与人工智能应用研究院有限责任公司，浦东新区张江高科技园区“第一”分公司（筹）。".repeat(12)}`

test.each([
  ["a long Chinese name", longName],
  ["a hash without end", "f".repeat(700)],
  [
    "a long word among Chinese",
    `${"数据".repeat(20)}${"Donaudampfschifffahrt".repeat(9)}${"数据".repeat(20)}`,
  ],
])("%s stays within the margins and whole", async (_, value) => {
  const { lines, letters } = await readPdf(
    await renderPdf(withRows({ term: value.slice(0, 60), value }, { term: "代码", value, look: "code" })),
  )
  for (const { left, right } of lines) {
    expect(left).toBeGreaterThan(sheet.margin - 1)
    expect(right).toBeLessThan(sheet.margin + sheet.width + 1)
  }
  expect(letters).toContain(value)
})

test("no line begins with a mark that may not begin one, nor ends with one that may not end one", async () => {
  const { lines } = await readPdf(await renderPdf(withRows({ term: "名称", value: longName })))
  const broken = lines.filter(({ text }) => text.length > 20)
  expect(broken.length).toBeGreaterThan(5)
  for (const { text } of broken) {
    expect(text).not.toMatch(/^[，。、；：）”》」]/)
    expect(text).not.toMatch(/[（“《「]$/)
  }
})

test("what is longer than a page goes on, each page with its number", async () => {
  const rows = Array.from({ length: 60 }, (_, n) => ({ term: `第 ${n} 项`, value: `值 ${n}` }))
  const { lines, letters } = await readPdf(
    await renderPdf(withRows(...rows, { term: "长", value: longName.repeat(12) })),
  )
  const pages = Math.max(...lines.map(({ page }) => page))
  expect(pages).toBeGreaterThan(3)
  for (let page = 1; page <= pages; page++) expect(letters).toContain(`${page}/${pages}`)
  for (const { term, value } of rows) expect(letters).toContain(lettersOf(term + value))
})

test("a name cannot turn the words beside it around", () => {
  expect(printable("a\u202eb\u2066c\n\u0000d\u200f")).toBe("abc d")
})

test("the code is read by another program as the address", () => {
  for (const text of [url, `https://${"long-name.".repeat(20)}example.org/zh/verify?record=123456789`]) {
    const { size, path } = qrCode(text)
    const { pixels, side } = drawn(path, size)
    expect(jsQR(pixels, side, side)?.data).toBe(text)
  }
})

/** The path's squares as pixels: it is made of lines over whole modules, and what an odd number of them encloses is dark. */
function drawn(path: string, size: number): { pixels: Uint8ClampedArray; side: number } {
  const scale = 4
  const side = (size + 2 * quietZone) * scale
  const walls = Array.from({ length: size }, () => new Uint8Array(size + 1))
  for (const shape of path.split("Z")) {
    const points = [...shape.matchAll(/[ML](\d+) (\d+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const)
    for (const [n, [x, y]] of points.entries()) {
      const next = (points[n + 1] ?? points[0])?.[1] ?? y
      for (const row of walls.slice(Math.min(y, next), Math.max(y, next))) row[x] = (row[x] ?? 0) ^ 1
    }
  }
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
  for (let row = 0; row < size; row++) {
    let dark = 0
    for (let column = 0; column < size; column++) {
      dark ^= walls[row]?.[column] ?? 0
      if (dark) paint(pixels, side, (column + quietZone) * scale, (row + quietZone) * scale, scale)
    }
  }
  return { pixels, side }
}

function paint(pixels: Uint8ClampedArray, side: number, left: number, top: number, scale: number): void {
  for (let y = top; y < top + scale; y++)
    for (let x = left; x < left + scale; x++) pixels.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3)
}
