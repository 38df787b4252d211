import { type ReactNode, useId } from "react"

type ProgressProps = {
  label: ReactNode
  /** Done so far; leave out while the length is not known. */
  value?: number | undefined
  max?: number
  /** "312 of 1,204 records": shown at the right end. */
  note?: ReactNode
}

/** The way of long work. It announces itself politely; a cancel button stands beside it, made by the page. */
export function Progress({ label, value, max = 1, note }: ProgressProps) {
  const id = useId()
  return (
    <div className="grid gap-1.5">
      <div className="flex items-baseline justify-between gap-3 text-small">
        <label htmlFor={id}>{label}</label>
        <span className="text-ink-faint" aria-live="polite">
          {note}
        </span>
      </div>
      <progress id={id} className="meter" max={max} {...(value === undefined ? {} : { value })} />
    </div>
  )
}
