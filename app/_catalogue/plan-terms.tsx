import type { Plan } from "#contracts/listing.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { hourMs } from "#contracts/time.ts"
import { formatCount } from "../_lib/format.ts"
import { formatDuration } from "../_lib/format-time.ts"
import { listing as words } from "../_lib/messages/listing.ts"
import { Icon, type IconName } from "../_ui/icons.tsx"

/** A plan, and how many of its seats are left where they are counted. */
export type OfferedPlan = Plan & { free: number | null }

/** What a plan promises, as short lines. */
export function PlanTerms({ plan, locale }: { plan: OfferedPlan; locale: Locale }) {
  const t = words[locale]
  const span = (hours: number) => formatDuration(hours * hourMs, locale)
  const lines: { icon: IconName; text: string }[] = [
    { icon: "clock", text: t.windows(span(plan.deliveryHours), span(plan.acceptanceHours)) },
    { icon: "user", text: plan.approval ? t.needsApproval : t.standing },
    { icon: "file", text: t.template(plan.template.version) },
  ]
  if (plan.free !== null && plan.free > 0)
    lines.unshift({ icon: "scale", text: t.seatsFree(formatCount(plan.free, locale)) })
  return (
    <ul className="grid gap-1 text-small text-ink-soft">
      {lines.map(({ icon, text }) => (
        <li key={text} className="flex gap-2">
          <Icon name={icon} size={13} className="mt-[3px] shrink-0 text-ink-faint" />
          {text}
        </li>
      ))}
    </ul>
  )
}
