import type { Grant } from "#contracts/delivery.ts"
import type { Locale } from "#contracts/localized-text.ts"
import type { GrantedFile } from "#server/delivery/queries.ts"
import { formatBytes, formatCount } from "../../../_lib/format.ts"
import { formatTime } from "../../../_lib/format-time.ts"
import { formatNames } from "../../../_lib/messages/catalogue.ts"
import { delivery as words } from "../../../_lib/messages/delivery.ts"
import { StatusChip } from "../../../_ui/chip.tsx"
import { CodeBlock } from "../../../_ui/code-block.tsx"
import { DefinitionList } from "../../../_ui/definition-list.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Icon } from "../../../_ui/icons.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Time } from "../../../_ui/values.tsx"

type FileProps = { file: GrantedFile; refused: boolean; locale: Locale }

/** One file: by a click with the session, or by lines to paste; its hash is what is compared. */
export function FilePanel({ file, refused, locale }: FileProps) {
  const t = words[locale]
  const { name, bytes, sha256, path, lines } = file
  return (
    <Panel
      title={<span className="wrap-anywhere">{name}</span>}
      actions={
        path && !refused ? (
          <a
            href={path}
            download={name}
            className="inline-flex h-9 items-center gap-1.5 rounded-control border border-accent bg-accent px-3.5 font-medium text-on-accent hover:bg-accent-strong"
          >
            <Icon name="download" />
            {t.download}
          </a>
        ) : null
      }
    >
      <div className="grid gap-4">
        <DefinitionList
          items={[
            { term: t.sha256, value: <Hash value={sha256} locale={locale} full /> },
            {
              term: t.bytes,
              value: (
                <data value={bytes} title={`${bytes} B`}>
                  {formatBytes(bytes, locale)}
                </data>
              ),
            },
            { term: t.format, value: formatNames[file.format] },
          ]}
        />
        {lines ? (
          <>
            <CodeBlock wrap locale={locale} title={t.fetchLine} code={lines.fetch} />
            <CodeBlock wrap locale={locale} title={t.checkLine} code={lines.check} />
            <p className="text-small text-ink-faint">{t.lineExpires(formatTime(lines.expires, locale))}</p>
          </>
        ) : null}
      </div>
    </Panel>
  )
}

type GrantProps = { grant: Grant; fetchesLeft: number | null; locale: Locale }

/** The right to fetch: until when, and how often still. */
export function GrantPanel({ grant, fetchesLeft, locale }: GrantProps) {
  const t = words[locale]
  const time = (at: string) => <Time time={at} locale={locale} />
  return (
    <Panel title={t.grantTitle}>
      <DefinitionList
        compact
        items={[
          { term: t.grant, value: <Hash value={grant.id} locale={locale} /> },
          {
            term: t.state,
            value: (
              <StatusChip tone={grant.state === "active" ? "good" : "bad"}>
                {t.states[grant.state]}
              </StatusChip>
            ),
          },
          ...(grant.from ? [{ term: t.from, value: time(grant.from) }] : []),
          { term: t.expires, value: time(grant.expires) },
          { term: t.fetches, value: t.times(formatCount(grant.fetches, locale)) },
          {
            term: t.left,
            value: fetchesLeft === null ? t.unlimited : t.times(formatCount(fetchesLeft, locale)),
          },
          ...(grant.lastFetchedAt ? [{ term: t.last, value: time(grant.lastFetchedAt) }] : []),
        ]}
      />
    </Panel>
  )
}
