import type { Locale } from "#contracts/localized-text.ts"
import { noRemit, regionName } from "#contracts/remit.ts"
import { session } from "../../../_lib/caller.ts"
import { remit as words } from "../../../_lib/messages/remit.ts"
import { Callout } from "../../../_ui/states.tsx"

/** What the regulator at the desk may see; nothing for the operator, who sees the whole market. */
export async function RemitLine({ locale }: { locale: Locale }) {
  const acting = (await session())?.acting
  if (!acting?.roles.includes("regulator")) return null
  const t = words[locale]
  const { regions, duties } = acting.remit ?? noRemit
  if (regions.length === 0)
    return (
      <Callout tone="warn" title={t.yours}>
        {t.none}
      </Callout>
    )
  const between = locale === "zh" ? "、" : ", "
  return (
    <p className="mb-4 text-small text-ink-soft">
      <span className="text-ink-faint">{t.yours}</span>{" "}
      {regions.map((region) => regionName(region, locale)).join(between)} ·{" "}
      {duties.map((duty) => t.dutyNames[duty]).join(between)}
    </p>
  )
}
