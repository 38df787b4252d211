import type { Locale } from "../localized-text.ts"
import { type FactBody, type FactType, isFactType, type Json } from "./fact.ts"
import { english } from "./sentences/en.ts"
import type { Opened, SentenceTable } from "./sentences/table.ts"
import { chinese } from "./sentences/zh.ts"

const tables = { en: english, zh: chinese } as const satisfies Record<Locale, SentenceTable>

/**
 * A certified fact as one plain sentence. What is confidential is told only where it was opened to the reader:
 * `opened` holds values by member name (`price`, `buyer`), ids of parties and listings already as their names.
 */
export function factSentence<T extends FactType>(
  type: T,
  body: FactBody<T>,
  opened: Opened<T>,
  locale: Locale,
): string {
  return tables[locale][type](body, opened)
}

/**
 * The same for a record as it stands in a leaf, whose type this version may not know. The body must be one that
 * `problemOfBody` found right, as all sealed records of known types are.
 */
export function recordSentence(
  record: { type: string; body: unknown },
  opened: Readonly<Record<string, Json>>,
  locale: Locale,
): string {
  const { type, body } = record
  if (isFactType(type)) return factSentence(type, body as FactBody<typeof type>, opened, locale)
  return locale === "zh"
    ? `本版本尚不认识的记录类型：${type}。`
    : `A record of a type that this version does not know: ${type}.`
}
