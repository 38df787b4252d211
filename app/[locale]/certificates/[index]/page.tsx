import type { Metadata } from "next"
import { headers } from "next/headers"
import { notFound } from "next/navigation"
import { readCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { caller, load } from "../../../_lib/caller.ts"
import { formatCount } from "../../../_lib/format.ts"
import { ledger } from "../../../_lib/messages/ledger.ts"
import { localeOf, orNotFound } from "../../../_lib/page.ts"
import { doors, paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { ButtonLink } from "../../../_ui/button.tsx"
import { CodeBlock } from "../../../_ui/code-block.tsx"
import { DefinitionList } from "../../../_ui/definition-list.tsx"
import { Mark } from "../../../_ui/logo.tsx"
import { Breadcrumbs } from "../../../_ui/navigation.tsx"
import { Time } from "../../../_ui/values.tsx"
import { actorText } from "../../ledger/_parts/record-facts.tsx"
import { positionOf, sentenceOf } from "../../ledger/_parts/record-view.ts"
import { PrintButton } from "./print-button.tsx"

type Props = { params: Promise<{ locale: string; index: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, index } = await params
  return { title: ledger[localeOf(locale)].certificateTitle(positionOf(index) ?? 0) }
}

/** The certificate of one record, to be read, printed and handed on. It holds nothing confidential. */
export default async function Page({ params }: Props) {
  const { locale: asked, index: text } = await params
  const locale = localeOf(asked)
  const index = positionOf(text)
  if (index === null) notFound()
  const api = await caller(locale)
  const found = orNotFound(await load(locale, () => api.ledger.certificate({ index })))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const overview = await load(locale, () => api.ledger.overview())
  const certificate = found.ok
  const { leaf, checkpoint } = certificate
  const head = readCheckpoint(checkpoint)
  const known = "type" in leaf ? leaf : null
  const t = ledger[locale]
  const to = paths(locale)
  const mono = (value: string) => <code className="font-mono text-small wrap-anywhere">{value}</code>
  const signed = isMalformed(head) ? null : head.unverifiedCheckpoint
  const vkey = overview.ok?.log?.vkey ?? null
  return (
    <>
      <div className="print:hidden">
        <Breadcrumbs
          locale={locale}
          crumbs={[
            { label: t.title, href: to.ledger() },
            { label: t.record(index), href: to.record(index) },
            { label: t.certificate },
          ]}
        />
        <div className="mb-6 flex flex-wrap justify-end gap-2">
          <ButtonLink
            href={doors.certificateJson(index)}
            download={`certificate-${index}.json`}
            icon="download"
          >
            {t.certificateJson}
          </ButtonLink>
          <ButtonLink href={doors.proof(index)} download={`record-${index}.tlog-proof`} icon="download">
            {t.certificateProof}
          </ButtonLink>
          <PrintButton>{t.print}</PrintButton>
          <ButtonLink variant="primary" href={to.verify({ record: index })} icon="check">
            {t.verify}
          </ButtonLink>
        </div>
      </div>
      <article className="mx-auto max-w-3xl rounded-panel border border-line bg-surface p-6 shadow-panel sm:p-10 print:max-w-none print:border-0 print:p-0 print:shadow-none">
        <header className="flex items-start justify-between gap-6 border-b-2 border-accent pb-5">
          <div className="min-w-0">
            <h1 className="text-heading font-semibold">{t.certificateTitle(index)}</h1>
            <p className="mt-1 font-mono text-lead text-ink-soft wrap-anywhere">{certificate.number}</p>
          </div>
          <Mark size={44} />
        </header>
        <p className="my-6 text-title text-balance">
          {known ? sentenceOf(known, [], locale) : t.unknownVersion}
        </p>
        <DefinitionList
          items={[
            ...(known
              ? [
                  { term: t.type, value: mono(known.type) },
                  {
                    term: t.occurred,
                    value: <Time time={known.occurredAt} locale={locale} precision="second" />,
                  },
                  { term: t.sealed, value: <Time time={known.at} locale={locale} precision="second" /> },
                  { term: t.actor, value: actorText(known, locale) },
                ]
              : []),
            { term: t.log, value: mono(certificate.log) },
            { term: t.leafHash, value: mono(certificate.leafHash) },
            ...(signed
              ? [
                  { term: t.certifiedBy, value: t.certifiedByText(formatCount(signed.size, locale)) },
                  { term: t.proofRoot, value: mono(found.ok.checkpoint.split("\n")[2] ?? "") },
                ]
              : []),
            ...(vkey ? [{ term: t.stats.key, value: mono(vkey) }] : []),
          ]}
        />
        <section className="mt-8 rounded-panel border border-line bg-sunken p-4 text-small">
          <h2 className="font-semibold">{t.howToCheck}</h2>
          <ol className="mt-2 grid list-decimal gap-1.5 pl-5 text-ink-soft">
            <li>
              {t.checkOnline}{" "}
              <span className="font-mono wrap-anywhere">{await addressOf(to.verify({ record: index }))}</span>
            </li>
            <li>{t.checkOffline}</li>
          </ol>
          <div className="mt-3">
            <CodeBlock
              locale={locale}
              wrap
              title={t.terminal}
              code={`node verify.mjs record-${index}.tlog-proof --vkey log.vkey`}
            />
          </div>
          <p className="mt-3 text-ink-faint">{t.certificateLimits}</p>
        </section>
      </article>
    </>
  )
}

/** The page's address as the reader knows this market, for paper. */
async function addressOf(path: string): Promise<string> {
  const sent = await headers()
  const host = sent.get("x-forwarded-host") ?? sent.get("host") ?? ""
  const scheme = sent.get("x-forwarded-proto") ?? (/^(localhost|127\.)/.test(host) ? "http" : "https")
  return host === "" ? path : `${scheme}://${host}${path}`
}
