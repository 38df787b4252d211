import { type Locale, readText } from "#contracts/localized-text.ts"
import { type Reason, type Refused, reasonSentence } from "#contracts/match.ts"
import type { Money as Amount } from "#contracts/money.ts"
import { explain } from "#contracts/rights/sentences.ts"
import type { ShownRanked, ShownRefused } from "#server/matching/queries.ts"
import { formatCount, formatMoney } from "../../../_lib/format.ts"
import { requests as words } from "../../../_lib/messages/requests.ts"
import { paths } from "../../../_lib/paths.ts"
import { Badge } from "../../../_ui/chip.tsx"
import { Icon } from "../../../_ui/icons.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Text } from "../../../_ui/values.tsx"
import { TakeMatch } from "./request-actions.tsx"
import { domainName } from "./request-tables.tsx"

/** What a ranked and a refused listing both show. */
type Named = Pick<ShownRanked, "listing" | "title" | "seller" | "domain" | "format">

/** What each reason can give at most, so that its bar says how much of it was got. */
const most: Record<Reason["code"], number> = {
  words: 500,
  uses: 200,
  price: 150,
  freshness: 100,
  format: 100,
  domain: 50,
}

/** The ranked listings, best first, each point with its reason. `round` is given while one can be taken. */
export function RankedList({
  ranked,
  round,
  locale,
}: {
  ranked: readonly ShownRanked[]
  round: string | null
  locale: Locale
}) {
  const t = words[locale]
  return (
    <ol className="grid gap-4">
      {ranked.map((one, order) => (
        <li key={one.listing} className="rounded-panel border border-line bg-surface p-4 shadow-panel">
          <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
            <div className="min-w-0">
              <p className="text-small text-ink-faint">{t.rank(order + 1)}</p>
              <ListingLine one={one} locale={locale} />
            </div>
            <p className="text-right">
              <span className="text-heading font-semibold">{formatCount(one.points, locale)}</span>{" "}
              <span className="text-small text-ink-faint">{t.points}</span>
            </p>
          </div>
          <Reasons reasons={one.reasons} locale={locale} />
          <div className="mt-4 flex flex-wrap items-center justify-between gap-3 border-t border-line pt-3">
            <p className="text-lead font-semibold">{priceText(one.price, locale)}</p>
            {round ? (
              <TakeMatch
                round={round}
                listing={one.listing}
                primary={order === 0}
                subject={`${readText(one.title, locale).text} · ${priceText(one.price, locale)}`}
                words={{ label: t.take, busy: t.taking, title: t.takeTitle, lead: t.takeLead }}
              />
            ) : null}
          </div>
        </li>
      ))}
    </ol>
  )
}

const priceText = (price: Amount | null, locale: Locale): string =>
  price === null || price.minor === "0" ? words[locale].free : formatMoney(price, locale)

function ListingLine({ one, locale }: { one: Named; locale: Locale }) {
  return (
    <>
      <h3 className="text-lead font-semibold wrap-anywhere">
        <Link href={paths(locale).listing(one.listing)}>
          <Text text={one.title} locale={locale} />
        </Link>
      </h3>
      <p className="mt-1 flex flex-wrap items-center gap-1.5 text-small text-ink-soft">
        {one.seller ? <Text text={one.seller} locale={locale} /> : null}
        <Badge>{one.format.toUpperCase()}</Badge>
        <Badge>{domainName(one.domain, locale)}</Badge>
      </p>
    </>
  )
}

function Reasons({ reasons, locale }: { reasons: readonly Reason[]; locale: Locale }) {
  const t = words[locale]
  return (
    <ul aria-label={t.why} className="mt-3 grid gap-x-8 gap-y-1.5 text-small sm:grid-cols-2">
      {reasons.map((reason) => (
        <li key={reason.code} className="grid grid-cols-[minmax(0,1fr)_4rem_2.5rem] items-center gap-2">
          <span className="text-ink-soft">{reasonSentence(reason, locale)}</span>
          <svg viewBox="0 0 64 6" aria-hidden="true" focusable="false" className="h-1.5 w-full">
            <rect width={64} height={6} rx={3} className="fill-sunken" />
            <rect
              width={(reason.points / most[reason.code]) * 64}
              height={6}
              rx={3}
              className="fill-accent"
            />
          </svg>
          <span className="text-right font-medium">+{reason.points}</span>
        </li>
      ))}
    </ul>
  )
}

/** What was refused before any points, with the rule that refused it. */
export function RefusedList({ refused, locale }: { refused: readonly ShownRefused[]; locale: Locale }) {
  return (
    <ul className="grid gap-px overflow-hidden rounded-panel border border-line bg-line">
      {refused.map((one) => (
        <li key={one.listing} className="flex gap-3 bg-surface px-4 py-3">
          <Icon name="stop" className="mt-1 shrink-0 text-bad" />
          <div className="min-w-0">
            <ListingLine one={one} locale={locale} />
            <p className="mt-1.5">{refusalSentence(one, locale)}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}

function refusalSentence(one: Refused, locale: Locale): string {
  const t = words[locale]
  if (one.refused === "own_listing") return t.ownListing
  if (one.refused === "purpose_not_permitted") return explain({ decision: "deny", rule: one.rule }, locale)
  return one.cheapest ? t.overCap(formatMoney(one.cheapest, locale)) : t.overCapCurrency
}
