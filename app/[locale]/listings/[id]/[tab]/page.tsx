import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { type ListingTab, listingTabs } from "../../../../_lib/paths.ts"
import { ListingTabPage, listingMetadata } from "../../_parts/listing-tab.tsx"

type Props = { params: Promise<{ locale: string; id: string; tab: string }> }

/** The overview has the listing's own address, so that each tab has one address only. */
function tabOf(text: string): ListingTab {
  const tab = listingTabs.find((one) => one === text)
  if (tab === undefined || tab === "overview") notFound()
  return tab
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { tab, ...rest } = await params
  return listingMetadata({ ...rest, tab: tabOf(tab) })
}

export default async function Page({ params }: Props) {
  const { tab, ...rest } = await params
  return ListingTabPage({ ...rest, tab: tabOf(tab) })
}
