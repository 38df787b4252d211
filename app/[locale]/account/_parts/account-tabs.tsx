import type { Locale } from "#contracts/localized-text.ts"
import { erasure } from "../../../_lib/messages/erasure.ts"
import { settings } from "../../../_lib/messages/settings.ts"
import { paths } from "../../../_lib/paths.ts"
import { Tabs } from "../../../_ui/navigation.tsx"

/** The settings: the person's own, the organisation's, and what may be erased of either. */
export function AccountTabs({
  locale,
  current,
}: {
  locale: Locale
  current: "account" | "party" | "erasure"
}) {
  const t = settings[locale]
  const to = paths(locale)
  return (
    <Tabs
      label={t.title}
      current={current}
      tabs={[
        { key: "account", label: t.tabs.account, href: to.account() },
        { key: "party", label: t.tabs.party, href: to.ownParty() },
        { key: "erasure", label: erasure[locale].title, href: to.ownErasures() },
      ]}
    />
  )
}
