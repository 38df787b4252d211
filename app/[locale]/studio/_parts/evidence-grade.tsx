"use client"

import { useState } from "react"
import {
  classWords,
  crossBorderMechanisms,
  dataClasses,
  externalKinds,
  externalWords,
  grades,
  gradeWords,
  personalBases,
} from "#contracts/registration.ts"
import { percent } from "#contracts/tax.ts"
import { Button } from "../../../_ui/button.tsx"
import { Fieldset, RadioGroup } from "../../../_ui/choices.tsx"
import { Select, TextField } from "../../../_ui/fields.tsx"
import type { PartProps } from "./evidence-words.ts"
import { PaperFields } from "./paper-fields.tsx"

export function GradePart({ t, locale, first, now, fields }: PartProps & { fields: readonly string[] }) {
  const [rows, setRows] = useState(first.grade.fields.map((one, key) => ({ ...one, key })))
  const { personalData } = first
  const important = now.grade.whole !== "general" || now.grade.fields.some((one) => one.grade !== "general")
  const add = () =>
    setRows((list) => [
      ...list,
      { field: fields[0] ?? "", grade: "important", key: (list.at(-1)?.key ?? -1) + 1 },
    ])
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label={t.dataClass}
          name="dataClass"
          defaultValue={first.dataClass}
          options={dataClasses.map((value) => ({ value, label: classWords[value][locale] }))}
        />
        <Select
          label={t.grade}
          name="grade.whole"
          defaultValue={first.grade.whole}
          options={grades.toReversed().map((value) => ({ value, label: gradeWords[value][locale] }))}
        />
      </div>
      <Fieldset legend={t.gradeFields} hint={t.gradeHint}>
        {rows.map((row) => (
          <div key={row.key} className="grid items-end gap-3 sm:grid-cols-[1fr_1fr_auto]">
            <Select
              label={t.gradeField}
              name="grade.field"
              defaultValue={row.field}
              options={fields.map((value) => ({ value, label: value }))}
            />
            <Select
              label={t.grade}
              name="grade.fieldGrade"
              defaultValue={row.grade}
              options={grades.toReversed().map((value) => ({ value, label: gradeWords[value][locale] }))}
            />
            <Button onClick={() => setRows((list) => list.filter((one) => one.key !== row.key))}>
              {t.remove}
            </Button>
          </div>
        ))}
        {fields.length > 0 ? (
          <div>
            <Button size="small" onClick={add}>
              {t.addField}
            </Button>
          </div>
        ) : null}
      </Fieldset>
      {important ? (
        <PaperFields legend={t.approval} name="grade.approval" words={t} value={first.grade.approval} />
      ) : null}
      <RadioGroup
        name="personal.present"
        legend={t.personal}
        hint={t.hintedText}
        defaultValue={personalData.present ? "yes" : "no"}
        choices={[
          { value: "no", label: t.personalNo },
          { value: "yes", label: t.personalYes },
        ]}
      />
      {now.personalData.present ? (
        <>
          <Select
            label={t.personalBasis}
            name="personal.basis"
            required={false}
            defaultValue={personalData.present ? (personalData.basis ?? "") : ""}
            options={[
              { value: "", label: t.choose },
              ...personalBases.map((value) => ({ value, label: t.personalBases[value] })),
            ]}
          />
          <PaperFields
            legend={t.impact}
            name="personal.impact"
            words={t}
            value={personalData.present ? personalData.impactAssessment : null}
          />
        </>
      ) : null}
    </>
  )
}

