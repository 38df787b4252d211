"use client"

import { useState } from "react"
import { obtainedWays, obtainedWords, rights, rightWords } from "#contracts/registration.ts"
import { licence, licenceIds, licenceNotes } from "#contracts/rights/licences.ts"
import { actionWords } from "#contracts/rights/words.ts"
import { actions } from "#contracts/rights.ts"
import { Checkbox, Fieldset, RadioGroup } from "../../../_ui/choices.tsx"
import { Select, TextArea, TextField } from "../../../_ui/fields.tsx"
import type { PartProps } from "./evidence-words.ts"
import { PaperFields } from "./paper-fields.tsx"

export function SourcePart({ t, locale, first, now }: PartProps) {
  const needsUrl = now.source.obtained === "public-download"
  return (
    <>
      <Select
        label={t.obtained}
        name="source.obtained"
        defaultValue={first.source.obtained}
        options={obtainedWays.map((value) => ({ value, label: obtainedWords[value][locale] }))}
      />
      <TextField
        label={t.sourceName}
        hint={t.sourceNameHint}
        name="source.name"
        maxLength={300}
        defaultValue={first.source.name ?? ""}
        optional={t.optional}
      />
      <TextField
        label={t.sourceUrl}
        hint={needsUrl ? t.sourceUrlHint : undefined}
        name="source.url"
        type="url"
        maxLength={2000}
        defaultValue={first.source.url ?? ""}
        optional={t.optional}
      />
      <TextArea
        label={t.note}
        name="source.note"
        rows={2}
        maxLength={1000}
        defaultValue={first.source.note ?? ""}
        optional={t.optional}
      />
    </>
  )
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

const basisKinds = ["own", "licence", "terms", "contract", "authorised-operation", "unstated"] as const

/** `kind` is the one chosen, though what it needs may not be answered yet. */
export function BasisPart({ t, locale, first, kind }: Omit<PartProps, "now"> & { kind: string }) {
  const { basis } = first
  const [chosen, setChosen] = useState(basis.kind === "licence" ? basis.licence : "CC-BY-4.0")
  const stated = basis.kind === "terms" || basis.kind === "contract" ? basis : null
  return (
    <>
      <RadioGroup
        name="basis.kind"
        legend={t.basis}
        hint={t.basisHint}
        defaultValue={basis.kind}
        choices={basisKinds.map((value) => ({ value, label: t.bases[value], hint: t.baseHints[value] }))}
      />
      {kind === "licence" ? (
        <Select
          label={t.licence}
          hint={licenceNotes(chosen, locale).join(" ")}
          name="basis.licence"
          defaultValue={chosen}
          onChange={(event) => setChosen(event.target.value as typeof chosen)}
          options={licenceIds.map((value) => ({ value, label: `${licence(value).title} (${value})` }))}
        />
      ) : null}
      {kind === "terms" ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={t.termsName}
            name="basis.name"
            maxLength={200}
            defaultValue={basis.kind === "terms" ? basis.name : ""}
          />
          <TextField
            label={t.termsUrl}
            name="basis.url"
            type="url"
            maxLength={2000}
            defaultValue={basis.kind === "terms" ? basis.url : ""}
          />
        </div>
      ) : null}
      {kind === "contract" ? (
        <PaperFields
          legend={t.contract}
          name="basis.document"
          words={t}
          value={basis.kind === "contract" ? basis.document : null}
        />
      ) : null}
      {kind === "terms" || kind === "contract" ? (
        <Fieldset legend={t.allows}>
          <div className="grid gap-1 sm:grid-cols-2">
            {actions.map((action) => (
              <Checkbox
                key={action}
                name="basis.allows"
                value={action}
                label={actionWords[action][locale]}
                defaultChecked={stated?.allows.includes(action) ?? false}
              />
            ))}
          </div>
          <Checkbox
            name="basis.attribution"
            label={t.attribution}
            defaultChecked={stated?.attribution ?? false}
          />
        </Fieldset>
      ) : null}
    </>
  )
}

const heldWays = ["self", "licence", "authorised", "nobody"] as const

export function RightsPart({
  t,
  locale,
  first,
  by,
}: Omit<PartProps, "now"> & { by: Record<string, string> }) {
  return (
    <Fieldset legend={t.rights} hint={t.rightsHint}>
      {rights.map((right) => {
        const held = first.rights[right]
        const authorised = held.by === "authorised" ? held : null
        return (
          <div key={right} className="grid gap-3">
            <Select
              label={capital(rightWords[right][locale])}
              name={`rights.${right}.by`}
              defaultValue={held.by}
              options={heldWays.map((value) => ({ value, label: t.held[value] }))}
            />
            {by[right] === "authorised" ? (
              <div className="grid gap-3 border-l-2 border-line pl-4">
                <TextField
                  label={t.heldFrom}
                  name={`rights.${right}.from`}
                  maxLength={200}
                  defaultValue={authorised?.from ?? ""}
                />
                <PaperFields
                  legend={t.authorisation}
                  name={`rights.${right}.document`}
                  words={t}
                  value={authorised?.document ?? null}
                />
              </div>
            ) : null}
          </div>
        )
      })}
    </Fieldset>
  )
}
