import type { Metadata } from "next"
import { caller, load, shellSession } from "../../_lib/caller.ts"
import { requests as words } from "../../_lib/messages/requests.ts"
import { localeOf } from "../../_lib/page.ts"
import { paths } from "../../_lib/paths.ts"
import { Refused } from "../../_shell/refused.tsx"
import { ButtonLink } from "../../_ui/button.tsx"
import { Pager, Tabs } from "../../_ui/navigation.tsx"
import { PageHead } from "../../_ui/panel.tsx"
import { MyRequests, OpenRequests } from "./_parts/request-tables.tsx"

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ view?: string; after?: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].title }
}

/** A buyer's own requests; to a seller what others look for. A party that is both sees either. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const { view, after = null } = await searchParams
  const roles = (await shellSession())?.party?.roles ?? []
  const seller = roles.includes("seller")
  const open = seller && (view === "open" || !roles.includes("buyer"))
  const t = words[locale]
  const to = paths(locale)
  const api = await caller(locale)
  const found = await load(locale, async () =>
    open ? { open: await api.requests.open({ after }) } : { mine: await api.requests.mine({ after }) },
  )
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const answer = found.ok
  const next = answer.open?.next ?? answer.mine?.next ?? null
  const address = (from: string | null) => to.requests({ view: open ? "open" : null, after: from })
  return (
    <>
      <PageHead
        title={open ? t.openOnes : t.title}
        lead={open ? t.sellerLead : t.lead}
        actions={
          open ? (
            <ButtonLink href={to.newProduct()}>{t.listProduct}</ButtonLink>
          ) : (
            <ButtonLink variant="primary" href={to.newRequest()}>
              {t.post}
            </ButtonLink>
          )
        }
      />
      {seller && roles.includes("buyer") ? (
        <Tabs
          label={t.title}
          current={open ? "open" : "mine"}
          tabs={[
            { key: "mine", label: t.mine, href: to.requests() },
            { key: "open", label: t.openOnes, href: to.requests({ view: "open" }) },
          ]}
        />
      ) : null}
      {answer.open ? <OpenRequests page={answer.open} locale={locale} /> : null}
      {answer.mine ? <MyRequests page={answer.mine} locale={locale} /> : null}
      <Pager locale={locale} previous={after ? address(null) : null} next={next ? address(next) : null} />
    </>
  )
}
