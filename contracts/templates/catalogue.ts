import { contentHash } from "../content-hash.ts"
import type { Locale } from "../localized-text.ts"
import { dataSupply2En, dataSupply2Zh } from "./data-supply-2.ts"
import { dataSupplyEn } from "./data-supply-en.ts"
import { dataSupplyZh } from "./data-supply-zh.ts"
import type { Template, TemplateId } from "./template.ts"

/**
 * Every version of every template that an agreement was ever made from; a published text is never edited, a new
 * wording is a new version beside it. The last of a list is the current one.
 */
const catalogue: Readonly<Record<TemplateId, readonly Readonly<Record<Locale, Template>>[]>> = {
  "data-supply": [
    { zh: dataSupplyZh, en: dataSupplyEn },
    { zh: dataSupply2Zh, en: dataSupply2En },
  ],
}

export type TemplateReference = { id: TemplateId; version: number; hash: string }

/** The text of a template's version in a language, or null where there is no such version. */
export const findTemplate = (id: TemplateId, version: number, locale: Locale): Template | null =>
  catalogue[id].find((texts) => texts[locale].version === version)?.[locale] ?? null

/** `contentHash` of the texts in both languages: what a plan fixes when it is published. */
export function currentTemplate(id: TemplateId): TemplateReference {
  const texts = catalogue[id].at(-1)
  if (texts === undefined) throw new Error(`template ${id} has no version`)
  return { id, version: texts.zh.version, hash: contentHash({ en: texts.en, zh: texts.zh }) }
}
