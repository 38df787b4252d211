import { buffer } from "node:stream/consumers"
import { toMs } from "#contracts/time.ts"
import type { DocumentLink, DocumentRow, DocumentSection, PrintedDocument } from "./document.ts"
import { isPlainAscii, printable } from "./printable.ts"
import { qrCode } from "./qr-code.ts"
import * as sheet from "./sheet.ts"

const { colours, page } = sheet
const left = page.margin
const right = page.margin + page.width
const styles = {
  title: { font: "strong", size: 19, colour: colours.ink },
  number: { font: "code", size: 10.5, colour: colours.soft },
  lead: { font: "text", size: 12.5, colour: colours.ink },
  heading: { font: "strong", size: 10, colour: colours.accent },
  term: { font: "text", size: 9, colour: colours.soft },
  text: { font: "text", size: 9.5, colour: colours.ink },
  total: { font: "strong", size: 10.5, colour: colours.ink },
  code: { font: "code", size: 8.4, colour: colours.ink },
  small: { font: "text", size: 8.2, colour: colours.soft },
} as const satisfies Record<string, sheet.Style>

const termWidth = 112
const valueX = left + termWidth + 14
const valueWidth = right - valueX
const qrSide = 92

/**
 * A document as the bytes of a PDF/A-3: letters embedded, structure tagged for screen readers, the attachment
 * inside. The same document gives the same bytes. Documents are small (a record is at most some kilobytes), so it is
 * built whole, and a failure is an answer instead of half a file.
 */
export async function renderPdf(document: PrintedDocument): Promise<Uint8Array> {
  const pdf = sheet.openPdf(document)
  const whole = buffer(pdf)
  const root = pdf.struct("Document")
  pdf.addStructure(root)
  let y = writeHead(pdf, root, document)
  for (const section of document.sections) y = writeSection(pdf, root, section, y + 13)
  y = writeLink(pdf, root, document.link, y + 15)
  const height = sheet.heightOf(pdf, document.note, styles.small, page.width)
  y = sheet.roomFor(pdf, y + 12, height)
  sheet.write(pdf, sheet.addElement(pdf, root, "P"), document.note, styles.small, line(y))
  root.end()
  attach(pdf, document)
  writeFeet(pdf, document)
  pdf.end()
  return new Uint8Array(await whole)
}

const line = (y: number): sheet.Box => ({ x: left, y, width: page.width })

function writeHead(pdf: sheet.Pdf, root: sheet.Element, { title, number, lead }: PrintedDocument): number {
  let y = sheet.write(pdf, sheet.addElement(pdf, root, "H1"), title, styles.title, line(page.margin - 16))
  const look = isPlainAscii(number) ? styles.number : { ...styles.number, font: "text" as const }
  y = sheet.write(pdf, sheet.addElement(pdf, root, "P"), number, look, line(y + 2)) + 8
  sheet.rule(pdf, y, colours.accent, 1.6)
  return sheet.write(pdf, sheet.addElement(pdf, root, "P"), lead, styles.lead, line(y + 14))
}

function writeSection(pdf: sheet.Pdf, root: sheet.Element, section: DocumentSection, from: number): number {
  const part = sheet.addElement(pdf, root, "Sect")
  // A heading never stands alone at the foot of a page.
  let y = sheet.roomFor(pdf, from, 60)
  if (section.title !== null)
    y = sheet.write(pdf, sheet.addElement(pdf, part, "H2"), section.title, styles.heading, line(y)) + 5
  if (section.lead !== undefined)
    y = sheet.write(pdf, sheet.addElement(pdf, part, "P"), section.lead, styles.small, line(y)) + 5
  const list = sheet.addElement(pdf, part, "L")
  for (const row of section.rows) y = writeRow(pdf, list, row, y)
  list.end()
  part.end()
  return y
}

function styleOf({ look, value }: DocumentRow): sheet.Style {
  if (look === "code" && isPlainAscii(value)) return styles.code
  return look === "total" ? styles.total : styles.text
}

