import type { Metadata } from "next"
import { domains, domainWords, formats } from "#contracts/listing.ts"
import { currencies } from "#contracts/money.ts"
import { dayMs, toMs, toTime } from "#contracts/time.ts"
import { caller, load } from "../../../_lib/caller.ts"
import { zones } from "../../../_lib/format-time.ts"
import { requests as words } from "../../../_lib/messages/requests.ts"
import { use as useWords } from "../../../_lib/messages/use.ts"
import { localeOf } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { Breadcrumbs } from "../../../_ui/navigation.tsx"
import { PageHead, Panel } from "../../../_ui/panel.tsx"
import { UseFields } from "../../../_use/use-fields.tsx"
import { RequestForm } from "../_parts/request-form.tsx"

type Props = { params: Promise<{ locale: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].newTitle }
}

/** Two weeks, where the buyer says nothing else. */
const usualDays = 14

export default async function Page({ params }: Props) {
  const locale = localeOf((await params).locale)
  const api = await caller(locale)
  const found = await load(locale, () => api.requests.mine({}))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const t = words[locale]
  const to = paths(locale)
  const day = (days: number) => toTime(toMs(found.ok.now) + days * dayMs).slice(0, 10)
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[{ label: t.title, href: to.requests() }, { label: t.newTitle }]}
      />
      <PageHead title={t.newTitle} lead={t.newLead} />
      <RequestForm
        locale={locale}
        currencies={Object.keys(currencies)}
        formats={formats.map((value) => ({ value, label: value.toUpperCase() }))}
        domains={[
          { value: "", label: t.any },
          ...domains.map((value) => ({ value, label: domainWords[value][locale] })),
        ]}
        days={{ first: day(0), usual: day(usualDays), last: day(365) }}
        words={{
          what: t.what,
          words: t.words,
          wordsHint: t.wordsHint,
          formats: t.formats,
          formatsHint: t.formatsHint,
          domain: t.domain,
          terms: t.terms,
          cap: t.cap,
          capHint: t.capHint,
          optional: t.optional,
          currency: t.currency,
          amountUnreadable: t.amountUnreadable,
          deadline: t.deadline,
          deadlineHint: t.deadlineHint(zones[locale].label),
          deadlineUnreadable: t.deadlineUnreadable,
          noAction: useWords[locale].noAction,
          post: t.post,
          posting: t.posting,
        }}
      >
        <Panel title={t.useTitle}>
          <UseFields locale={locale} />
        </Panel>
      </RequestForm>
    </>
  )
}
