import type { ReactNode } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import { kit } from "../_lib/messages/kit.ts"
import { classes } from "./classes.ts"
import { Hint } from "./hint.tsx"
import { Icon, type IconName } from "./icons.tsx"

const base =
  "inline-flex items-center gap-1 rounded-control px-1.5 text-micro leading-5 font-medium whitespace-nowrap"

export type Claim = "measured" | "declared" | "attested"

const claims: Record<Claim, { icon: IconName; look: string }> = {
  measured: { icon: "ruler", look: "border border-transparent bg-accent-soft text-accent-strong" },
  declared: { icon: "speech", look: "border border-dashed border-line-strong text-ink-soft" },
  attested: { icon: "seal", look: "border border-ink bg-ink text-canvas" },
}

type ClaimProps = {
  claim: Claim
  locale: Locale
  /** How and when: "DuckDB summary of 1,204 rows, 2026-11-24 11:50 UTC+8". Shown in the hint. */
  how?: ReactNode
}

/**
 * Who says so. Measured is filled, declared is dashed, attested is solid black: the three differ in shape, sign
 * and word, not by colour alone.
 */
export function ClaimChip({ claim, locale, how }: ClaimProps) {
  const t = kit[locale]
  const { icon, look } = claims[claim]
  const hint = { measured: t.measuredHint, declared: t.declaredHint, attested: t.attestedHint }[claim]
  return (
    <Hint
      content={
        <>
          <p>{hint}</p>
          {how ? <p className="mt-1 text-ink-soft">{how}</p> : null}
        </>
      }
    >
      <span className={classes(base, look)}>
        <Icon name={icon} size={12} />
        {t[claim]}
      </span>
    </Hint>
  )
}

export type Tone = "neutral" | "active" | "good" | "warn" | "bad"

const tones: Record<Tone, { icon: IconName; look: string }> = {
  neutral: { icon: "dash", look: "bg-sunken text-ink-soft" },
  active: { icon: "clock", look: "bg-accent-soft text-accent-strong" },
  good: { icon: "check", look: "bg-good-soft text-good" },
  warn: { icon: "warning", look: "bg-warn-soft text-warn" },
  bad: { icon: "stop", look: "bg-bad-soft text-bad" },
}

/** The state of a thing: a word, a sign and a colour. `icon` replaces the tone's own sign. */
export function StatusChip({ tone, children, icon }: { tone: Tone; children: ReactNode; icon?: IconName }) {
  return (
    <span className={classes(base, tones[tone].look)}>
      <Icon name={icon ?? tones[tone].icon} size={12} />
      {children}
    </span>
  )
}

/** A plain property: format, licence, language. */
export function Badge({ children }: { children: ReactNode }) {
  return <span className={classes(base, "border border-line bg-surface text-ink-soft")}>{children}</span>
}
