import type { PersonalKind, ScreeningHint } from "#contracts/dataset.ts"
import type { Engine } from "./engine.ts"
import type { TypedColumn } from "./settle-types.ts"

/**
 * A first look for personal data: values that have the form of an e-mail address, a mobile number of mainland
 * China or a resident identity number (GB 11643, its check digit right), and columns that are called after
 * such things. It only hints: absence of hits proves nothing.
 */
const namesOf: readonly { kind: PersonalKind; pattern: RegExp }[] = [
  { kind: "email", pattern: /邮箱|电子邮件|^e[-_ ]?mail|[-_ ]e?mail$|^mail$/i },
  {
    kind: "mobile",
    pattern: /手机|电话|联系方式|(^|[-_ ])(phone|mobile|telephone|tel)([-_ ]?(no|number|num))?$/i,
  },
  {
    kind: "identity_number",
    pattern: /身份证|证件号|护照|(^|[-_ ])(id[-_ ]?card|passport|ssn|national[-_ ]?id)/i,
  },
  {
    kind: "person_name",
    pattern:
      /^(.*的)?(姓名|真实姓名|联系人|法人姓名|户主)|^(first|last|full|sur|given|family|real)[-_ ]?name$/i,
  },
  { kind: "address", pattern: /住址|家庭地址|详细地址|通讯地址|(home|street|mailing|postal)[-_ ]?address/i },
  {
    kind: "bank_card",
    pattern: /银行卡|银行账号|卡号|(^|[-_ ])(iban|card[-_ ]?(no|number)|bank[-_ ]?account)/i,
  },
]

/** Position weights of GB 11643 section 4.1, and the check characters for each remainder by 11. */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkCharacters = "10X98765432"

/** `likely` is cheap and holds for few values; only for those `is` asked, since regular expressions cost most. */
type ValueTest = { kind: PersonalKind; likely: (text: string) => string; is: (text: string) => string }

const valuesOf: readonly ValueTest[] = [
  {
    kind: "email",
    likely: (text) => `contains(${text}, '@')`,
    is: (text) =>
      `regexp_full_match(trim(${text}), '[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*\\.[A-Za-z]{2,24}')`,
  },
  {
    kind: "mobile",
    likely: (text) => `strlen(${text}) BETWEEN 11 AND 18`,
    is: (text) => `regexp_full_match(${text}, '\\s*((\\+|00)?86[- ]?)?1[3-9][0-9]([- ]?[0-9]{4}){2}\\s*')`,
  },
  { kind: "identity_number", likely: (text) => `strlen(${text}) = 18`, is: isIdentityNumber },
]

function isIdentityNumber(text: string): string {
  const form = "[1-9][0-9]{5}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
  const digit = (i: number) => `TRY_CAST(substr(${text}, ${i + 1}, 1) AS INTEGER)`
  const sum = weights.map((weight, i) => `${weight} * ${digit(i)}`).join(" + ")
  return `regexp_full_match(${text}, '${form}')
    AND substr('${checkCharacters}', (${sum}) % 11 + 1, 1) = upper(substr(${text}, 18, 1))`
}

const columnsAtOnce = 64

export async function screen(engine: Engine, columns: readonly TypedColumn[]): Promise<ScreeningHint[]> {
  const hints: ScreeningHint[] = []
  for (let i = 0; i < columns.length; i += columnsAtOnce) {
    const batch = columns.slice(i, i + columnsAtOnce)
    const counts = batch.flatMap(countsOf)
    const row = counts.length === 0 ? {} : await engine.row(`SELECT ${counts.join(", ")} FROM data`)
    for (const { sql, name } of batch) {
      for (const { kind } of valuesOf) {
        const hits = Number(row[`${sql}_${kind}`] ?? 0)
        if (hits > 0) hints.push({ column: name, kind, by: "values", hits })
      }
      for (const { kind, pattern } of namesOf)
        if (pattern.test(name)) hints.push({ column: name, kind, by: "name", hits: 0 })
    }
  }
  return hints
}

/** DuckDB evaluates both sides of AND for all rows here, but a CASE only where it must. */
function countsOf({ sql, type }: TypedColumn): string[] {
  if (type !== "text" && type !== "integer") return []
  const tests = valuesOf.filter(({ kind }) => type === "text" || kind !== "email")
  const text = `${sql}::VARCHAR`
  return tests.map(
    ({ kind, likely, is }) =>
      `count(*) FILTER (CASE WHEN ${likely(text)} THEN ${is(text)} ELSE false END)::VARCHAR AS ${sql}_${kind}`,
  )
}
