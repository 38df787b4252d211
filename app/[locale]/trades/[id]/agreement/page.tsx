import type { Metadata } from "next"
import { readText } from "#contracts/localized-text.ts"
import { caller, load } from "../../../../_lib/caller.ts"
import { languageTag } from "../../../../_lib/locale.ts"
import { trade as words } from "../../../../_lib/messages/trade.ts"
import { localeOf, orNotFound } from "../../../../_lib/page.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Refused } from "../../../../_shell/refused.tsx"
import { Hash } from "../../../../_ui/hash.tsx"
import { Breadcrumbs } from "../../../../_ui/navigation.tsx"
import { PageHead, Panel } from "../../../../_ui/panel.tsx"
import { ConfirmButton } from "../../_parts/trade-actions.tsx"

type Props = { params: Promise<{ locale: string; id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].agreement }
}

/** The text that is confirmed, exactly as its hash names it, in the language it was made in. */
export default async function Page({ params }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  const api = await caller(locale)
  const found = orNotFound(await load(locale, () => api.trades.page({ trade: id as never })))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { trade, agreement, title, side } = found.ok
  const t = words[locale]
  const to = paths(locale)
  const confirmed = trade.confirmations.some((one) => one.side === side)
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[
          { label: t.all, href: to.trades() },
          { label: readText(title, locale).text, href: to.trade(trade.id) },
          { label: t.agreement },
        ]}
      />
      <PageHead title={t.agreement} lead={<Hash value={trade.agreementHash} locale={locale} />} />
      <Panel
        footer={trade.state === "proposed" && side ? t.confirmLead : undefined}
        actions={
          trade.state === "proposed" && side ? (
            <ConfirmButton
              trade={trade.id}
              agreementHash={trade.agreementHash}
              words={{ label: t.confirm, busy: t.confirming }}
              why={confirmed ? t.youConfirmed : null}
            />
          ) : null
        }
      >
        <div
          lang={agreement ? languageTag[agreement.locale] : undefined}
          className="max-w-prose whitespace-pre-wrap wrap-anywhere"
        >
          {agreement?.text}
        </div>
      </Panel>
    </>
  )
}
