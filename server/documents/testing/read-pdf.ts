import { getDocumentProxy } from "unpdf"

/** A piece of a line as it is set, in points from the left edge of its page. */
export type SetLine = {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly page: number
}

export type ReadPdf = {
  readonly lines: readonly SetLine[]
  /** All its letters without white space, for what lies between two letters says nothing certain. */
  readonly letters: string
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[]
  readonly title: unknown
  readonly language: unknown
  readonly tagged: boolean
}

export const lettersOf = (text: string): string => text.replaceAll(/\s/g, "")

/** A PDF as another program reads it: pdf.js. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const pdf = await getDocumentProxy(bytes.slice())
  const lines: SetLine[] = []
  for (let page = 1; page <= pdf.numPages; page++) {
    const { items } = await (await pdf.getPage(page)).getTextContent()
    for (const item of items) {
      if (!("str" in item) || item.str.trim() === "") continue
      const left = Number(item.transform[4])
      lines.push({ text: item.str, left, right: left + item.width, page })
    }
  }
  const found: Map<string, { filename: string }> = (await pdf.getAttachments()) ?? new Map()
  const files = await Promise.all(
    [...found].map(async ([id, { filename }]) => ({
      name: filename,
      bytes: new Uint8Array((await pdf.getAttachmentContent(id)) ?? []),
    })),
  )
  const info = (await pdf.getMetadata()).info as Record<string, unknown>
  const marks = (await pdf.getMarkInfo()) as { Marked?: boolean } | null
  return {
    lines,
    letters: lettersOf(lines.map(({ text }) => text).join("")),
    files,
    title: info.Title,
    language: info.Language,
    tagged: marks?.Marked === true,
  }
}
