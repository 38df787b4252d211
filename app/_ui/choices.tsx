import { type ComponentProps, type ReactNode, useId } from "react"
import { Icon } from "./icons.tsx"

const box = "mt-[3px] size-4 shrink-0 accent-accent"

type CheckboxProps = Omit<ComponentProps<"input">, "type" | "className"> & {
  label: ReactNode
  hint?: ReactNode
}

/** One yes-or-no choice; the whole line is the target. */
export function Checkbox({ label, hint, ...input }: CheckboxProps) {
  return (
    <label className="flex min-h-6 items-start gap-2.5 py-0.5">
      <input type="checkbox" {...input} className={box} />
      <span>
        {label}
        {hint ? <span className="block text-small text-ink-faint">{hint}</span> : null}
      </span>
    </label>
  )
}

export type Choice = { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean }

type RadioGroupProps = Omit<
  ComponentProps<"input">,
  "type" | "className" | "value" | "defaultValue" | "name"
> & {
  name: string
  legend: ReactNode
  hint?: ReactNode
  error?: string | null | undefined
  choices: readonly Choice[]
  defaultValue?: string | undefined
  /** With `value` the page holds the state and must pass `onChange`. */
  value?: string | undefined
}

/** One choice of a few, each on a line of its own with room for a sentence. */
export function RadioGroup({
  name,
  legend,
  hint,
  error,
  choices,
  defaultValue,
  value,
  ...input
}: RadioGroupProps) {
  return (
    <Fieldset legend={legend} hint={hint} error={error}>
      {choices.map((choice) => (
        <label
          key={choice.value}
          className="flex min-h-9 items-start gap-2.5 rounded-control border border-line bg-surface px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft has-disabled:text-ink-faint"
        >
          <input
            required
            {...input}
            type="radio"
            name={name}
            value={choice.value}
            disabled={choice.disabled}
            {...(value === undefined
              ? { defaultChecked: defaultValue === choice.value }
              : { checked: value === choice.value })}
            className={box}
          />
          <span>
            {choice.label}
            {choice.hint ? <span className="block text-small text-ink-soft">{choice.hint}</span> : null}
          </span>
        </label>
      ))}
    </Fieldset>
  )
}

type FieldsetProps = {
  legend: ReactNode
  hint?: ReactNode
  error?: string | null | undefined
  children: ReactNode
}

/** A group of fields under one question. */
export function Fieldset({ legend, hint, error, children }: FieldsetProps) {
  const id = useId()
  return (
    <fieldset className="grid min-w-0 gap-2" aria-describedby={hint || error ? id : undefined}>
      <legend className="mb-1 font-medium">{legend}</legend>
      <div id={id} className="empty:hidden">
        {hint ? <p className="text-small text-ink-faint">{hint}</p> : null}
        {error ? <FormError>{error}</FormError> : null}
      </div>
      {children}
    </fieldset>
  )
}

/** What went wrong with the whole form; announced when it appears. Null children show nothing. */
export function FormError({
  children,
  requestId,
}: {
  children: ReactNode
  requestId?: string | null | undefined
}) {
  return (
    <div role="alert" className="empty:hidden">
      {children ? (
        <p className="flex gap-2 rounded-control border border-bad/40 bg-bad-soft px-3 py-2 text-bad">
          <Icon name="warning" className="mt-1 shrink-0" />
          <span>
            {children}
            {requestId ? <span className="ml-2 font-mono text-micro">{requestId}</span> : null}
          </span>
        </p>
      ) : null}
    </div>
  )
}
