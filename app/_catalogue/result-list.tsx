import { domainWords } from "#contracts/listing.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { readText } from "#contracts/localized-text.ts"
import type { SearchCard } from "#server/listings/search-store.ts"
import { formatBytes, formatCount } from "../_lib/format.ts"
import { formatDate } from "../_lib/format-time.ts"
import { languageTag } from "../_lib/locale.ts"
import { catalogue, formatNames } from "../_lib/messages/catalogue.ts"
import { paths } from "../_lib/paths.ts"
import { Icon } from "../_ui/icons.tsx"
import { QuietLink } from "../_ui/link.tsx"
import { Text } from "../_ui/values.tsx"
import { LowestPrice, UseMarks } from "./offer.tsx"

type Props = {
  cards: readonly SearchCard[]
  locale: Locale
  /** The level of each result's heading. */
  level?: 2 | 3
}

/** Listings as dense rows in one box: what it is, whose, what was measured, what may be done, what it costs. */
export function ResultList({ cards, locale, level = 3 }: Props) {
  return (
    <ul className="grid divide-y divide-line overflow-hidden rounded-panel border border-line bg-surface shadow-panel">
      {cards.map((card) => (
        <li key={card.id}>
          <Result card={card} locale={locale} level={level} />
        </li>
      ))}
    </ul>
  )
}

function Result({ card, locale, level }: { card: SearchCard; locale: Locale; level: 2 | 3 }) {
  const to = paths(locale)
  const Heading = level === 2 ? "h2" : "h3"
  const about = readText(card.description, locale)
  return (
    <article className="relative grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1 px-4 py-3 hover:bg-sunken/60">
      <div className="min-w-0">
        <Heading className="text-lead leading-6 font-semibold wrap-anywhere">
          <QuietLink href={to.listing(card.id)} className="after:absolute after:inset-0">
            <Text text={card.title} locale={locale} />
          </QuietLink>
        </Heading>
        <Origin card={card} locale={locale} />
      </div>
      <LowestPrice plans={card.plans} locale={locale} />
      <p
        className="col-span-2 line-clamp-2 max-w-4xl text-ink-soft sm:line-clamp-1"
        {...(about.lang === locale ? {} : { lang: languageTag[about.lang] })}
      >
        {about.text}
      </p>
      <div className="col-span-2 mt-0.5 flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
        <Measured card={card} locale={locale} />
        <UseMarks policy={card.policy} locale={locale} />
      </div>
    </article>
  )
}

function Origin({ card, locale }: { card: SearchCard; locale: Locale }) {
  const t = catalogue[locale]
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-small text-ink-faint">
      <span className="text-ink-soft">
        <Text text={card.seller.name} locale={locale} />
      </span>
      {card.seller.verified ? (
        <span className="inline-flex items-center gap-0.5 text-good">
          <Icon name="seal" size={11} />
          {t.verified}
        </span>
      ) : null}
      <span aria-hidden="true">·</span>
      <span>{domainWords[card.domain][locale]}</span>
      <span aria-hidden="true">·</span>
      <time dateTime={card.publishedAt}>{t.listed(formatDate(card.publishedAt, locale))}</time>
    </p>
  )
}

/** Figures measured by the platform stand together behind the sign of measuring. */
function Measured({ card, locale }: { card: SearchCard; locale: Locale }) {
  const t = catalogue[locale]
  const parts = [
    formatNames[card.format],
    t.rows(formatCount(card.rows, locale)),
    t.columns(formatCount(card.columns, locale)),
    formatBytes(card.bytes, locale),
  ]
  return (
    <p
      title={t.measuredHow}
      className="inline-flex items-center gap-1.5 rounded-control bg-accent-soft px-1.5 text-micro leading-5 font-medium text-accent-strong"
    >
      <Icon name="ruler" size={12} />
      {parts.join(" · ")}
    </p>
  )
}
