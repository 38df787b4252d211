import type { Metadata } from "next"
import { actingRoles } from "../../../../_lib/acting.ts"
import { caller, load } from "../../../../_lib/caller.ts"
import { corrections as words } from "../../../../_lib/messages/corrections.ts"
import { finance } from "../../../../_lib/messages/finance.ts"
import { operator } from "../../../../_lib/messages/operator.ts"
import { localeOf } from "../../../../_lib/page.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Refused } from "../../../../_shell/refused.tsx"
import { Breadcrumbs } from "../../../../_ui/navigation.tsx"
import { PageHead, Panel } from "../../../../_ui/panel.tsx"
import { Money } from "../../../../_ui/values.tsx"
import { PayTax } from "./_parts/actions.tsx"
import { Corrections, Suspense } from "./_parts/tables.tsx"

type Props = { params: Promise<{ locale: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].title }
}

/** What is booked by hand, by two people: lines in suspense, and tax that was paid. */
export default async function Page({ params }: Props) {
  const locale = localeOf((await params).locale)
  const api = await caller(locale)
  const [found, roles] = await Promise.all([load(locale, () => api.corrections.list()), actingRoles()])
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { corrections, lines, journals, payable } = found.ok
  const t = words[locale]
  const to = paths(locale)
  const operates = roles.includes("operator")
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[
          ...(operates ? [{ label: operator[locale].title, href: to.operator() }] : []),
          { label: finance[locale].title, href: to.finance() },
          { label: t.title },
        ]}
      />
      <PageHead
        title={t.title}
        lead={t.lead}
        actions={
          operates && payable.length > 0 ? (
            <PayTax
              currencies={payable.map(({ currency }) => currency)}
              words={{
                label: t.payTax,
                busy: t.explaining,
                title: t.payTaxTitle,
                lead: t.payTaxLead,
                amount: t.amount,
                currency: t.currency,
                document: t.document,
                note: t.note,
                unreadable: t.unreadable,
              }}
            />
          ) : null
        }
      />
      <div className="grid gap-6">
        <Suspense lines={lines} journals={journals} locale={locale} operates={operates} />
        <Panel title={t.tax}>
          {payable.length === 0 ? (
            <p className="text-ink-soft">{t.taxNone}</p>
          ) : (
            <ul className="flex flex-wrap gap-x-8 gap-y-2">
              {payable.map((amount) => (
                <li key={amount.currency} className="text-lead font-semibold">
                  <Money amount={amount} locale={locale} />
                </li>
              ))}
            </ul>
          )}
        </Panel>
        <section className="grid gap-3">
          <h2 className="font-semibold text-lead">{t.asked}</h2>
          <Corrections corrections={corrections} locale={locale} operates={operates} />
        </section>
      </div>
    </>
  )
}
