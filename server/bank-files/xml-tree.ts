import sax from "sax"
import { stop } from "./parsed.ts"

/** A part of an XML file as a tree: local names, whatever the namespace. */
export type XmlNode = {
  name: string
  /** The line of the text where it begins, from 1. */
  row: number
  attributes: Readonly<Record<string, string>>
  text: string
  children: XmlNode[]
}

/** A statement is at most about 14 deep; its largest entries have some hundred parts. */
const deepest = 32
const mostParts = 50_000
const longestText = 65_536

const localName = (name: string): string => name.slice(name.indexOf(":") + 1)

/**
 * Reads XML in one pass, giving each element named in `parts` to `take` when it ends and forgetting it then: memory
 * holds the largest of them, never the file's tree. A document type, and with it every entity of its own, is refused
 * unread; depth, parts and texts are bounded. `row` is where what it throws happened.
 */
export function readXmlParts(
  text: string,
  parts: ReadonlySet<string>,
  take: (path: readonly string[], part: XmlNode) => void,
): void {
  const parser = sax.parser(true, { position: true, trim: false, xmlns: false })
  const row = () => parser.line + 1
  const open: XmlNode[] = []
  const path: string[] = []
  let count = 0
  parser.onerror = () => stop("bank_file_xml", row())
  parser.ondoctype = () => stop("bank_file_doctype", row())
  parser.onsgmldeclaration = () => stop("bank_file_doctype", row())
  let roots = 0
  parser.onopentag = ({ name, attributes }) => {
    if (path.length === 0 && ++roots > 1) stop("bank_file_xml", row())
    if (path.length >= deepest) stop("bank_file_deep", row())
    path.push(localName(name))
    const inside = open.length > 0
    if (!inside && !parts.has(localName(name))) return
    count = inside ? count + 1 : 0
    if (count > mostParts || Object.keys(attributes).length > 16) stop("bank_file_deep", row())
    const node: XmlNode = {
      name: localName(name),
      row: row(),
      attributes: attributes as Record<string, string>,
      text: "",
      children: [],
    }
    open.at(-1)?.children.push(node)
    open.push(node)
  }
  const addText = (piece: string) => {
    const node = open.at(-1)
    if (!node) return
    node.text += piece
    if (node.text.length > longestText) stop("bank_file_deep", row())
  }
  parser.ontext = addText
  parser.oncdata = addText
  parser.onclosetag = () => {
    const node = open.pop()
    if (node && open.length === 0) take(path.slice(0, -1), node)
    path.pop()
  }
  parser.write(text).close()
}

/** The first part under these names, one in another; null where one is missing. */
export function at(node: XmlNode | null, ...names: readonly string[]): XmlNode | null {
  let found = node
  for (const name of names) found = found?.children.find((child) => child.name === name) ?? null
  return found
}

export const textAt = (node: XmlNode | null, ...names: readonly string[]): string =>
  at(node, ...names)?.text.trim() ?? ""

export const all = (node: XmlNode | null, name: string): XmlNode[] =>
  node?.children.filter((child) => child.name === name) ?? []