function writeRow(pdf: sheet.Pdf, list: sheet.Element, row: DocumentRow, from: number): number {
  const style = styleOf(row)
  const termStyle = row.look === "total" ? styles.total : styles.term
  const toRight = row.look === "amount" || row.look === "total"
  const noteHeight = row.note ? sheet.heightOf(pdf, row.note, styles.small, valueWidth) : 0
  const height = Math.max(
    sheet.heightOf(pdf, row.term, termStyle, termWidth),
    sheet.heightOf(pdf, row.value, style, valueWidth) + noteHeight,
  )
  const top = sheet.roomFor(pdf, from, Math.min(height + 7, 400))
  sheet.rule(pdf, top, colours.line, 0.5)
  const item = sheet.addElement(pdf, list, "LI")
  const down = Math.max(sheet.ascent(pdf, termStyle), sheet.ascent(pdf, style))
  const at = (look: sheet.Style) => top + 3.2 + down - sheet.ascent(pdf, look)
  const term = { x: left, y: at(termStyle), width: termWidth }
  const termEnd = sheet.write(pdf, sheet.addElement(pdf, item, "Lbl"), row.term, termStyle, term)
  const body = sheet.addElement(pdf, item, "LBody")
  const value = { x: valueX, y: at(style), width: valueWidth }
  const align = toRight ? ({ align: "right" } as const) : {}
  const pages = pdf.bufferedPageRange().count
  let end = sheet.write(pdf, sheet.addElement(pdf, body, "P"), row.value, style, value, align)
  if (row.note)
    end = sheet.write(
      pdf,
      sheet.addElement(pdf, body, "P"),
      row.note,
      styles.small,
      { ...value, y: end + 1 },
      align,
    )
  body.end()
  item.end()
  const turned = pdf.bufferedPageRange().count > pages
  return (turned ? end : Math.max(end, termEnd)) + 3.8
}

/** The way to the thing itself: the code to the left, to its right the same in words. */
function writeLink(pdf: sheet.Pdf, root: sheet.Element, link: DocumentLink, from: number): number {
  const x = left + qrSide + 18
  const width = right - x
  const lookOf = (step: { code?: boolean }) => (step.code ? styles.code : styles.text)
  const height = link.steps.reduce(
    (sum, step) => sum + sheet.heightOf(pdf, step.text, lookOf(step), width) + 4,
    sheet.heightOf(pdf, link.title, styles.heading, width) + 8,
  )
  const top = sheet.roomFor(pdf, from, Math.max(height, qrSide) + 16)
  const part = sheet.addElement(pdf, root, "Sect")
  sheet.rule(pdf, top, colours.accent, 0.8)
  drawCode(pdf, sheet.addElement(pdf, part, "Figure", link.url), link.url, top + 14)
  let y = sheet.write(pdf, sheet.addElement(pdf, part, "H2"), link.title, styles.heading, {
    x,
    y: top + 10,
    width,
  })
  for (const step of link.steps) {
    const isUrl = step.text === link.url
    const tag = isUrl ? "Link" : step.code ? "Code" : "P"
    const box = { x, y: y + 4, width }
    const extra = isUrl ? { link: link.url } : {}
    y = sheet.write(pdf, sheet.addElement(pdf, part, tag), step.text, lookOf(step), box, extra)
  }
  part.end()
  return Math.max(y, top + 14 + qrSide)
}

function drawCode(pdf: sheet.Pdf, figure: sheet.Element, url: string, y: number): void {
  const { size, path } = qrCode(url)
  figure.add(() => {
    pdf
      .save()
      .translate(left, y)
      .scale(qrSide / size)
      .path(path)
      .fill("#000000")
      .restore()
  })
  figure.end()
}

function attach(pdf: sheet.Pdf, { attachment, time }: PrintedDocument): void {
  if (attachment === null) return
  const at = new Date(toMs(time))
  const { bytes, name, mediaType: type, description } = attachment
  // The types know neither bytes nor the relationship; PDF/A-3 asks for the latter.
  const options = { name, type, description, relationship: "Data", creationDate: at, modifiedDate: at }
  pdf.file(Buffer.from(bytes) as never, options as never)
}

/** The number and the page at the foot of each page, so that a loose sheet can be put back. */
function writeFeet(pdf: sheet.Pdf, { number, issuer }: PrintedDocument): void {
  const { start, count } = pdf.bufferedPageRange()
  for (let index = start; index < start + count; index++) {
    pdf.switchToPage(index)
    // Else text so low would begin a page of its own.
    pdf.page.margins.bottom = 0
    const y = pdf.page.height - page.foot
    const foot = { width: page.width, lineBreak: false }
    sheet.decorate(pdf, () => {
      pdf.font("text").fontSize(7.8).fillColor(colours.soft)
      pdf.text(printable(`${issuer} · ${number}`), left, y, {
        ...foot,
        width: page.width - 60,
        ellipsis: true,
      })
      pdf.text(`${index - start + 1} / ${count}`, left, y, { ...foot, align: "right" })
    })
  }
}
