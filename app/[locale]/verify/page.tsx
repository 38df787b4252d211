import type { Metadata } from "next"
import { caller, load } from "../../_lib/caller.ts"
import { verify } from "../../_lib/messages/verify.ts"
import { localeOf } from "../../_lib/page.ts"
import { doors } from "../../_lib/paths.ts"
import { CodeBlock } from "../../_ui/code-block.tsx"
import { linkLook } from "../../_ui/link.tsx"
import { Columns, PageHead, Panel } from "../../_ui/panel.tsx"
import { Callout } from "../../_ui/states.tsx"
import { Verifier } from "./_parts/verifier.tsx"

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ record?: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: verify[localeOf((await params).locale)].title }
}

/** Verifies in the reader's browser what they have: a bundle, or a certificate. The server only hands out the page. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const { record } = await searchParams
  const t = verify[locale]
  const api = await caller(locale)
  const overview = await load(locale, () => api.ledger.overview())
  const size = overview.ok?.head?.size ?? 0
  const asked = record !== undefined && /^(0|[1-9][0-9]{0,14})$/.test(record) ? Number(record) : null
  const sample = asked ?? (size > 0 ? size - 1 : null)
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      <noscript>
        <div className="mb-6">
          <Callout tone="warn">{t.noScript}</Callout>
        </div>
      </noscript>
      <Columns
        side={
          <>
            <Panel title={t.checksTitle}>
              <ul className="grid list-disc gap-1.5 pl-4 text-small text-ink-soft">
                {t.checkList.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
              <p className="mt-3 text-small text-ink-faint">{t.limits}</p>
            </Panel>
            <Panel title={t.elsewhere}>
              <div className="grid gap-3 text-small text-ink-soft">
                <p>{t.elsewhereLead}</p>
                <CodeBlock locale={locale} wrap title={t.terminal} code="node verify.mjs . --vkey log.vkey" />
                <p className="flex flex-wrap gap-x-4 gap-y-1">
                  {(["verify.mjs", "verify.html"] as const).map((name) => (
                    <a key={name} className={linkLook} href={doors.verifierFile(name)} download={name}>
                      {t.download(name)}
                    </a>
                  ))}
                </p>
              </div>
            </Panel>
          </>
        }
      >
        <Verifier
          locale={locale}
          sample={sample}
          fetchAtOnce={asked !== null}
          siteKey={overview.ok?.log?.vkey ?? null}
        />
      </Columns>
    </>
  )
}
