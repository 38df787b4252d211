import type { Locale } from "#contracts/localized-text.ts"
import { labels, labelWords } from "#contracts/rights/labels.ts"
import { mayMayNotMust } from "#contracts/rights/sentences.ts"
import { evidenceItems } from "../../../_catalogue/evidence.tsx"
import { listing as words } from "../../../_lib/messages/listing.ts"
import { doors } from "../../../_lib/paths.ts"
import { ClaimChip } from "../../../_ui/chip.tsx"
import { DefinitionList } from "../../../_ui/definition-list.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { linkLook } from "../../../_ui/link.tsx"
import { Panel, SectionHead } from "../../../_ui/panel.tsx"
import { MayMayNotMust } from "../../../_ui/rights.tsx"
import type { ListingPage } from "./load-listing.ts"
import { Strip } from "./overview.tsx"

/** What may be done, how far the market can hold it, and on what evidence the seller may sell. */
export function RightsTab({ page, locale }: { page: ListingPage; locale: Locale }) {
  const t = words[locale]
  const { listing, registration } = page
  return (
    <>
      <section aria-labelledby="rights">
        <SectionHead
          id="rights"
          title={t.rightsTitle}
          actions={<ClaimChip claim="declared" locale={locale} />}
        />
        <MayMayNotMust locale={locale} {...mayMayNotMust(listing.policy, locale)} />
        <dl className="mt-3 grid gap-x-6 gap-y-2 text-small sm:grid-cols-3">
          {labels.map((label) => (
            <div key={label}>
              <dt className="font-medium">{capital(labelWords[label][locale])}</dt>
              <dd className="text-ink-faint">{labelWords[label].meaning[locale]}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-small text-ink-faint">
          <span className="inline-flex flex-wrap items-center gap-x-1.5">
            {t.policyHash} <Hash value={listing.policyHash} locale={locale} />
          </span>
          <a className={linkLook} href={doors.policy(listing.id)}>
            {t.policyFile}
          </a>
        </p>
      </section>
      <section aria-labelledby="strip">
        <SectionHead id="strip" title={t.stripTitle} />
        <Strip page={page} locale={locale} />
      </section>
      <Panel
        title={t.evidenceTitle}
        actions={<ClaimChip claim="declared" locale={locale} />}
        footer={t.evidenceLead}
      >
        <DefinitionList
          items={[
            ...(registration.number ? [{ term: t.registered, value: registration.number }] : []),
            ...evidenceItems(registration.evidence, locale),
            { term: t.registrationHash, value: <Hash value={registration.termsHash} locale={locale} /> },
          ]}
        />
      </Panel>
    </>
  )
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
