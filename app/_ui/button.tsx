import NextLink from "next/link"
import { type ComponentProps, type ReactNode, useId } from "react"
import { classes } from "./classes.ts"
import { Icon, type IconName } from "./icons.tsx"

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger"
export type ButtonSize = "small" | "medium" | "large"

const looks: Record<ButtonVariant, string> = {
  primary: "border-accent bg-accent text-on-accent hover:border-accent-strong hover:bg-accent-strong",
  secondary:
    "border-line-strong/60 bg-surface text-ink shadow-panel hover:border-line-strong hover:bg-sunken",
  quiet: "border-transparent text-ink-soft hover:bg-sunken hover:text-ink",
  danger: "border-bad/50 bg-surface text-bad hover:bg-bad-soft",
}

const sizes: Record<ButtonSize, string> = {
  small: "h-7 px-2.5 text-small",
  medium: "h-9 px-3.5 text-base",
  large: "h-11 px-5 text-lead",
}

function look(variant: ButtonVariant, size: ButtonSize): string {
  return classes(
    "inline-flex items-center justify-center gap-1.5 rounded-control border font-medium whitespace-nowrap motion-safe:transition-colors select-none",
    "disabled:border-line disabled:bg-sunken disabled:text-ink-faint disabled:shadow-none",
    "aria-disabled:border-line aria-disabled:bg-sunken aria-disabled:text-ink-faint aria-disabled:shadow-none",
    looks[variant],
    sizes[size],
  )
}

type Common = { variant?: ButtonVariant; size?: ButtonSize; icon?: IconName; children: ReactNode }

type ButtonProps = Common &
  Omit<ComponentProps<"button">, "disabled" | "className" | "children"> & {
    /** Why the button cannot be used now; it is then disabled and the reason stands beside it for everyone. */
    why?: string | null | undefined
    /** The sentence shown while the action runs; the button is then disabled. */
    busy?: string | null | false | undefined
  }

/** Neither the button's own deed nor its form's. */
const refuseClick = (event: { preventDefault(): void }) => event.preventDefault()

/**
 * A button. It is disabled only with a reason (`why`) or while it works (`busy`): then it takes no click and keeps the
 * focus, which the browser takes from what is `disabled`.
 */
export function Button({
  variant = "secondary",
  size = "medium",
  icon,
  why,
  busy,
  children,
  ...rest
}: ButtonProps) {
  const id = useId()
  const button = (
    <button
      type="button"
      {...rest}
      className={look(variant, size)}
      disabled={Boolean(why)}
      {...(busy ? { "aria-busy": true, "aria-disabled": true, onClick: refuseClick } : {})}
      aria-describedby={why ? id : rest["aria-describedby"]}
    >
      {icon && !busy ? <Icon name={icon} /> : null}
      {busy || children}
    </button>
  )
  if (!why) return button
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-x-2.5 gap-y-1">
      {button}
      <span id={id} className="text-small text-ink-faint">
        {why}
      </span>
    </span>
  )
}

type LinkProps = Common & Omit<ComponentProps<typeof NextLink>, "className" | "prefetch" | "children">

/** A link that looks like a button: for going somewhere, never for doing something. */
export function ButtonLink({ variant = "secondary", size = "medium", icon, children, ...rest }: LinkProps) {
  return (
    <NextLink {...rest} prefetch={false} className={look(variant, size)}>
      {icon ? <Icon name={icon} /> : null}
      {children}
    </NextLink>
  )
}

/** A button that is only a sign, with its name for assistive tech and on hover; at least 28 px. */
export function IconButton({
  icon,
  label,
  ...rest
}: { icon: IconName; label: string } & Omit<ComponentProps<"button">, "className" | "children">) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className="inline-grid size-7 shrink-0 place-items-center rounded-control text-ink-faint hover:bg-sunken hover:text-ink"
    >
      <Icon name={icon} />
    </button>
  )
}
