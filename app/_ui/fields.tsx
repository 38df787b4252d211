import { type ComponentProps, type ReactNode, useId } from "react"
import { classes } from "./classes.ts"
import { Icon } from "./icons.tsx"

const control =
  "w-full rounded-control border border-line-strong bg-surface text-ink placeholder:text-ink-faint aria-invalid:border-bad disabled:bg-sunken disabled:text-ink-faint max-sm:text-lead"

type FieldProps = {
  label: ReactNode
  /** One sentence under the label: what is wanted, in which form. */
  hint?: ReactNode
  /** What is wrong, as a sentence; shown in place and announced. */
  error?: string | null | undefined
  /** The word "optional" in the reader's language; a field without it is required. */
  optional?: string | undefined
  /** Text at the right end, for example a unit or a count of characters. */
  suffix?: ReactNode
}

function Field(props: FieldProps & { id: string; children: ReactNode }) {
  const { label, hint, error, optional, suffix, id, children } = props
  return (
    <div className="grid min-w-0 content-start gap-1">
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="font-medium">
          {label}
          {optional ? <span className="ml-1.5 text-small font-normal text-ink-faint">{optional}</span> : null}
        </label>
        {suffix ? <span className="text-small text-ink-faint">{suffix}</span> : null}
      </div>
      {hint ? (
        <p id={`${id}-hint`} className="text-small text-ink-faint">
          {hint}
        </p>
      ) : null}
      {children}
      {error ? (
        <p id={`${id}-error`} className="flex gap-1.5 text-small text-bad">
          <Icon name="warning" className="mt-0.5 shrink-0" />
          {error}
        </p>
      ) : null}
    </div>
  )
}

function aria(id: string, { hint, error }: FieldProps) {
  const describedBy = classes(hint ? `${id}-hint` : null, error ? `${id}-error` : null)
  return { id, "aria-invalid": error ? true : undefined, "aria-describedby": describedBy || undefined }
}

type Native<Tag extends "input" | "textarea" | "select"> = Omit<ComponentProps<Tag>, "className" | "id"> & {
  id?: string
}

/** One line of text; `type`, `name`, `inputMode`, `autoComplete` and the rest go to the input. */
export function TextField({
  label,
  hint,
  error,
  optional,
  suffix,
  id,
  ...input
}: FieldProps & Native<"input">) {
  const made = useId()
  const field = { label, hint, error, optional, suffix, id: id ?? made }
  return (
    <Field {...field}>
      <input
        type="text"
        required={!optional}
        {...input}
        {...aria(field.id, field)}
        className={classes(control, "h-9 px-3", input.type === "file" && fileLook)}
      />
    </Field>
  )
}

/** The browser's own button for choosing a file, as a word in the line. */
const fileLook =
  "py-1.5 file:mr-3 file:border-0 file:bg-transparent file:p-0 file:font-medium file:text-accent-strong"

export function TextArea({
  label,
  hint,
  error,
  optional,
  suffix,
  id,
  ...area
}: FieldProps & Native<"textarea">) {
  const made = useId()
  const field = { label, hint, error, optional, suffix, id: id ?? made }
  return (
    <Field {...field}>
      <textarea
        rows={4}
        required={!optional}
        {...area}
        {...aria(field.id, field)}
        className={classes(control, "min-h-20 resize-y px-3 py-2")}
      />
    </Field>
  )
}

export type Option = { value: string; label: string; disabled?: boolean }

/** The browser's own select: keyboard, phone and screen reader already know it. */
export function Select(
  props: FieldProps & Omit<Native<"select">, "children"> & { options: readonly Option[] },
) {
  const { label, hint, error, optional, suffix, options, id, ...select } = props
  const made = useId()
  const field = { label, hint, error, optional, suffix, id: id ?? made }
  return (
    <Field {...field}>
      <span className="relative block">
        <select
          required={!optional}
          {...select}
          {...aria(field.id, field)}
          className={classes(control, "h-9 appearance-none pr-9 pl-3")}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="down" className="pointer-events-none absolute top-2.5 right-3 text-ink-faint" />
      </span>
    </Field>
  )
}
