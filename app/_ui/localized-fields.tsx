"use client"

import { type ReactNode, useState } from "react"
import type { Locale, LocalizedText } from "#contracts/localized-text.ts"
import { languageTag, otherLocale } from "../_lib/locale.ts"
import { Fieldset } from "./choices.tsx"
import { TextArea, TextField } from "./fields.tsx"

type Props = {
  legend: ReactNode
  hint?: ReactNode
  error?: string | null | undefined
  name: string
  locale: Locale
  /** What each language's field is called, in the reader's language. */
  labels: Readonly<Record<Locale, string>>
  optional: string
  value: LocalizedText | null
  maxLength: number
  /** Many lines of text. */
  long?: boolean
}

/** One text in Chinese and in English, the reader's language first; either alone is enough. */
export function LocalizedFields(props: Props) {
  const { locale, labels, name, value, maxLength, optional, long } = props
  const [typed, setTyped] = useState({ zh: value?.zh ?? "", en: value?.en ?? "" })
  const order: Locale[] = [locale, otherLocale(locale)]
  return (
    <Fieldset legend={props.legend} hint={props.hint} error={props.error}>
      <div className={long ? "grid gap-3" : "grid gap-3 sm:grid-cols-2"}>
        {order.map((one) => {
          const needed = one === locale && typed[otherLocale(one)].trim() === ""
          const field = {
            label: labels[one],
            name: `${name}.${one}`,
            lang: languageTag[one],
            // Not held by React: what was typed before the page's script had loaded must stay.
            defaultValue: value?.[one] ?? "",
            maxLength,
            required: needed,
            ...(needed ? {} : { optional }),
            onChange: (event: { target: { value: string } }) =>
              setTyped((now) => ({ ...now, [one]: event.target.value })),
          }
          return long ? <TextArea key={one} rows={6} {...field} /> : <TextField key={one} {...field} />
        })}
      </div>
    </Fieldset>
  )
}

/**
 * What the fields hold, or null when both are empty. The original is the language it was written in before, else
 * the reader's own if that has a text.
 */
export function readLocalized(
  data: FormData,
  name: string,
  locale: Locale,
  before: LocalizedText | null,
): LocalizedText | null {
  const text = (one: Locale) => String(data.get(`${name}.${one}`) ?? "").trim()
  const [zh, en] = [text("zh"), text("en")]
  if (zh === "" && en === "") return null
  const first = before?.original ?? locale
  const original = (first === "zh" ? zh : en) === "" ? otherLocale(first) : first
  return { original, ...(zh === "" ? {} : { zh }), ...(en === "" ? {} : { en }) }
}
