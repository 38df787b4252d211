import type { Locale } from "#contracts/localized-text.ts"
import {
  actionWords,
  industryWords,
  purposeWords,
  recipientWords,
  trainingWords,
} from "#contracts/rights/words.ts"
import { actions, industries, purposes, recipients, trainingKinds } from "#contracts/rights.ts"
import { use as words } from "../_lib/messages/use.ts"
import { Checkbox, Fieldset } from "../_ui/choices.tsx"
import { Select } from "../_ui/fields.tsx"

/** Moving data abroad is asked for by the market itself, from the countries of both sides. */
const offered = actions.filter((action) => action !== "transfer-abroad")

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/**
 * What a buyer wants to do, as fields of a form: `readUse` reads them. Made on the server, so that the vocabulary
 * is not sent as a script; the kinds of training show when training is ticked, without any.
 */
export function UseFields({ locale }: { locale: Locale }) {
  const t = words[locale]
  const choices = <W extends string>(chosen: readonly W[], table: Record<W, Record<Locale, string>>) => [
    { value: "", label: t.undeclared },
    ...chosen.map((value) => ({ value, label: upper(table[value][locale]) })),
  ]
  return (
    <div className="group grid gap-5">
      <Fieldset legend={t.actions} hint={t.actionsHint}>
        <div className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
          {offered.map((action) => (
            <Checkbox
              key={action}
              name="action"
              value={action}
              defaultChecked={action === "use"}
              label={upper(actionWords[action][locale])}
            />
          ))}
        </div>
      </Fieldset>
      <div className="hidden group-has-[input[value=train]:checked]:block">
        <Fieldset legend={t.training} hint={t.trainingHint}>
          <div className="flex flex-wrap gap-x-6 gap-y-1">
            {trainingKinds.map((kind) => (
              <Checkbox key={kind} name="training" value={kind} label={upper(trainingWords[kind][locale])} />
            ))}
          </div>
        </Fieldset>
      </div>
      <Fieldset legend={t.circumstances} hint={t.circumstancesHint}>
        <div className="grid gap-4 sm:grid-cols-3">
          <Select label={t.purpose} name="purpose" optional=" " options={choices(purposes, purposeWords)} />
          <Select
            label={t.industry}
            name="industry"
            optional=" "
            options={choices(industries, industryWords)}
          />
          <Select
            label={t.recipient}
            name="recipient"
            optional=" "
            options={choices(recipients, recipientWords)}
          />
        </div>
      </Fieldset>
    </div>
  )
}
