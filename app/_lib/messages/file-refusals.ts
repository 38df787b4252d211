import type { Locale } from "#contracts/localized-text.ts"
import type { Refusal } from "#contracts/refusal.ts"
import { formatCount } from "../format.ts"

type Detail = NonNullable<Refusal["detail"]>
type Say = (detail: Detail, locale: Locale) => Record<Locale, string>

/** The reasons of `file_malformed` (server/datasets), each with what is wrong where, and what to do. */
const reasons: Readonly<Record<string, Say>> = {
  column_count: ({ row = 0, line = 0, expected = 0, found = 0 }) => ({
    zh: `第 ${row} 行数据（文件第 ${line} 行）有 ${found} 列，应为 ${expected} 列。请检查该行的分隔符和引号。`,
    en: `Row ${row} (line ${line} of the file) has ${found} columns where ${expected} are expected. Look at its separators and quotes.`,
  }),
  text_after_quote: ({ row = 0, line = 0 }) => ({
    zh: `第 ${row} 行数据（文件第 ${line} 行）在结束引号之后还有文字。字段内的引号须写成两个。`,
    en: `Row ${row} (line ${line} of the file) has text after a closing quote. A quote inside a field is written twice.`,
  }),
  unclosed_quote: ({ row = 0, line = 0 }) => ({
    zh: `第 ${row} 行数据（自文件第 ${line} 行起）的引号没有结束。`,
    en: `A quote that opens in row ${row} (from line ${line} of the file) is never closed.`,
  }),
  record_too_long: ({ row = 0 }) => ({
    zh: `第 ${row} 条记录过长，多半是缺少换行或引号。`,
    en: `Record ${row} is too long; most likely a line end or a quote is missing.`,
  }),
  zero_byte: ({ row = 0 }) => ({
    zh: `第 ${row} 行数据含有零字节，文件可能已损坏或不是文本。`,
    en: `Row ${row} holds a zero byte; the file may be damaged or no text.`,
  }),
  json_syntax: ({ row = 0 }) => ({
    zh: `第 ${row} 个对象不是合法的 JSON。`,
    en: `Object ${row} is not valid JSON.`,
  }),
  not_an_object: ({ row = 0 }) => ({
    zh: `第 ${row} 个元素不是对象；每一行数据须为一个 JSON 对象。`,
    en: `Element ${row} is no object; each row must be one JSON object.`,
  }),
  too_deep: ({ row = 0, most = 0 }) => ({
    zh: `第 ${row} 个对象嵌套超过 ${most} 层。`,
    en: `Object ${row} is nested deeper than ${most} levels.`,
  }),
  truncated: ({ row = 0 }) => ({
    zh: `文件在第 ${row} 个对象处中断，可能未下载完整。`,
    en: `The file ends in the middle of object ${row}; it may be incomplete.`,
  }),
  no_columns: () => ({ zh: "文件中没有任何字段。", en: "The file has no fields." }),
  unreadable: () => ({
    zh: "测量引擎无法读取该文件，文件可能已损坏。",
    en: "The measuring engine cannot read the file; it may be damaged.",
  }),
}

/** What exactly is wrong with a file, beside the refusal's own sentence; null where that says it all. */
export function fileRefusalDetail(
  { refused, detail }: Pick<Refusal, "refused" | "detail">,
  locale: Locale,
): string | null {
  if (detail === undefined) return null
  if (refused === "too_many_columns" && detail.found !== undefined)
    return locale === "zh"
      ? `该文件有 ${formatCount(Number(detail.found), locale)} 列。`
      : `This one has ${formatCount(Number(detail.found), locale)}.`
  if (refused !== "file_malformed") return null
  return reasons[String(detail.reason)]?.(detail, locale)[locale] ?? null
}