export function CrossBorderPart({ t, first, now }: PartProps) {
  const plan = first.crossBorder.planned ? first.crossBorder : null
  const planned = now.crossBorder.planned ? now.crossBorder : null
  return (
    <>
      <RadioGroup
        name="crossBorder.planned"
        legend={t.planned}
        defaultValue={plan ? "yes" : "no"}
        choices={[
          { value: "no", label: t.plannedNo },
          { value: "yes", label: t.plannedYes },
        ]}
      />
      {planned ? (
        <>
          <Select
            label={t.mechanism}
            name="crossBorder.mechanism"
            required={false}
            defaultValue={plan?.mechanism ?? ""}
            options={[
              { value: "", label: t.choose },
              ...crossBorderMechanisms.map((value) => ({ value, label: t.mechanisms[value] })),
            ]}
          />
          {planned.mechanism === "exempt" ? (
            <TextField
              label={t.ground}
              name="crossBorder.ground"
              maxLength={500}
              defaultValue={plan?.ground ?? ""}
              optional={t.optional}
            />
          ) : (
            <PaperFields
              legend={t.crossDocument}
              name="crossBorder.document"
              words={t}
              value={plan?.document ?? null}
            />
          )}
          <TextField
            label={t.regions}
            hint={t.regionsHint}
            name="crossBorder.regions"
            pattern="\s*[A-Za-z]{2}(\s*[,，、 ]\s*[A-Za-z]{2})*\s*"
            title={t.regionsWrong}
            defaultValue={plan?.regions?.join(", ") ?? ""}
            optional={t.optional}
          />
        </>
      ) : null}
    </>
  )
}

export function OperationPart({ t, first }: Pick<PartProps, "t" | "first">) {
  const operation = first.authorisedOperation
  return (
    <>
      <p className="text-small text-ink-faint">{t.operationHint}</p>
      <TextField
        label={t.agency}
        name="operation.agency"
        maxLength={200}
        defaultValue={operation?.agency ?? ""}
      />
      <PaperFields
        legend={t.agreement}
        name="operation.agreement"
        words={t}
        value={operation?.agreement ?? null}
      />
      <TextField
        label={t.scope}
        name="operation.scope"
        maxLength={500}
        defaultValue={operation?.scope ?? ""}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t.from}
          name="operation.from"
          type="date"
          defaultValue={operation?.from.slice(0, 10) ?? ""}
        />
        <TextField
          label={t.until}
          name="operation.until"
          type="date"
          defaultValue={operation?.until.slice(0, 10) ?? ""}
        />
      </div>
      <TextField
        label={t.feeCap}
        hint={t.feeCapHint}
        name="operation.feeCap"
        inputMode="decimal"
        maxLength={10}
        optional=" "
        defaultValue={operation?.feeCapBasisPoints === undefined ? "" : percent(operation.feeCapBasisPoints)}
      />
    </>
  )
}

export function ExternalPart({ t, locale, first }: Omit<PartProps, "now">) {
  const [rows, setRows] = useState(first.external.map((one, key) => ({ ...one, key })))
  const add = () =>
    setRows((list) => [
      ...list,
      {
        kind: "data-property",
        number: "",
        queryCode: null,
        issuer: "",
        key: (list.at(-1)?.key ?? -1) + 1,
      },
    ])
  return (
    <Fieldset legend={<span className="sr-only">{t.external}</span>} hint={t.externalHint}>
      {rows.map((row) => (
        <div key={row.key} className="grid gap-3 border-l-2 border-line pl-4 sm:grid-cols-2">
          <Select
            label={t.externalKind}
            name="external.kind"
            defaultValue={row.kind}
            options={externalKinds.map((value) => ({ value, label: externalWords[value][locale] }))}
          />
          <TextField
            label={t.externalNumber}
            name="external.number"
            maxLength={100}
            defaultValue={row.number}
          />
          <TextField
            label={t.externalCode}
            name="external.queryCode"
            maxLength={200}
            defaultValue={row.queryCode ?? ""}
            optional={t.optional}
          />
          <TextField
            label={t.externalIssuer}
            name="external.issuer"
            maxLength={200}
            defaultValue={row.issuer}
          />
          <div>
            <Button size="small" onClick={() => setRows((list) => list.filter((one) => one.key !== row.key))}>
              {t.remove}
            </Button>
          </div>
        </div>
      ))}
      <div>
        <Button size="small" onClick={add}>
          {t.addExternal}
        </Button>
      </div>
    </Fieldset>
  )
}
