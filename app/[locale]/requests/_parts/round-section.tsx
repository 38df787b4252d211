import type { Locale } from "#contracts/localized-text.ts"
import type { ShownRound } from "#server/matching/queries.ts"
import { formatCount } from "../../../_lib/format.ts"
import { requests as words } from "../../../_lib/messages/requests.ts"
import { paths } from "../../../_lib/paths.ts"
import { StatusChip } from "../../../_ui/chip.tsx"
import { DefinitionList } from "../../../_ui/definition-list.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Panel, SectionHead } from "../../../_ui/panel.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Time } from "../../../_ui/values.tsx"
import { RankedList, RefusedList } from "./match-list.tsx"
import { RunAgain } from "./run-again.tsx"

/** One matching round: what was ranked, what was refused, and how to check both. */
export function RoundSection(props: {
  round: ShownRound
  takeable: boolean
  locale: Locale
  summary: string
}) {
  const { round, takeable, locale, summary } = props
  const t = words[locale]
  return (
    <>
      <section aria-labelledby="ranked">
        <SectionHead
          id="ranked"
          title={`${t.round} (${formatCount(round.ranked.length, locale)})`}
          actions={<span className="text-ink-faint">{summary}</span>}
        />
        {round.ranked.length === 0 ? (
          <EmptyState title={t.noRanked}>{t.noRankedLead}</EmptyState>
        ) : (
          <RankedList ranked={round.ranked} round={takeable ? round.id : null} locale={locale} />
        )}
      </section>
      {round.refused.length > 0 ? (
        <section aria-labelledby="refused">
          <SectionHead
            id="refused"
            title={`${t.refused} (${formatCount(round.refused.length, locale)})`}
            actions={<span className="text-ink-faint">{t.refusedLead}</span>}
          />
          <RefusedList refused={round.refused} locale={locale} />
        </section>
      ) : null}
      {round.unrelated > 0 ? (
        <p className="text-ink-faint">
          {t.unrelated(formatCount(round.unrelated, locale), round.unrelated === 1)}
        </p>
      ) : null}
      <RoundProof round={round} locale={locale} />
    </>
  )
}

function RoundProof({ round, locale }: { round: ShownRound; locale: Locale }) {
  const t = words[locale]
  return (
    <Panel title={t.proof}>
      <div className="grid gap-4">
        <p className="max-w-prose text-ink-soft">{t.proofLead}</p>
        <DefinitionList
          items={[
            { term: t.rules, value: <code className="font-mono text-small">{round.rules}</code> },
            { term: t.inputsHash, value: <Hash value={round.inputsHash} locale={locale} /> },
            { term: t.resultHash, value: <Hash value={round.resultHash} locale={locale} /> },
            {
              term: t.records,
              value: <Link href={paths(locale).ledger({ q: round.id })}>{round.id}</Link>,
            },
            {
              term: t.serverRerun,
              value: (
                <StatusChip tone={round.rerun.same ? "good" : "bad"}>
                  {round.rerun.same ? t.serverSame : t.serverDifferent}
                </StatusChip>
              ),
            },
          ]}
        />
        <RunAgain
          round={round.id}
          locale={locale}
          words={{
            rerun: t.rerun,
            rerunning: t.rerunning,
            same: t.same,
            different: t.different,
            computed: t.computed,
            download: t.download,
            inputsHash: t.inputsHash,
            resultHash: t.resultHash,
          }}
        />
      </div>
    </Panel>
  )
}

/** Every round so far as a link; the newest is shown unless another is chosen. */
export function EarlierRounds(props: {
  request: string
  rounds: readonly { id: string; at: string; ranked: number }[]
  shown: string | null
  locale: Locale
}) {
  const { request, rounds, shown, locale } = props
  const t = words[locale]
  const to = paths(locale)
  return (
    <Panel title={t.earlier}>
      <ul className="grid gap-1 text-small">
        {rounds.map(({ id, at, ranked }, order) => (
          <li key={id} className="flex min-h-6 items-center justify-between gap-3">
            <Link
              href={order === 0 ? to.request(request) : to.request(request, { round: id })}
              aria-current={id === shown ? "true" : undefined}
            >
              <Time time={at} locale={locale} precision="second" />
            </Link>
            <span className="text-ink-faint">{t.earlierOf(ranked)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
