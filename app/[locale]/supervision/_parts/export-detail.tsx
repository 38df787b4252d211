import type { ReactNode } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import { type Refusal, sentence } from "#contracts/refusal.ts"
import type { ExportRun } from "#server/ledger/export/run-store.ts"
import { formatBytes, formatCount } from "../../../_lib/format.ts"
import { exportWords } from "../../../_lib/messages/export-words.ts"
import { recordCheck } from "../../../_lib/messages/record-check.ts"
import { supervision } from "../../../_lib/messages/supervision.ts"
import { doors, paths } from "../../../_lib/paths.ts"
import { ButtonLink } from "../../../_ui/button.tsx"
import { StatusChip } from "../../../_ui/chip.tsx"
import { CodeBlock } from "../../../_ui/code-block.tsx"
import { DefinitionList } from "../../../_ui/definition-list.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Columns, PageHead, Panel } from "../../../_ui/panel.tsx"
import { Callout } from "../../../_ui/states.tsx"
import { Time } from "../../../_ui/values.tsx"
import { ExportProgress } from "./export-progress.tsx"
import { exportTone, rangeWords } from "./export-words.ts"
import { KeepKey } from "./keep-key.tsx"

/** One export: how far it is, and when it is made, what it is and how to verify it at home. `all` is where it was asked for. */
export function ExportDetail(props: {
  run: ExportRun
  vkey: string | null
  all: string
  crumbs: ReactNode
  locale: Locale
}) {
  const { run, vkey, all, crumbs, locale } = props
  const { id, record } = run
  const t = exportWords[locale]
  const s = supervision[locale]
  const to = paths(locale)
  return (
    <>
      {crumbs}
      <PageHead
        title={`${t.exportTitle} ${id.slice(-6)}`}
        chips={<StatusChip tone={exportTone[run.state]}>{t.exportStates[run.state]}</StatusChip>}
        lead={<Hash value={id} locale={locale} full />}
      />
      <Columns side={<KeepKey vkey={vkey} locale={locale} />}>
        {run.state === "waiting" ? (
          <Panel title={t.making}>
            <ExportProgress id={id} done={run.done} total={run.total} locale={locale} />
          </Panel>
        ) : null}
        {run.state === "failed" ? (
          <Callout
            tone="bad"
            title={run.failure ? sentence(run.failure as Refusal, locale) : t.exportStates.failed}
            actions={<ButtonLink href={all}>{t.newExport}</ButtonLink>}
          >
            {t.failedLead}
          </Callout>
        ) : null}
        {run.state === "done" && run.bytes !== null ? (
          <Callout
            tone="good"
            title={t.ready}
            actions={
              <a
                href={doors.exportFile(id)}
                download={`quanheng-${id}.zip`}
                className="inline-flex h-9 items-center rounded-control border border-accent bg-accent px-3.5 font-medium text-on-accent hover:bg-accent-strong"
              >
                {t.download(formatBytes(run.bytes, locale))}
              </a>
            }
          />
        ) : null}
        <Panel title={s.facts}>
          <DefinitionList
            items={[
              { term: t.range, value: rangeWords(run, locale) },
              { term: t.exportReason, value: run.order.reason },
              { term: t.exportColumns.at, value: <Time time={run.createdAt} locale={locale} /> },
              ...(record
                ? [
                    { term: t.logSize, value: formatCount(record.size, locale) },
                    {
                      term: t.manifestHash,
                      value: (
                        <>
                          <Hash value={record.manifestHash} locale={locale} full />
                          <span className="block text-small text-ink-faint">{t.manifestNote}</span>
                        </>
                      ),
                    },
                    {
                      term: t.exportRecord,
                      value:
                        record.index === null ? (
                          recordCheck[locale].waiting
                        ) : (
                          <Link href={to.record(record.index)}>{record.index}</Link>
                        ),
                    },
                  ]
                : []),
            ]}
          />
        </Panel>
        {run.state === "done" ? (
          <Panel title={t.howToVerify}>
            <div className="grid gap-3">
              <p className="text-ink-soft">{t.howToVerifyLead}</p>
              <CodeBlock
                locale={locale}
                title={t.verifyCommand}
                code={`npx quanheng verify quanheng-${id}.zip --vkey quanheng.vkey`}
              />
              <p className="text-small text-ink-soft">
                {t.verifyNoInstall} <Link href={to.verify()}>{t.verifyHere}</Link>
                {locale === "zh" ? "。" : "."}
              </p>
            </div>
          </Panel>
        ) : null}
      </Columns>
    </>
  )
}
