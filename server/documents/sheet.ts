import PDFDocument from "pdfkit"
import { toMs } from "#contracts/time.ts"
import type { PrintedDocument } from "./document.ts"
import { type FontName, fontFile, fontNames } from "./fonts.ts"
import { printable } from "./printable.ts"

/** Points. A4 with margins of about two centimetres; what stands at the foot lies within the lower one. */
export const page = { margin: 56, bottom: 50, foot: 40, width: 595.28 - 2 * 56 } as const

/** Black on white prints the same everywhere; the accent is the market's own green, on screens and good printers. */
export const colours = { ink: "#1b1a17", soft: "#5d594f", line: "#d8d4c9", accent: "#0b6359" } as const

export type Style = { readonly font: FontName; readonly size: number; readonly colour: string }
export type Box = { readonly x: number; readonly y: number; readonly width: number }
type Line = { readonly align?: "left" | "right"; readonly link?: string }

export type Pdf = InstanceType<typeof PDFDocument>
/** An element of the document's structure, which is what a screen reader reads. */
export type Element = ReturnType<Pdf["struct"]>

/** An empty PDF/A-3 document with its fonts, language and title, which keeps its pages until it is ended. */
export function openPdf({ locale, title, number, issuer, time }: PrintedDocument): Pdf {
  const at = new Date(toMs(time))
  const pdf = new PDFDocument({
    size: "A4",
    margins: { top: page.margin, left: page.margin, right: page.margin, bottom: page.bottom },
    bufferPages: true,
    pdfVersion: "1.7",
    subset: "PDF/A-3a",
    tagged: true,
    displayTitle: true,
    lang: locale === "zh" ? "zh-CN" : "en",
    // No font is chosen before ours are: the standard ones may not be embedded.
    font: "",
    info: {
      Title: printable(`${title} ${number}`),
      Author: printable(issuer),
      CreationDate: at,
      ModDate: at,
    },
  })
  for (const name of fontNames) pdf.registerFont(name, fontFile(name))
  return pdf
}

/** Adds a child to an element of the structure; the children of what has been added may be drawn. */
export function addElement(pdf: Pdf, parent: Element, tag: string, alt?: string): Element {
  const element = pdf.struct(tag, alt === undefined ? {} : { alt })
  parent.add(element)
  return element
}

export function heightOf(pdf: Pdf, text: string, style: Style, width: number): number {
  return use(pdf, style).heightOfString(printable(text), { width })
}

/** Sets text within its box, as part of the structure, and says where it ended. */
export function write(
  pdf: Pdf,
  into: Element,
  text: string,
  style: Style,
  box: Box,
  line: Line = {},
): number {
  into.add(() => {
    use(pdf, style).text(printable(text), box.x, box.y, { width: box.width, ...line })
  })
  into.end()
  return pdf.y
}

/** Draws what only pleases the eye and is nothing to be read. */
export function decorate(pdf: Pdf, draw: () => void): void {
  pdf.markContent("Artifact", { type: "Layout" })
  draw()
  pdf.endMarkedContent()
}

export const rule = (pdf: Pdf, y: number, colour: string, thickness: number): void =>
  decorate(pdf, () => {
    pdf
      .moveTo(page.margin, y)
      .lineTo(page.margin + page.width, y)
      .lineWidth(thickness)
      .stroke(colour)
  })

/** How far a style's base line lies under the top of its line, to set two styles on one line. */
export function ascent(pdf: Pdf, style: Style): number {
  const { _font: font } = use(pdf, style) as Pdf & { _font: { ascender: number } }
  return (font.ascender / 1000) * style.size
}

/** Where the next thing of this height begins: here, or at the head of a new page. */
export function roomFor(pdf: Pdf, y: number, height: number): number {
  if (y + height <= pdf.page.height - page.bottom) return y
  pdf.addPage()
  return page.margin
}

const use = (pdf: Pdf, { font, size, colour }: Style): Pdf => pdf.font(font).fontSize(size).fillColor(colour)
