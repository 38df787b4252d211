"use client"

import { trpc } from "../../../_lib/trpc-client.ts"
import { useAction, useLocale } from "../../../_lib/use-action.ts"
import { Checkbox, Fieldset } from "../../../_ui/choices.tsx"
import { TextField } from "../../../_ui/fields.tsx"
import { FormDialog, lineOf } from "../../../_ui/form-dialog.tsx"

type Props = {
  party: string
  version: number
  regions: readonly string[]
  duties: readonly { value: string; label: string; hint: string; checked: boolean }[]
  words: {
    open: string
    title: string
    lead: string
    both: string
    regions: string
    regionsHint: string
    duties: string
    label: string
    busy: string
  }
}

/** What a regulator may see and do from now on. */
export function EntrustRegulator({ party, version, regions, duties, words }: Props) {
  const locale = useLocale()
  const action = useAction((input: { regions: string[]; duties: string[] }, commandId) =>
    trpc.parties.entrust.mutate({
      commandId,
      party: party as never,
      version,
      regions: input.regions,
      duties: input.duties as never[],
    }),
  )
  return (
    <FormDialog
      locale={locale}
      title={words.title}
      lead={<p>{words.lead}</p>}
      open={{ label: words.open }}
      submit={words}
      action={action}
      read={(fields) => ({
        regions: lineOf(fields, "regions")
          .split(/[,，、\s]+/)
          .filter((region) => region !== ""),
        duties: fields.getAll("duties").map(String),
      })}
    >
      <TextField
        label={words.regions}
        hint={words.regionsHint}
        name="regions"
        defaultValue={regions.join(", ")}
        maxLength={400}
      />
      <Fieldset legend={words.duties} hint={words.both}>
        {duties.map(({ value, label, hint, checked }) => (
          <Checkbox
            key={value}
            name="duties"
            value={value}
            defaultChecked={checked}
            label={label}
            hint={hint}
          />
        ))}
      </Fieldset>
    </FormDialog>
  )
}
