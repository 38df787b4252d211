import type { Locale } from "#contracts/localized-text.ts"
import type { Reach } from "#server/supervision/queries.ts"
import { formatCount } from "../../../_lib/format.ts"
import { formatTime } from "../../../_lib/format-time.ts"
import { freezeWords } from "../../../_lib/messages/freeze-words.ts"
import { supervisedTrade } from "../../../_lib/messages/supervised-trade.ts"
import { supervision } from "../../../_lib/messages/supervision.ts"
import { tradeTone, tradeWords } from "../../../_lib/messages/trade-words.ts"
import { paths } from "../../../_lib/paths.ts"
import { StatusChip } from "../../../_ui/chip.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Panel, SectionHead, Stat, Stats } from "../../../_ui/panel.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Money, Text, Time } from "../../../_ui/values.tsx"

/** What a freeze would stop, before it is ordered. */
export function ReachPanel({ reach, locale }: { reach: Reach; locale: Locale }) {
  const t = freezeWords[locale]
  const { scope, target, name, open, trades, held, listings, now } = reach
  return (
    <>
      <Panel title={t.target}>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="text-ink-faint">{t.scopes[scope]}</span>
          {name ? (
            <strong className="font-semibold">
              <Text text={name} locale={locale} />
            </strong>
          ) : null}
          <Hash value={target} locale={locale} full />
        </p>
      </Panel>
      <section aria-labelledby="reach" className="min-w-0">
        <SectionHead id="reach" title={t.reach} actions={t.reachNow(formatTime(now, locale, "second"))} />
        <Stats>
          <Stat label={t.reachTrades} value={formatCount(open, locale)} />
          {scope === "trade" ? null : <Stat label={t.reachListings} value={formatCount(listings, locale)} />}
          <Stat
            label={t.reachHeld}
            value={
              held.length === 0 ? (
                t.reachHeldNone
              ) : (
                <span className="flex flex-wrap gap-x-3">
                  {held.map((amount) => (
                    <Money key={amount.currency} amount={amount} locale={locale} />
                  ))}
                </span>
              )
            }
          />
        </Stats>
      </section>
      <ReachedTrades trades={trades} open={open} locale={locale} />
    </>
  )
}

function ReachedTrades({ trades, open, locale }: { trades: Reach["trades"]; open: number; locale: Locale }) {
  const t = supervision[locale]
  const f = freezeWords[locale]
  const w = supervisedTrade[locale]
  const to = paths(locale)
  return (
    <div className="min-w-0">
      <SectionHead title={f.reachList} />
      <Table
        caption={f.reachList}
        rows={trades}
        rowKey={({ id }) => id}
        empty={<p className="text-ink-soft">{f.reachNone}</p>}
        columns={[
          {
            key: "trade",
            label: t.trade,
            heading: true,
            cell: ({ id }) => (
              <Link href={to.supervisedTrade(id)}>
                <Hash value={id} locale={locale} head={8} tail={6} bare />
              </Link>
            ),
          },
          {
            key: "state",
            label: t.state,
            cell: ({ state, frozenBy }) => (
              <span className="inline-flex gap-1.5">
                <StatusChip tone={tradeTone[state]}>{tradeWords[locale].states[state]}</StatusChip>
                {frozenBy ? <StatusChip tone="warn">{f.alreadyFrozen}</StatusChip> : null}
              </span>
            ),
          },
          {
            key: "deadline",
            label: w.deadline,
            cell: ({ deadline }) => (deadline ? <Time time={deadline} locale={locale} /> : "—"),
          },
        ]}
      />
      {open > trades.length ? (
        <p className="mt-2 text-small text-ink-faint">{f.reachMore(open - trades.length)}</p>
      ) : null}
    </div>
  )
}
