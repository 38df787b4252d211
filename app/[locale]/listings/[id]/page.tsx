import type { Metadata } from "next"
import { ListingTabPage, listingMetadata } from "../_parts/listing-tab.tsx"

type Props = { params: Promise<{ locale: string; id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return listingMetadata({ ...(await params), tab: "overview" })
}

export default async function Page({ params }: Props) {
  return ListingTabPage({ ...(await params), tab: "overview" })
}
