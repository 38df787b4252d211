import type { ReactNode } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import { home } from "../_lib/messages/home.ts"
import { paths } from "../_lib/paths.ts"
import { Icon, type IconName } from "../_ui/icons.tsx"
import { Link } from "../_ui/link.tsx"
import { SectionHead } from "../_ui/panel.tsx"
import { SearchBox } from "../_ui/search.tsx"
import { Steelyard } from "./steelyard.tsx"

type HomeFrameProps = {
  locale: Locale
  /** The newest listings, as the page draws them; the section is left out while there are none. */
  latest?: ReactNode
  /** The ledger's head: size, root, time. */
  ledgerHead?: ReactNode
}

/** The front page: what this is in one sentence, the search, and three promises with a link to their evidence. */
export function HomeFrame({ locale, latest, ledgerHead }: HomeFrameProps) {
  const t = home[locale]
  const to = paths(locale)
  return (
    <div className="grid gap-14">
      <Hero locale={locale} />
      {latest ? (
        <section aria-labelledby="latest">
          <SectionHead id="latest" title={t.latest} actions={<Link href={to.search()}>{t.latestAll}</Link>} />
          {latest}
        </section>
      ) : null}
      <section aria-labelledby="promises">
        <SectionHead id="promises" title={t.promises} />
        <div className="grid gap-px overflow-hidden rounded-panel border border-line bg-line md:grid-cols-3">
          <Pledge icon="scale" words={t.rights} href={to.search({ use: "train" })} />
          <Pledge icon="lock" words={t.money} href={to.ledger({ type: "payment" })} />
          <Pledge icon="chain" words={t.proof} href={to.verify()} />
        </div>
      </section>
      {ledgerHead ? (
        <section aria-labelledby="head">
          <SectionHead id="head" title={t.ledgerHead} />
          {ledgerHead}
        </section>
      ) : null}
    </div>
  )
}

function Hero({ locale }: { locale: Locale }) {
  const t = home[locale]
  const to = paths(locale)
  const quick = [
    { label: t.quickLinks.train, href: to.search({ use: "train" }) },
    { label: t.quickLinks.commercialise, href: to.search({ use: "commercialise" }) },
    { label: t.quickLinks.distribute, href: to.search({ use: "distribute" }) },
    { label: t.quickLinks.transferAbroad, href: to.search({ use: "transfer-abroad" }) },
    { label: t.quickLinks.free, href: to.search({ price: "free" }) },
  ]
  return (
    <div className="grid items-center gap-10 pt-4 lg:grid-cols-[minmax(0,1fr)_26rem] lg:gap-16 lg:pt-10">
      <div>
        <h1 className="text-[2rem] leading-[1.2] font-semibold sm:text-display">{t.headline}</h1>
        <p className="mt-4 max-w-2xl text-lead text-ink-soft">{t.lead}</p>
        <div className="mt-7 max-w-2xl">
          <SearchBox
            locale={locale}
            size="large"
            action={to.search()}
            label={t.search}
            placeholder={t.placeholder}
          />
        </div>
        <nav aria-label={t.quick} className="mt-4 flex flex-wrap items-center gap-2 text-small">
          <span className="text-ink-faint">{t.quick}</span>
          {quick.map((link) => (
            <Link
              key={link.href}
              href={link.href}
              className="inline-flex h-7 items-center rounded-round border border-line bg-surface px-3 text-ink-soft hover:border-accent hover:text-accent"
            >
              {link.label}
            </Link>
          ))}
        </nav>
      </div>
      <div className="max-lg:hidden">
        <Steelyard locale={locale} />
      </div>
    </div>
  )
}

type PledgeProps = { icon: IconName; words: { title: string; text: string; evidence: string }; href: string }

function Pledge({ icon, words, href }: PledgeProps) {
  return (
    <div className="flex flex-col gap-2 bg-surface p-5">
      <Icon name={icon} size={22} className="mb-1 text-accent" />
      <h3 className="text-lead font-semibold">{words.title}</h3>
      <p className="grow text-ink-soft">{words.text}</p>
      <p className="mt-1">
        <Link href={href}>{words.evidence}</Link>
      </p>
    </div>
  )
}
