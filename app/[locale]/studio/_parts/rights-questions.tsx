"use client"

import { useState } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import type { RightsForm } from "#contracts/rights/form.ts"
import { type LicenceId, licence, licenceIds, licenceNotes } from "#contracts/rights/licences.ts"
import { industryWords, purposeWords, trainingWords } from "#contracts/rights/words.ts"
import { industries, purposes, trainingKinds } from "#contracts/rights.ts"
import type { RightsWords } from "../../../_lib/messages/rights-form.ts"
import { Checkbox, Fieldset, RadioGroup } from "../../../_ui/choices.tsx"
import { Select, TextField } from "../../../_ui/fields.tsx"

export type RightsFormWords = RightsWords & { optional: string }
type PartProps = { t: RightsFormWords; locale: Locale }

function Several<W extends string>(props: {
  name: string
  legend: string
  hint: string
  words: readonly W[]
  labels: Readonly<Record<W, Record<Locale, string>>>
  chosen: readonly W[]
  locale: Locale
}) {
  return (
    <Fieldset legend={props.legend} hint={props.hint}>
      <div className="grid gap-x-4 sm:grid-cols-2">
        {props.words.map((word) => (
          <Checkbox
            key={word}
            name={props.name}
            value={word}
            label={props.labels[word][props.locale]}
            defaultChecked={props.chosen.includes(word)}
          />
        ))}
      </div>
    </Fieldset>
  )
}

/** The six plain questions. */
export function SixQuestions({ t, locale, first }: PartProps & { first: RightsForm }) {
  const places = Array.isArray(first.abroad) ? first.abroad : null
  const [abroad, setAbroad] = useState(places ? "regions" : String(first.abroad))
  const all = { locale }
  return (
    <>
      <Several
        {...all}
        name="purposes"
        legend={t.purposes}
        hint={t.purposesHint}
        words={purposes}
        labels={purposeWords}
        chosen={first.purposes}
      />
      <Several
        {...all}
        name="industries"
        legend={t.industries}
        hint={t.industriesHint}
        words={industries}
        labels={industryWords}
        chosen={first.industries}
      />
      <RadioGroup
        name="commercial"
        legend={t.commercial}
        defaultValue={first.commercial ? "yes" : "no"}
        choices={[
          { value: "yes", label: t.commercialYes },
          { value: "no", label: t.commercialNo },
        ]}
      />
      <RadioGroup
        name="passOn"
        legend={t.passOn}
        defaultValue={first.passOn}
        choices={(["nothing", "results", "data"] as const).map((value) => ({
          value,
          label: t.passOnChoices[value],
          hint: t.passOnHints[value],
        }))}
      />
      <Several
        {...all}
        name="training"
        legend={t.training}
        hint={t.trainingHint}
        words={trainingKinds}
        labels={trainingWords}
        chosen={first.training}
      />
      <RadioGroup
        name="abroad"
        legend={t.abroad}
        hint={t.abroadHint}
        defaultValue={abroad}
        onChange={(event) => setAbroad(event.target.value)}
        choices={(["no", "anywhere", "regions"] as const).map((value) => ({
          value,
          label: t.abroadChoices[value],
        }))}
      />
      {abroad === "regions" ? (
        <TextField
          label={t.regions}
          hint={t.regionsHint}
          name="regions"
          pattern="\s*[A-Za-z]{2}(\s*[,，、 ]\s*[A-Za-z]{2})*\s*"
          defaultValue={places?.join(", ") ?? ""}
        />
      ) : null}
      <Terms t={t} terms={first.terms} />
    </>
  )
}

function Terms({ t, terms }: { t: RightsFormWords; terms: RightsForm["terms"] }) {
  const figure = (label: string, name: string, value: number | null, max: number, suffix?: string) => (
    <TextField
      label={label}
      name={name}
      type="number"
      inputMode="numeric"
      min={1}
      max={max}
      defaultValue={value ?? ""}
      optional={t.optional}
      suffix={suffix}
    />
  )
  return (
    <Fieldset legend={t.terms}>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t.from}
          name="from"
          type="date"
          defaultValue={terms.from?.slice(0, 10) ?? ""}
          optional={t.optional}
        />
        <TextField
          label={t.until}
          name="until"
          type="date"
          title={t.untilHint}
          defaultValue={terms.until?.slice(0, 10) ?? ""}
          optional={t.optional}
        />
        {figure(t.downloads, "downloads", terms.downloads, 1_000_000)}
        {figure(t.users, "users", terms.users, 1_000_000)}
        {figure(t.deleteAfter, "deleteAfterDays", terms.deleteAfterDays, 3650, t.daysOfDelivery)}
        {figure(t.report, "reportEveryDays", terms.reportEveryDays, 3650, t.days)}
      </div>
      <TextField
        label={t.credit}
        hint={t.creditHint}
        name="credit"
        maxLength={300}
        defaultValue={terms.credit ?? ""}
        optional={t.optional}
      />
    </Fieldset>
  )
}

export function LicenceQuestions(props: PartProps & { first: { licence: LicenceId; credit: string } }) {
  const { t, locale, first } = props
  const [chosen, setChosen] = useState(first.licence)
  return (
    <>
      <Select
        label={t.licence}
        hint={licenceNotes(chosen, locale).join(" ")}
        name="licence"
        defaultValue={first.licence}
        onChange={(event) => setChosen(event.target.value as LicenceId)}
        options={licenceIds.map((value) => ({ value, label: `${licence(value).title} (${value})` }))}
      />
      <TextField
        label={t.credit}
        hint={t.creditHint}
        name="licenceCredit"
        maxLength={300}
        defaultValue={first.credit}
      />
    </>
  )
}
