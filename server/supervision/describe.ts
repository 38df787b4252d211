import { isId } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { recordSentence } from "#contracts/ledger/sentences.ts"
import { type Locale, type LocalizedText, readText } from "#contracts/localized-text.ts"
import type { OpenedValue } from "../ledger/disclosures.ts"
import type { StoredRecord } from "./record-store.ts"

/** A record as the desk shows it: a sentence in each language, with what was opened to the reader. */
export type DeskRecord = StoredRecord & {
  sentence: Record<Locale, string>
  /** Confidential values by their place in the leaf, with the salt that checks them against its commitment. */
  opened: { path: string; salt: string; value: Json }[]
}

/** Tells records in words. `names` are those of the parties and listings whose ids stand in opened values. */
export function describeRecords(
  records: readonly StoredRecord[],
  values: readonly OpenedValue[],
  names: ReadonlyMap<string, LocalizedText>,
): DeskRecord[] {
  const byRecord = Map.groupBy(values, ({ subject, version }) => `${subject}@${version}`)
  return records.map((record) => {
    const opened = byRecord.get(`${record.subject}@${record.version}`) ?? []
    const tell = (locale: Locale) => recordSentence(record, named(opened, names, locale), locale)
    return {
      ...record,
      sentence: { zh: tell("zh"), en: tell("en") },
      opened: opened.map(({ path, salt, value }) => ({ path, salt, value })),
    }
  })
}

/** The ids in opened values that a person knows by a name. */
export const idsToName = (values: readonly OpenedValue[]): string[] =>
  values.flatMap(({ value }) => (isId("party", value) || isId("listing", value) ? [value] : []))

/** `/body/price` → `price`, with names in the place of ids. */
function named(
  opened: readonly OpenedValue[],
  names: ReadonlyMap<string, LocalizedText>,
  locale: Locale,
): Record<string, Json> {
  const members: Record<string, Json> = {}
  for (const { path, value } of opened) {
    if (!path.startsWith("/body/")) continue
    const name = typeof value === "string" ? names.get(value) : undefined
    members[path.slice("/body/".length)] = name ? readText(name, locale).text : value
  }
  return members
}
