import type { Metadata } from "next"
import type { ComponentType } from "react"
import { type Locale, readText } from "#contracts/localized-text.ts"
import { listing as words } from "../../../_lib/messages/listing.ts"
import { localeOf } from "../../../_lib/page.ts"
import { type ListingTab, paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { DataPreview } from "./data-preview.tsx"
import { DatasetMarkup } from "./dataset-markup.tsx"
import { DeliveryTab } from "./delivery-tab.tsx"
import { History } from "./history.tsx"
import { ListingFrame } from "./listing-frame.tsx"
import { type ListingPage, loadListing } from "./load-listing.ts"
import { Overview } from "./overview.tsx"
import { Quality } from "./quality.tsx"
import { RightsTab } from "./rights-tab.tsx"
import { Versions } from "./versions.tsx"

type TabProps = { page: ListingPage; locale: Locale }

const bodies: Record<ListingTab, ComponentType<TabProps>> = {
  overview: Overview,
  data: DataPreview,
  quality: Quality,
  rights: RightsTab,
  versions: Versions,
  delivery: DeliveryTab,
  ledger: History,
}

type Route = { locale: string; id: string; tab: ListingTab }

/** One tab of a listing as a page of its own. */
export async function ListingTabPage({ locale: asked, id, tab }: Route) {
  const locale = localeOf(asked)
  const found = await loadListing(id, locale)
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const Body = bodies[tab]
  return (
    <ListingFrame page={found.ok} tab={tab} locale={locale}>
      <Body page={found.ok} locale={locale} />
      {tab === "overview" ? <DatasetMarkup page={found.ok} locale={locale} /> : null}
    </ListingFrame>
  )
}

export async function listingMetadata({ locale: asked, id, tab }: Route): Promise<Metadata> {
  const locale = localeOf(asked)
  const found = await loadListing(id, locale)
  if (!found.ok) return {}
  const { listing } = found.ok
  const title = readText(listing.title, locale).text
  return {
    title: tab === "overview" ? title : `${words[locale].tabs[tab]} · ${title}`,
    description: readText(listing.description, locale).text.slice(0, 200),
    alternates: {
      canonical: paths(locale).listing(id, tab),
      languages: { zh: paths("zh").listing(id, tab), en: paths("en").listing(id, tab) },
    },
  }
}
