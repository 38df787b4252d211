import { utf8 } from "#contracts/bytes.ts"
import { type Id, isId } from "#contracts/ids.ts"
import type { CertificateJson, CertifiedValue } from "#contracts/ledger/certificate-json.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { money } from "#contracts/money.ts"
import type { Time } from "#contracts/time.ts"
import type { DocumentRow, DocumentSection, PrintedDocument } from "#server/documents/document.ts"
import { formatMoney } from "../../../_lib/format.ts"
import { certificate as words } from "../../../_lib/messages/certificate.ts"
import { ledger } from "../../../_lib/messages/ledger.ts"
import { recordWords } from "../../../_lib/messages/record-words.ts"
import { shell } from "../../../_lib/messages/shell.ts"
import { wordOfCode } from "../../ledger/_parts/code-words.ts"
import { sentenceOf } from "../../ledger/_parts/record-view.ts"
import { proofRows, recordRows } from "./certificate-rows.ts"

/** Names of the parties that opened values name, by their ids; a person reads no id. */
export type PartyNames = ReadonlyMap<string, string>

/** A record's certificate on paper; what proves it is the same certificate for programs, attached. */
export function certificateDocument(
  certificate: CertificateJson,
  { locale, url, names }: { locale: Locale; url: string; names: PartyNames },
): PrintedDocument {
  const t = words[locale]
  const { index, leaf, number, opened = [] } = certificate
  const file = `certificate-${index}.json`
  const code = (text: string) => ({ text, code: true })
  return {
    locale,
    title: ledger[locale].certificateTitle(index),
    number,
    issuer: shell[locale].title,
    lead: "type" in leaf ? sentenceOf(leaf, opened, locale) : ledger[locale].unknownVersion,
    sections: [
      { title: t.record, rows: recordRows(certificate, locale) },
      ...openedSection(opened, locale, names),
      { title: t.proof, rows: proofRows(certificate, locale) },
    ],
    link: {
      url,
      title: ledger[locale].howToCheck,
      steps: [
        { text: t.scan },
        code(url),
        { text: t.offline(file) },
        code(`node verify.mjs ${file} --vkey log.vkey`),
        code(`npx quanheng verify ${file} --vkey log.vkey`),
      ],
    },
    note: `${t.onlyPrint}${locale === "zh" ? "" : " "}${ledger[locale].certificateLimits}`,
    time: "at" in leaf ? leaf.at : unknownTime,
    attachment: {
      name: file,
      mediaType: "application/json",
      description: t.attached,
      bytes: utf8(JSON.stringify(certificate)),
    },
  }
}

/** A record whose form this version does not know tells no time that it could read. */
const unknownTime = "2000-01-01T00:00:00.000000Z" as Time

function openedSection(
  opened: readonly CertifiedValue[],
  locale: Locale,
  names: PartyNames,
): DocumentSection[] {
  if (opened.length === 0) return []
  const t = words[locale]
  return [{ title: t.opened, lead: t.openedLead, rows: opened.map((one) => valueRow(one, locale, names)) }]
}

/** A value as a person reads it: a party by its name, money as money, a code with its word. */
function valueRow({ path, value }: CertifiedValue, locale: Locale, names: PartyNames): DocumentRow {
  const name = path === "/actor" ? path : path.replace(/^\/body\//, "")
  const term = recordWords[locale][name] ?? name
  const [party] = partiesIn(value)
  const known = party === undefined ? undefined : names.get(party)
  if (known !== undefined) return { term, value: known, note: plain(value) }
  const amount = money.safeParse(value)
  if (amount.success) return { term, value: formatMoney(amount.data, locale) }
  const text = plain(value)
  const told = wordOfCode(name, text, locale)
  return told === null ? { term, value: text, look: "code" } : { term, value: told, note: text }
}

/** The value itself in letters; of an object, which the record keeps as one, its members. */
const plain = (value: Json): string =>
  typeof value === "string"
    ? value
    : typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.values(value).map(plain).join(" · ")
      : JSON.stringify(value)

/** The parties that a value names, itself or in a member of its own. */
export function partiesIn(value: Json): Id<"party">[] {
  if (isId("party", value)) return [value]
  return typeof value === "object" && value !== null
    ? Object.values(value).filter((member): member is Id<"party"> => isId("party", member))
    : []
}
