import type { Metadata } from "next"
import { word } from "#contracts/ledger/sentences/words.ts"
import { recordSentence } from "#contracts/ledger/sentences.ts"
import { readText } from "#contracts/localized-text.ts"
import { caller, load } from "../../../../_lib/caller.ts"
import { formatDeadline } from "../../../../_lib/format-time.ts"
import { chargebackTone, chargeback as words } from "../../../../_lib/messages/chargeback.ts"
import { operator } from "../../../../_lib/messages/operator.ts"
import { localeOf, orNotFound } from "../../../../_lib/page.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Refused } from "../../../../_shell/refused.tsx"
import { StatusChip } from "../../../../_ui/chip.tsx"
import { DefinitionList } from "../../../../_ui/definition-list.tsx"
import { Hash } from "../../../../_ui/hash.tsx"
import { Link } from "../../../../_ui/link.tsx"
import { Breadcrumbs } from "../../../../_ui/navigation.tsx"
import { Columns, PageHead, Panel } from "../../../../_ui/panel.tsx"
import { Callout } from "../../../../_ui/states.tsx"
import { Timeline } from "../../../../_ui/timeline.tsx"
import { Money, Text, Time } from "../../../../_ui/values.tsx"
import { Journals } from "../../../trades/_parts/journals.tsx"
import { Calls } from "../../_parts/calls.tsx"
import { ChargebackStep } from "../../_parts/chargeback-actions.tsx"

type Props = { params: Promise<{ locale: string; id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].one }
}

/** One chargeback: until when it may be answered, what is sent, what was booked, and how it ended. */
export default async function Page({ params }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  const api = await caller(locale)
  const found = orNotFound(await load(locale, () => api.chargebacks.page({ chargeback: id as never })))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const page = found.ok
  const { chargeback } = page
  const t = words[locale]
  const to = paths(locale)
  const isOverdue = chargeback.dueBy !== null && chargeback.dueBy <= page.now
  const mayAnswer = chargeback.state === "opened" && !isOverdue && !page.own
  const next = page.own
    ? t.ownMatter
    : isOverdue && chargeback.state === "opened"
      ? t.overdue
      : t.nexts[chargeback.state]
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[
          { label: operator[locale].title, href: to.operator() },
          { label: t.title, href: to.operatorQueue("chargebacks") },
          { label: readText(page.title, locale).text },
        ]}
      />
      <PageHead
        title={<Text text={page.title} locale={locale} />}
        chips={<StatusChip tone={chargebackTone[chargeback.state]}>{t.states[chargeback.state]}</StatusChip>}
        lead={<Hash value={chargeback.id} locale={locale} head={10} />}
      />
      <Columns
        sideFirst
        side={
          <>
            <Panel
              title={t.next}
              actions={
                chargeback.state === "opened" && chargeback.dueBy ? (
                  <span className="text-small text-ink-faint">
                    {formatDeadline(chargeback.dueBy, page.now, locale)}
                  </span>
                ) : null
              }
            >
              <div className="grid gap-4">
                <p className="text-ink-soft">{next}</p>
                {mayAnswer ? (
                  <div className="flex flex-wrap gap-2">
                    <ChargebackStep
                      chargeback={chargeback.id}
                      step="answer"
                      words={{
                        label: t.send,
                        busy: t.sending,
                        title: t.sendTitle,
                        lead: t.sendLead,
                        more: t.sendHash,
                      }}
                    />
                    <ChargebackStep
                      chargeback={chargeback.id}
                      step="accept"
                      words={{ label: t.accept, busy: t.accepting, title: t.acceptTitle, lead: t.acceptLead }}
                    />
                  </div>
                ) : null}
              </div>
            </Panel>
            <Panel title={t.facts}>
              <DefinitionList
                compact
                items={[
                  { term: t.amount, value: <Money amount={chargeback.amount} locale={locale} /> },
                  { term: t.fee, value: <Money amount={chargeback.fee} locale={locale} /> },
                  { term: t.reason, value: word(chargeback.reason, locale) },
                  { term: t.openedAt, value: <Time time={chargeback.openedAt} locale={locale} /> },
                  ...(chargeback.dueBy
                    ? [{ term: t.dueBy, value: <Time time={chargeback.dueBy} locale={locale} /> }]
                    : []),
                  { term: t.buyer, value: <Text text={page.buyerName} locale={locale} /> },
                  { term: t.seller, value: <Text text={page.sellerName} locale={locale} /> },
                  {
                    term: t.payment,
                    value: (
                      <Link href={to.operatorItem("payments", chargeback.payment)}>{t.openPayment}</Link>
                    ),
                  },
                  {
                    term: t.reference,
                    value: <code className="font-mono text-small">{chargeback.reference}</code>,
                  },
                ]}
              />
            </Panel>
          </>
        }
      >
        <Panel title={page.sent ? t.evidenceSent : t.evidenceDraft}>
          {page.evidence === null ? (
            <Callout tone="warn">{t.evidenceNone}</Callout>
          ) : (
            <div className="grid gap-4">
              <p className="text-ink-soft">{t.evidenceLead}</p>
              {(["productDescription", "serviceDate", "accessLog", "statement"] as const).map((part) => (
                <section key={part} className="grid gap-1">
                  <h3 className="text-small font-semibold">{t.parts[part]}</h3>
                  <pre
                    lang="en"
                    className="max-h-72 overflow-auto whitespace-pre-wrap break-words rounded-panel border border-line bg-sunken p-3 font-mono text-small"
                    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by key
                    tabIndex={0}
                  >
                    {page.evidence?.[part]}
                  </pre>
                </section>
              ))}
            </div>
          )}
        </Panel>
        <Panel title={t.journals}>
          <Journals journals={page.journals} locale={locale} />
        </Panel>
        <Panel title={t.records}>
          <Timeline
            label={t.records}
            locale={locale}
            steps={page.records.map((record) => ({
              key: `${record.subject}@${record.version}`,
              state: "done" as const,
              title: recordSentence(record, {}, locale),
              at: record.at,
              record:
                record.index === null ? (
                  t.waitingSeal
                ) : (
                  <Link href={to.record(record.index)}>{t.record(record.index)}</Link>
                ),
            }))}
          />
        </Panel>
        {page.calls.length === 0 ? null : <Calls calls={page.calls} locale={locale} />}
      </Columns>
    </>
  )
}
