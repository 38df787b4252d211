import { domainWords } from "#contracts/listing.ts"
import { type Locale, readText } from "#contracts/localized-text.ts"
import { decimal } from "#contracts/money.ts"
import { doors, paths } from "../../../_lib/paths.ts"
import type { ListingPage } from "./load-listing.ts"

/**
 * The listing as schema.org `Dataset`, for search engines. It is a data block, which no policy of the page runs;
 * `<` is written as an escape so that no text of a seller can end the element.
 */
export function DatasetMarkup({ page, locale }: { page: ListingPage; locale: Locale }) {
  const text = JSON.stringify(datasetMarkup(page, locale)).replaceAll("<", "\\u003c")
  return <script type="application/ld+json">{text}</script>
}

function datasetMarkup({ listing, seller, plans, profile, registration }: ListingPage, locale: Locale) {
  const title = readText(listing.title, locale)
  return {
    "@context": "https://schema.org",
    "@type": "Dataset",
    "@id": `urn:quanheng:listing:${listing.id}`,
    name: title.text,
    description: readText(listing.description, locale).text,
    inLanguage: title.lang,
    identifier: [listing.id, ...(registration.number ? [registration.number] : [])],
    version: listing.versionHash,
    keywords: domainWords[listing.domain][locale],
    datePublished: listing.publishedAt,
    creator: { "@type": "Organization", name: readText(seller.name, locale).text },
    license: doors.policy(listing.id),
    variableMeasured: profile.columns.slice(0, 100).map(({ name }) => name),
    isAccessibleForFree: plans.some(({ kind }) => kind === "free"),
    offers: plans.map(({ price }) => ({
      "@type": "Offer",
      price: decimal(price),
      priceCurrency: price.currency,
      url: paths(locale).listing(listing.id),
    })),
  }
}
