import type { Locale } from "#contracts/localized-text.ts"
import { erasure } from "../../../_lib/messages/erasure.ts"
import { supervision } from "../../../_lib/messages/supervision.ts"
import { paths } from "../../../_lib/paths.ts"
import { Tabs } from "../../../_ui/navigation.tsx"

export type DeskSection = "overview" | "freezes" | "exports" | "openings" | "holds"

/** The sections of the desk. */
export function DeskTabs({ current, locale }: { current: DeskSection; locale: Locale }) {
  const t = supervision[locale]
  const to = paths(locale)
  return (
    <Tabs
      label={t.sections}
      current={current}
      tabs={[
        { key: "overview", label: t.overview, href: to.supervision() },
        { key: "freezes", label: t.freezes, href: to.freezes() },
        { key: "holds", label: erasure[locale].holds, href: to.holds() },
        { key: "exports", label: t.exports, href: to.exports() },
        { key: "openings", label: t.openings, href: to.openings() },
      ]}
    />
  )
}
