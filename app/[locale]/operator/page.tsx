import type { Metadata } from "next"
import type { Locale } from "#contracts/localized-text.ts"
import { toMs } from "#contracts/time.ts"
import { caller, load } from "../../_lib/caller.ts"
import { formatCount } from "../../_lib/format.ts"
import { formatDuration } from "../../_lib/format-time.ts"
import { balance } from "../../_lib/messages/balance.ts"
import { bankFiles } from "../../_lib/messages/bank-files.ts"
import { claims } from "../../_lib/messages/claims.ts"
import { finance } from "../../_lib/messages/finance.ts"
import { operator as words } from "../../_lib/messages/operator.ts"
import { paymentWords } from "../../_lib/messages/payment-words.ts"
import { remit } from "../../_lib/messages/remit.ts"
import { localeOf } from "../../_lib/page.ts"
import { operatorQueues, paths } from "../../_lib/paths.ts"
import { Refused } from "../../_shell/refused.tsx"
import { ButtonLink } from "../../_ui/button.tsx"
import { Icon } from "../../_ui/icons.tsx"
import { Link, QuietLink } from "../../_ui/link.tsx"
import { PageHead } from "../../_ui/panel.tsx"
import { KeyPanel } from "../ledger/_parts/key-panel.tsx"
import { waitingIn } from "./_parts/desk.tsx"

type Props = { params: Promise<{ locale: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].title }
}

/** The operator's desk: what waits in each queue, and for how long. */
export default async function Page({ params }: Props) {
  const locale = localeOf((await params).locale)
  const api = await caller(locale)
  const [found, log] = await Promise.all([
    load(locale, () => api.operations.overview()),
    load(locale, () => api.ledger.overview()),
  ])
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const overview = found.ok
  const t = words[locale]
  const to = paths(locale)
  const age = (since: string) => formatDuration(toMs(overview.now) - toMs(since), locale)
  return (
    <>
      <PageHead
        title={t.title}
        lead={t.lead}
        actions={
          <>
            <ButtonLink href={to.finance()}>
              {finance[locale].title}
              {overview.alerts.count > 0 ? (
                <span className="font-normal text-danger">
                  {finance[locale].alertsWait(formatCount(overview.alerts.count, locale))}
                </span>
              ) : null}
            </ButtonLink>
            <ButtonLink href={to.regulators()}>{remit[locale].title}</ButtonLink>
          </>
        }
      />
      <ul className="grid gap-4 md:grid-cols-2">
        {operatorQueues.map((queue) => {
          const { count, oldest } = waitingIn(overview, queue)
          return (
            <li
              key={queue}
              className="flex flex-col rounded-panel border border-line bg-surface p-5 shadow-panel"
            >
              <div className="flex items-start justify-between gap-4">
                <h2 className="text-lead font-semibold">
                  <QuietLink href={to.operatorQueue(queue)}>{t.queues[queue]}</QuietLink>
                </h2>
                <p className="text-right">
                  <span className={count > 0 ? "text-heading font-semibold" : "text-heading text-ink-faint"}>
                    {formatCount(count, locale)}
                  </span>{" "}
                  <span className="text-small text-ink-faint">{t.waiting}</span>
                </p>
              </div>
              <p className="mt-1 mb-4 grow text-ink-soft">{t.queueLeads[queue]}</p>
              {queue === "payments" ? <Kinds locale={locale} of={overview} /> : null}
              <p className="flex items-baseline justify-between gap-4 border-t border-line pt-3 text-small">
                <span className="flex items-center gap-1.5 text-ink-faint">
                  <Icon name={oldest ? "clock" : "check"} size={13} />
                  {oldest ? t.oldest(age(oldest)) : t.nothingWaits}
                </span>
                <Link href={to.operatorQueue(queue)}>
                  {t.openQueue}
                  <span className="sr-only"> {t.queues[queue]}</span>
                </Link>
              </p>
            </li>
          )
        })}
      </ul>
      <div className="mt-4">
        <KeyPanel log={log.ok?.log ?? null} locale={locale} />
      </div>
    </>
  )
}

type Waits<Kind extends string> = Record<Kind, { count: number }>
type Kinds = {
  payments: Waits<"receipts" | "payouts" | "stuck" | "late">
  claims: Waits<"refunds" | "debts">
  balances: Waits<"topUps" | "withdrawals">
  bankLines: { count: number }
}

/** All the queues of money, each with how much waits: what the card counts, and payments that may never come. */
function Kinds({ locale, of }: { locale: Locale; of: Kinds }) {
  const t = paymentWords[locale]
  const to = paths(locale)
  const queue = (kind: string) => to.operatorQueue("payments", { queue: kind })
  const kinds = [
    ...(["receipts", "payouts", "stuck", "late"] as const).map((kind) => ({
      label: t.paymentQueues[kind],
      href: queue(kind),
      ...of.payments[kind],
    })),
    { label: claims[locale].queueRefunds, href: queue("refunds"), ...of.claims.refunds },
    { label: claims[locale].queueDebts, href: queue("debts"), ...of.claims.debts },
    { label: balance[locale].queueTopUps, href: queue("topUps"), ...of.balances.topUps },
    { label: balance[locale].queueWithdrawals, href: queue("withdrawals"), ...of.balances.withdrawals },
    { label: bankFiles[locale].title, href: to.bankFiles(), ...of.bankLines },
  ]
  return (
    <ul className="mb-4 flex flex-wrap gap-2 text-small">
      {kinds.map(({ label, href, count }) => (
        <li key={href}>
          <Link
            href={href}
            className="inline-flex h-7 items-center gap-1.5 rounded-round border border-line px-3 text-ink-soft hover:border-accent hover:text-accent"
          >
            {label}
            <span className="text-ink-faint">{formatCount(count, locale)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
