import type { Metadata } from "next"
import { describeUse } from "#contracts/rights/sentences.ts"
import { caller, load } from "../../../_lib/caller.ts"
import { formatCount } from "../../../_lib/format.ts"
import { formatTime } from "../../../_lib/format-time.ts"
import { requestTone, requests as words } from "../../../_lib/messages/requests.ts"
import { localeOf, orNotFound } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { ButtonLink } from "../../../_ui/button.tsx"
import { StatusChip } from "../../../_ui/chip.tsx"
import { Countdown } from "../../../_ui/countdown.tsx"
import { DefinitionList } from "../../../_ui/definition-list.tsx"
import { Icon } from "../../../_ui/icons.tsx"
import { Breadcrumbs } from "../../../_ui/navigation.tsx"
import { Columns, PageHead, Panel } from "../../../_ui/panel.tsx"
import { Callout, EmptyState } from "../../../_ui/states.tsx"
import { Money, Time } from "../../../_ui/values.tsx"
import { CloseRequest, MatchButton } from "../_parts/request-actions.tsx"
import { domainName, formatNames, RequestWords } from "../_parts/request-tables.tsx"
import { EarlierRounds, RoundSection } from "../_parts/round-section.tsx"

type Props = {
  params: Promise<{ locale: string; id: string }>
  searchParams: Promise<{ round?: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].title }
}

/** One request: what is needed and until when, and what the market found for it. */
export default async function Page({ params, searchParams }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  const { round: chosen } = await searchParams
  const api = await caller(locale)
  const found = orNotFound(
    await load(locale, async () => {
      const page = await api.requests.page({ request: id as never })
      const round = chosen ? await api.requests.round({ round: chosen as never }) : page.round
      return { ...page, shown: round }
    }),
  )
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { request, round, shown, earlier, now } = found.ok
  const t = words[locale]
  const to = paths(locale)
  const open = request.state === "open"
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[{ label: t.title, href: to.requests() }, { label: request.words }]}
      />
      <PageHead
        title={<RequestWords of={request} locale={locale} />}
        chips={<StatusChip tone={requestTone[request.state]}>{t.states[request.state]}</StatusChip>}
        actions={
          open ? (
            <>
              <CloseRequest
                request={request.id}
                words={{ label: t.close, busy: t.closing, title: t.closeTitle, lead: t.closeLead }}
              />
              <MatchButton
                first={round === null}
                request={request.id}
                words={{ label: round ? t.matchAgain : t.match, busy: t.matching }}
              />
            </>
          ) : null
        }
      />
      <Columns
        side={
          <>
            {open ? (
              <div className="rounded-panel bg-accent-soft px-4 py-3">
                <p className="flex flex-wrap items-center gap-x-2 font-medium text-accent-strong">
                  <Icon name="clock" size={13} />
                  <Countdown deadline={request.deadline} now={now} locale={locale} />
                </p>
                <p className="mt-0.5 text-small text-ink-soft">
                  <Time time={request.deadline} locale={locale} />
                  <br />
                  {t.byDeadline}
                </p>
              </div>
            ) : null}
            <Panel title={t.facts}>
              <DefinitionList
                compact
                items={[
                  { term: t.use, value: describeUse(request.use, locale) },
                  {
                    term: t.cap,
                    value: request.cap ? <Money amount={request.cap} locale={locale} /> : t.noCap,
                  },
                  { term: t.columns.formats, value: formatNames(request.formats, locale) },
                  { term: t.domain, value: domainName(request.domain, locale) },
                  { term: t.posted, value: <Time time={request.postedAt} locale={locale} /> },
                ]}
              />
            </Panel>
            {earlier.length > 0 || chosen ? (
              <EarlierRounds
                request={request.id}
                locale={locale}
                rounds={[...(round ? [{ ...round, ranked: round.ranked.length }] : []), ...earlier]}
                shown={shown?.id ?? null}
              />
            ) : null}
          </>
        }
      >
        {request.trade ? (
          <Callout
            tone="good"
            title={t.takenLead}
            actions={<ButtonLink href={to.trade(request.trade)}>{t.trade}</ButtonLink>}
          />
        ) : null}
        {request.state === "closed" || request.state === "expired" ? (
          <Callout>{t.endedLead[request.state]}</Callout>
        ) : null}
        {shown ? (
          <RoundSection
            round={shown}
            takeable={open}
            locale={locale}
            summary={t.roundOf(formatCount(shown.candidates, locale), formatTime(shown.at, locale, "second"))}
          />
        ) : (
          <EmptyState title={t.noRound}>{t.matchLead}</EmptyState>
        )}
      </Columns>
    </>
  )
}
