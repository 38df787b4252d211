import type { Metadata } from "next"
import { actingRoles } from "../../../_lib/acting.ts"
import { caller, load } from "../../../_lib/caller.ts"
import { formatCount } from "../../../_lib/format.ts"
import { formatTime } from "../../../_lib/format-time.ts"
import { chargeback } from "../../../_lib/messages/chargeback.ts"
import { corrections } from "../../../_lib/messages/corrections.ts"
import { finance as words } from "../../../_lib/messages/finance.ts"
import { localeOf } from "../../../_lib/page.ts"
import { doors, paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { ButtonLink } from "../../../_ui/button.tsx"
import { PageHead } from "../../../_ui/panel.tsx"
import { CheckNow } from "./_parts/actions.tsx"
import { Alerts } from "./_parts/alerts.tsx"
import { Balances, Held } from "./_parts/balances.tsx"
import { Runs } from "./_parts/runs.tsx"

type Props = { params: Promise<{ locale: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].title }
}

/** The book, and whether it is the provider's; for the operator, and for who supervises funds. */
export default async function Page({ params }: Props) {
  const locale = localeOf((await params).locale)
  const api = await caller(locale)
  const [found, roles] = await Promise.all([load(locale, () => api.finance.overview()), actingRoles()])
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { balances, held, alerts, runs, audited, toConfirm } = found.ok
  const t = words[locale]
  const to = paths(locale)
  const operates = roles.includes("operator")
  return (
    <>
      <PageHead
        title={t.title}
        lead={
          <>
            <p>{t.lead}</p>
            <p className="mt-1 text-small text-ink-faint">
              {audited ? t.audited(formatTime(audited, locale)) : t.neverAudited}
            </p>
          </>
        }
        actions={
          <>
            <ButtonLink href={to.journals()}>{t.journals}</ButtonLink>
            <ButtonLink href={to.corrections()}>
              {corrections[locale].title}
              {toConfirm > 0 ? (
                <span className="text-ink-faint">
                  {corrections[locale].waiting(formatCount(toConfirm, locale))}
                </span>
              ) : null}
            </ButtonLink>
            {operates ? <ButtonLink href={to.payouts()}>{chargeback[locale].payouts}</ButtonLink> : null}
            <ButtonLink href={doors.bookFile()} download>
              {t.export}
            </ButtonLink>
            {operates ? <CheckNow words={{ label: t.check, busy: t.checking }} /> : null}
          </>
        }
      />
      <div className="grid gap-6">
        <Alerts alerts={alerts} locale={locale} mayClose={operates} />
        <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <Balances balances={balances} locale={locale} />
          <Held held={held} locale={locale} />
        </div>
        <Runs runs={runs} locale={locale} />
      </div>
    </>
  )
}
