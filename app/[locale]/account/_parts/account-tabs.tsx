import type { Locale } from "#contracts/localized-text.ts"
import { settings } from "../../../_lib/messages/settings.ts"
import { paths } from "../../../_lib/paths.ts"
import { Tabs } from "../../../_ui/navigation.tsx"

/** The two halves of the settings: the person's own, and the organisation's. */
export function AccountTabs({ locale, current }: { locale: Locale; current: "account" | "party" }) {
  const t = settings[locale]
  const to = paths(locale)
  return (
    <Tabs
      label={t.title}
      current={current}
      tabs={[
        { key: "account", label: t.tabs.account, href: to.account() },
        { key: "party", label: t.tabs.party, href: to.ownParty() },
      ]}
    />
  )
}
