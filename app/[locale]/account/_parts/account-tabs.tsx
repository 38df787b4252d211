import type { Locale } from "#contracts/localized-text.ts"
import { session } from "../../../_lib/caller.ts"
import { balance } from "../../../_lib/messages/balance.ts"
import { erasure } from "../../../_lib/messages/erasure.ts"
import { settings } from "../../../_lib/messages/settings.ts"
import { paths } from "../../../_lib/paths.ts"
import { Tabs } from "../../../_ui/navigation.tsx"

/** The settings: the person's own, the organisation's, what it has prepaid where it trades, and what may be erased of either. */
export async function AccountTabs({
  locale,
  current,
}: {
  locale: Locale
  current: "account" | "party" | "balance" | "erasure"
}) {
  const t = settings[locale]
  const to = paths(locale)
  const roles = (await session())?.acting?.roles ?? []
  const trades = roles.includes("buyer") || roles.includes("seller")
  return (
    <Tabs
      label={t.title}
      current={current}
      tabs={[
        { key: "account", label: t.tabs.account, href: to.account() },
        { key: "party", label: t.tabs.party, href: to.ownParty() },
        ...(trades ? [{ key: "balance", label: balance[locale].title, href: to.balance() }] : []),
        { key: "erasure", label: erasure[locale].title, href: to.ownErasures() },
      ]}
    />
  )
}
