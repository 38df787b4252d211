"use client"

import { useState } from "react"
import { identifierKindOf, readIdentifier } from "#contracts/identifier.ts"
import type { Locale, LocalizedText } from "#contracts/localized-text.ts"
import type { Party } from "#contracts/party.ts"
import { isRefusal, sentence } from "#contracts/refusal.ts"
import { type Failure, failureAt } from "../../../../_lib/failure.ts"
import { type Option, Select, TextField } from "../../../../_ui/fields.tsx"
import { Icon } from "../../../../_ui/icons.tsx"
import { LocalizedFields, readLocalized } from "../../../../_ui/localized-fields.tsx"

export type IdentityWords = Record<
  | "names"
  | "nameZh"
  | "nameEn"
  | "nameHint"
  | "country"
  | "countryHint"
  | "creditCode"
  | "creditCodeHint"
  | "vat"
  | "vatHint"
  | "identifierOk"
  | "vatOk"
  | "authorisedPerson"
  | "authorisedPersonHint"
  | "optional",
  string
>

type Props = {
  locale: Locale
  words: IdentityWords
  countries: readonly Option[]
  value: Pick<Party, "name" | "country" | "identifier" | "authorisedPerson"> | null
  failure: Failure | null
}

/** Who a party is, as its papers say. The identifier is checked while it is typed, by the server's own rule. */
export function IdentityFields({ locale, words, countries, value, failure }: Props) {
  const [country, setCountry] = useState(value?.country ?? (locale === "zh" ? "CN" : ""))
  return (
    <>
      <LocalizedFields
        legend={words.names}
        hint={words.nameHint}
        error={failureAt(failure, "name")}
        name="name"
        locale={locale}
        labels={{ zh: words.nameZh, en: words.nameEn }}
        optional={words.optional}
        value={value?.name ?? null}
        maxLength={120}
      />
      <Select
        label={words.country}
        hint={words.countryHint}
        name="country"
        required
        defaultValue={country}
        onChange={(event) => setCountry(event.target.value)}
        options={[{ value: "", label: "—", disabled: true }, ...countries]}
        error={failureAt(failure, "country")}
      />
      <Identifier
        locale={locale}
        words={words}
        country={country}
        value={value?.identifier ?? ""}
        failure={failure}
      />
      <TextField
        label={words.authorisedPerson}
        hint={words.authorisedPersonHint}
        name="authorisedPerson"
        autoComplete="off"
        maxLength={80}
        defaultValue={value?.authorisedPerson ?? ""}
        error={failureAt(failure, "authorisedPerson")}
      />
    </>
  )
}

/** Before its whole length is there nothing is called wrong: nobody likes to be corrected while typing. */
function Identifier(props: Pick<Props, "locale" | "words" | "failure"> & { country: string; value: string }) {
  const { locale, words, country, failure } = props
  const [text, setText] = useState(props.value)
  const [left, setLeft] = useState(false)
  const credit = identifierKindOf(country) === "creditCode"
  const read = text.trim() === "" ? null : readIdentifier(country, text)
  const length = text.replace(/[\s.\-/]/g, "").length
  const whole = credit ? length >= 18 : left
  const wrong = read !== null && isRefusal(read) && whole ? sentence(read, locale) : null
  return (
    <div className="grid gap-1">
      <TextField
        label={credit ? words.creditCode : words.vat}
        hint={credit ? words.creditCodeHint : words.vatHint}
        name="identifier"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={40}
        defaultValue={props.value}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => setLeft(true)}
        suffix={credit ? `${length} / 18` : undefined}
        error={wrong ?? failureAt(failure, "identifier")}
      />
      <p role="status" className="flex items-center gap-1.5 text-small text-good empty:hidden">
        {read !== null && !isRefusal(read) ? (
          <>
            <Icon name="check" size={12} />
            {credit ? words.identifierOk : words.vatOk}
          </>
        ) : null}
      </p>
    </div>
  )
}

/** What the fields hold; null while no name is given, which the browser refuses to send. */
export function readIdentity(data: FormData, locale: Locale, before: LocalizedText | null) {
  const name = readLocalized(data, "name", locale, before)
  const text = (field: string) => String(data.get(field) ?? "")
  if (name === null) return null
  return {
    name,
    country: text("country"),
    identifier: text("identifier"),
    authorisedPerson: text("authorisedPerson").replace(/\s+/g, " "),
  }
}
