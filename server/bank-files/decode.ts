import { type Refusal, refuse } from "#contracts/refusal.ts"

const declared = /^<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,20})["']/

/**
 * The text of a file: UTF-8, else GB18030 (of which GBK and GB2312 are parts). Bytes that are neither, and text with
 * characters that no text has, are refused: a workbook or an archive is no statement.
 */
export function decodeFile(bytes: Uint8Array): string | Refusal {
  if (bytes.length === 0) return refuse("bank_file_empty", "file")
  const text = decode(bytes, "utf-8") ?? decode(bytes, "gb18030")
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  if (text === null || /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text))
    return refuse("bank_file_encoding", "file")
  if (text.trim() === "") return refuse("bank_file_empty", "file")
  const told = declared.exec(text)?.[1]?.toLowerCase()
  if (told && !["utf-8", "utf8", "us-ascii", "gb18030", "gbk", "gb2312"].includes(told))
    return refuse("bank_file_encoding", "file")
  return text
}

function decode(bytes: Uint8Array, encoding: "utf-8" | "gb18030"): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
