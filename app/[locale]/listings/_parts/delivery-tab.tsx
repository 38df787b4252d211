import type { Locale } from "#contracts/localized-text.ts"
import { fetchLimits } from "#contracts/rights.ts"
import { hourMs } from "#contracts/time.ts"
import { formatCount } from "../../../_lib/format.ts"
import { formatDuration } from "../../../_lib/format-time.ts"
import { formatNames } from "../../../_lib/messages/catalogue.ts"
import { listing as words } from "../../../_lib/messages/listing.ts"
import { CodeBlock } from "../../../_ui/code-block.tsx"
import { Panel, SectionHead } from "../../../_ui/panel.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Money } from "../../../_ui/values.tsx"
import type { ListingPage } from "./load-listing.ts"

/** How a buyer gets the data, within which time, and how it is checked against what is listed. */
export function DeliveryTab({ page, locale }: { page: ListingPage; locale: Locale }) {
  const t = words[locale]
  const { listing, manifest, plans } = page
  const { count } = fetchLimits(listing.policy)
  const span = (hours: number) => formatDuration(hours * hourMs, locale)
  return (
    <>
      <Panel title={t.deliveryTitle}>
        <p>{t.deliveryLead(formatNames[listing.format])}</p>
        <ol className="mt-3 grid list-decimal gap-2 pl-5 text-ink-soft marker:text-ink-faint">
          {t.deliverySteps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Panel>
      <div>
        <SectionHead title={t.deliveryWindows} />
        <Table
          caption={t.deliveryWindows}
          rows={plans}
          rowKey={({ id }) => id}
          columns={[
            {
              key: "plan",
              label: t.windowColumns.plan,
              heading: true,
              cell: ({ price, kind }) =>
                kind === "free" ? t.planKinds.free : <Money amount={price} locale={locale} />,
            },
            {
              key: "delivery",
              label: t.windowColumns.delivery,
              cell: ({ deliveryHours }) => span(deliveryHours),
            },
            {
              key: "acceptance",
              label: t.windowColumns.acceptance,
              cell: ({ acceptanceHours }) => span(acceptanceHours),
            },
            {
              key: "downloads",
              label: t.windowColumns.downloads,
              align: "right",
              cell: () => (count === null ? t.unlimited : formatCount(count, locale)),
            },
          ]}
        />
      </div>
      <CodeBlock
        locale={locale}
        title={t.checkTitle}
        code={manifest.files
          .map(({ name, sha256 }) => `printf '%s  %s\\n' ${sha256} ${quoted(name)} | sha256sum --check`)
          .join("\n")}
      />
    </>
  )
}

/** POSIX shell quoting of a file in the current folder. */
const quoted = (name: string): string => `'./${name.replaceAll("'", "'\\''")}'`
