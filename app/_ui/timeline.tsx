import type { ReactNode } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import type { Time as Instant } from "#contracts/time.ts"
import { kit } from "../_lib/messages/kit.ts"
import { classes } from "./classes.ts"
import { Countdown } from "./countdown.tsx"
import { Icon, type IconName } from "./icons.tsx"
import { Time } from "./values.tsx"

export type TimelineStep = {
  key: string
  state: "done" | "current" | "upcoming" | "stopped"
  title: ReactNode
  /** When it happened; for done and stopped steps. */
  at?: Instant | null
  /** The plain sentence of what happened, or of what will. */
  sentence?: ReactNode
  /** For the current step: until when, and what happens if nobody acts. */
  deadline?: { at: Instant; now: Instant; outcome: ReactNode } | null
  /** A link to the ledger record. */
  record?: ReactNode
  /** A button or a link that verifies the record in the browser. */
  verify?: ReactNode
  /** What of the step can be taken away: its certificate. */
  files?: ReactNode
  /** What can be done now: buttons, each with its reason when it is disabled. */
  actions?: ReactNode
}

const signs: Record<TimelineStep["state"], { icon: IconName | null; look: string; line: string }> = {
  done: { icon: "check", look: "border-accent bg-accent text-on-accent", line: "bg-accent" },
  current: {
    icon: "clock",
    look: "border-accent bg-surface text-accent ring-4 ring-accent-soft",
    line: "bg-line",
  },
  upcoming: { icon: null, look: "border-line-strong/60 border-dashed bg-canvas", line: "bg-line" },
  stopped: { icon: "stop", look: "border-bad bg-bad-soft text-bad", line: "bg-line" },
}

/** The life of a trade, oldest first: what was, what is and until when, what comes. */
export function Timeline({
  steps,
  locale,
  label,
}: {
  steps: readonly TimelineStep[]
  locale: Locale
  label: string
}) {
  return (
    <ol aria-label={label} className="grid">
      {steps.map((step, order) => (
        <Step key={step.key} step={step} locale={locale} last={order === steps.length - 1} />
      ))}
    </ol>
  )
}

function Step({ step, locale, last }: { step: TimelineStep; locale: Locale; last: boolean }) {
  const t = kit[locale]
  const sign = signs[step.state]
  return (
    <li
      aria-current={step.state === "current" ? "step" : undefined}
      className="grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-3"
    >
      <div className="flex flex-col items-center">
        <span className={classes("grid size-6 shrink-0 place-items-center rounded-round border", sign.look)}>
          {sign.icon ? <Icon name={sign.icon} size={12} className="shrink-0" /> : null}
        </span>
        {last ? null : <span aria-hidden="true" className={classes("w-px grow", sign.line)} />}
      </div>
      <div className={classes("min-w-0 pt-px", last ? "" : "pb-6")}>
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <p className={step.state === "upcoming" ? "text-ink-faint" : "font-semibold"}>
            {step.title}
            <span className="sr-only">
              {" "}
              ({{ done: t.done, current: t.current, upcoming: t.upcoming, stopped: t.stopped }[step.state]})
            </span>
          </p>
          {step.at ? (
            <span className="text-small text-ink-faint">
              <Time time={step.at} locale={locale} />
            </span>
          ) : null}
        </div>
        {step.sentence ? (
          <p className={classes("mt-0.5", step.state === "upcoming" ? "text-ink-faint" : "text-ink-soft")}>
            {step.sentence}
          </p>
        ) : null}
        {step.deadline ? <Deadline deadline={step.deadline} locale={locale} /> : null}
        {step.actions ? <div className="mt-3 flex flex-wrap gap-2">{step.actions}</div> : null}
        {step.record || step.verify || step.files ? (
          <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-small text-ink-faint">
            {step.record}
            {step.verify}
            {step.files}
          </div>
        ) : null}
      </div>
    </li>
  )
}

function Deadline({ deadline, locale }: { deadline: NonNullable<TimelineStep["deadline"]>; locale: Locale }) {
  return (
    <div className="mt-2 rounded-control bg-accent-soft px-3 py-2">
      <p className="flex flex-wrap items-center gap-x-2 font-medium text-accent-strong">
        <Icon name="clock" size={13} />
        <Countdown deadline={deadline.at} now={deadline.now} locale={locale} />
        <span className="text-small font-normal text-ink-soft">
          <Time time={deadline.at} locale={locale} />
        </span>
      </p>
      <p className="mt-0.5 text-small text-ink-soft">
        {kit[locale].byDefault}
        {deadline.outcome}
      </p>
    </div>
  )
}
