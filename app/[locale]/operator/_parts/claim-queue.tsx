import type { Locale } from "#contracts/localized-text.ts"
import { formatCount } from "../../../_lib/format.ts"
import { claims as words } from "../../../_lib/messages/claims.ts"
import { paths } from "../../../_lib/paths.ts"
import { ButtonLink } from "../../../_ui/button.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { type DebtCard, DebtList, type RefundCard, RefundList } from "./claims.tsx"

const kinds = ["refunds", "debts"] as const
export type ClaimKind = (typeof kinds)[number]

const labels = (locale: Locale): Record<ClaimKind, string> => ({
  refunds: words[locale].queueRefunds,
  debts: words[locale].queueDebts,
})

/** The two queues beside those of payments. */
export function ClaimLinks(props: {
  locale: Locale
  current: ClaimKind | null
  waiting: Record<ClaimKind, { count: number }>
}) {
  const { locale, current, waiting } = props
  return kinds.map((kind) => (
    <ButtonLink
      key={kind}
      size="small"
      variant={kind === current ? "secondary" : "quiet"}
      aria-current={kind === current ? "page" : undefined}
      href={paths(locale).operatorQueue("payments", { queue: kind })}
    >
      {labels(locale)[kind]}
      <span className="font-normal text-ink-faint">{formatCount(waiting[kind].count, locale)}</span>
    </ButtonLink>
  ))
}

export function ClaimPanel(props: {
  kind: ClaimKind
  page: { refunds: readonly RefundCard[]; debts: readonly DebtCard[] }
  locale: Locale
}) {
  const { kind, page, locale } = props
  const t = words[locale]
  const list =
    kind === "refunds" ? (
      <RefundList cards={page.refunds} locale={locale} linked />
    ) : (
      <DebtList cards={page.debts} locale={locale} />
    )
  return (
    <>
      <p className="mb-4 max-w-3xl text-ink-soft">
        {kind === "refunds" ? t.queueRefundsLead : t.queueDebtsLead}
      </p>
      {/* That nothing waits has a frame of its own. */}
      {page[kind].length === 0 ? list : <Panel title={labels(locale)[kind]}>{list}</Panel>}
    </>
  )
}
