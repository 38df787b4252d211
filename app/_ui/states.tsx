import type { ReactNode } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import { kit } from "../_lib/messages/kit.ts"
import { paths } from "../_lib/paths.ts"
import { ButtonLink } from "./button.tsx"
import { classes } from "./classes.ts"
import { Icon, type IconName } from "./icons.tsx"
import { Mark } from "./logo.tsx"

type StateProps = { title: ReactNode; children?: ReactNode; actions?: ReactNode; level?: 1 | 2 }

function State({ title, children, actions, level = 2, sign }: StateProps & { sign: ReactNode }) {
  const Heading = level === 1 ? "h1" : "h2"
  return (
    <div className="grid justify-items-center gap-2 rounded-panel border border-dashed border-line-strong/60 px-6 py-12 text-center wrap-anywhere">
      <div className="mb-1 text-ink-faint">{sign}</div>
      <Heading className={level === 1 ? "text-title font-semibold" : "text-lead font-semibold"}>
        {title}
      </Heading>
      {children ? <div className="max-w-prose text-ink-soft">{children}</div> : null}
      {actions ? <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  )
}

/** Nothing yet: says what would stand here and how it comes about. */
export function EmptyState({ icon = "scale", ...rest }: StateProps & { icon?: IconName }) {
  return <State {...rest} sign={<Icon name={icon} size={28} />} />
}

/** Something went wrong: a sentence, a way out, and the id to name when asking for help. */
export function ErrorState(props: StateProps & { locale: Locale; requestId?: string | null | undefined }) {
  const { locale, requestId, children, ...rest } = props
  return (
    <State {...rest} sign={<Icon name="warning" size={28} />}>
      {children}
      {requestId ? (
        <p className="mt-2 text-small text-ink-faint">
          {kit[locale].requestId} <code className="font-mono">{requestId}</code>
        </p>
      ) : null}
    </State>
  )
}

/** For a reader without the role; a reader who has not signed in is offered to. */
export function NoPermission({ locale, signedIn, why }: { locale: Locale; signedIn: boolean; why?: string }) {
  const t = kit[locale]
  const to = paths(locale)
  return (
    <State
      level={1}
      title={t.noPermission}
      sign={<Icon name="lock" size={28} />}
      actions={
        <>
          {signedIn ? null : (
            <ButtonLink variant="primary" href={to.signIn()}>
              {t.signIn}
            </ButtonLink>
          )}
          <ButtonLink href={to.home()}>{t.goHome}</ButtonLink>
        </>
      }
    >
      {why ?? t.noPermissionWhy}
    </State>
  )
}

/** A whole page that could not be shown, with the mark over it. */
export function PageState({ title, children, actions }: StateProps) {
  return (
    <div className="mx-auto grid max-w-lg justify-items-center gap-3 px-4 py-20 text-center">
      <Mark size={40} />
      <h1 className="mt-2 text-heading font-semibold">{title}</h1>
      <div className="text-ink-soft">{children}</div>
      <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>
    </div>
  )
}

/** Grey lines while a page loads; they say so to assistive tech once. */
export function Skeleton({ locale, rows = 6 }: { locale: Locale; rows?: number }) {
  return (
    <div role="status" className="grid gap-3">
      <span className="sr-only">{kit[locale].loading}</span>
      <div className="skeleton h-8 w-1/3" />
      <div className="skeleton h-4 w-2/3" />
      <div className="mt-3 grid gap-px overflow-hidden rounded-panel border border-line">
        {Array.from({ length: rows }, (_, row) => `row-${row}`).map((row) => (
          <div key={row} className="flex h-9 items-center gap-4 bg-surface px-4">
            <div className="skeleton h-3 w-1/4" />
            <div className="skeleton h-3 w-1/2" />
            <div className="skeleton ml-auto h-3 w-16" />
          </div>
        ))}
      </div>
    </div>
  )
}

const callouts = {
  info: { icon: "info", look: "border-line bg-sunken", sign: "text-accent" },
  good: { icon: "check", look: "border-good/35 bg-good-soft", sign: "text-good" },
  warn: { icon: "warning", look: "border-warn/40 bg-warn-soft", sign: "text-warn" },
  bad: { icon: "stop", look: "border-bad/40 bg-bad-soft", sign: "text-bad" },
} as const

type CalloutProps = {
  tone?: keyof typeof callouts
  title?: ReactNode
  actions?: ReactNode
  children?: ReactNode
}

/** A remark that must be seen: what happens next, what is frozen, what is missing. */
export function Callout({ tone = "info", title, actions, children }: CalloutProps) {
  const { icon, look, sign } = callouts[tone]
  return (
    <div className={classes("flex gap-3 rounded-panel border px-4 py-3", look)}>
      <Icon name={icon} className={classes("mt-[3px] shrink-0", sign)} />
      <div className="min-w-0 grow">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children ? <div className="text-ink-soft">{children}</div> : null}
        {actions ? <div className="mt-2 flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  )
}
