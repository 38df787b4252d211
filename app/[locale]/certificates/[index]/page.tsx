import type { Metadata } from "next"
import { notFound } from "next/navigation"
import type { Locale } from "#contracts/localized-text.ts"
import { caller, load } from "../../../_lib/caller.ts"
import { certificate as words } from "../../../_lib/messages/certificate.ts"
import { ledger } from "../../../_lib/messages/ledger.ts"
import { recordWords } from "../../../_lib/messages/record-words.ts"
import { localeOf, orNotFound } from "../../../_lib/page.ts"
import { doors, paths } from "../../../_lib/paths.ts"
import { publicAddress } from "../../../_lib/public-address.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { ButtonLink } from "../../../_ui/button.tsx"
import { CodeBlock } from "../../../_ui/code-block.tsx"
import { DefinitionList } from "../../../_ui/definition-list.tsx"
import { linkLook } from "../../../_ui/link.tsx"
import { Mark } from "../../../_ui/logo.tsx"
import { Breadcrumbs } from "../../../_ui/navigation.tsx"
import { QrCode } from "../../../_ui/qr-code.tsx"
import { Time } from "../../../_ui/values.tsx"
import { ErasedChip } from "../../ledger/_parts/erased-chip.tsx"
import { positionOf, sentenceOf } from "../../ledger/_parts/record-view.ts"
import { type CertificateRow, proofRows, recordRows } from "../_parts/certificate-rows.ts"
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
  const [record, erased] = await Promise.all([
    load(locale, () => api.ledger.record({ index })),
    load(locale, () => api.erasure.erased({ indexes: [index] })),
  ])
  const found = orNotFound(record)
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { certificate, opened } = found.ok
  const { leaf, number } = certificate
  const t = ledger[locale]
  const to = paths(locale)
  const check = to.verify({ record: index })
  const rows = [...recordRows(certificate, locale), ...proofRows(certificate, locale)]
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
          <ButtonLink href={to.certificatePdf(index)} download icon="download">
            {words[locale].pdf}
          </ButtonLink>
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
          <ButtonLink variant="primary" href={check} icon="check">
            {t.verify}
          </ButtonLink>
        </div>
        {opened.length > 0 ? <OwnFiles index={index} locale={locale} /> : null}
      </div>
      <article className="mx-auto max-w-3xl rounded-panel border border-line bg-surface p-6 shadow-panel sm:p-10 print:max-w-none print:border-0 print:p-0 print:shadow-none">
        <header className="flex items-start justify-between gap-6 border-b-2 border-accent pb-5 print:pb-3">
          <div className="min-w-0">
            <h1 className="text-heading font-semibold">{t.certificateTitle(index)}</h1>
            <p className="mt-1 font-mono text-lead text-ink-soft wrap-anywhere">{number}</p>
          </div>
          <Mark size={44} />
        </header>
        <p className="my-6 text-title text-balance print:my-4">
          {"type" in leaf ? sentenceOf(leaf, [], locale) : t.unknownVersion}
        </p>
        <DefinitionList
          items={[
            ...rows.map((row) => ({ term: row.term, value: shownValue(row, locale) })),
            ...(erased.ok ?? []).map((value) => ({
              term: recordWords[locale][value.path.slice("/body/".length)] ?? value.path,
              value: <ErasedChip value={value} locale={locale} />,
            })),
          ]}
        />
        <section className="mt-8 break-inside-avoid rounded-panel border border-line bg-sunken p-4 text-small print:mt-6">
          <div className="flex flex-wrap gap-x-5 gap-y-3">
            <QrCode text={publicAddress(check)} label={words[locale].qr(publicAddress(check))} />
            <div className="min-w-0 flex-1 basis-72">
              <h2 className="font-semibold">{t.howToCheck}</h2>
              <ol className="mt-2 grid list-decimal gap-1.5 pl-5 text-ink-soft">
                <li>
                  {words[locale].scan}{" "}
                  <a className={`${linkLook} font-mono wrap-anywhere`} href={check}>
                    {publicAddress(check)}
                  </a>
                </li>
                <li>{t.checkOffline}</li>
              </ol>
            </div>
          </div>
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

function shownValue({ value, look, at }: CertificateRow, locale: Locale) {
  if (at !== undefined) return <Time time={at} locale={locale} precision="second" />
  return look === "code" ? <code className="font-mono text-small wrap-anywhere">{value}</code> : value
}

/** The same with the confidential values that this reader's party may read; never shown on the page to be printed. */
function OwnFiles({ index, locale }: { index: number; locale: Locale }) {
  const t = words[locale]
  return (
    <p className="mb-6 flex flex-wrap justify-end gap-x-4 gap-y-1 text-small text-ink-soft">
      <span>{t.ownLead}</span>
      <a className={linkLook} href={paths(locale).certificatePdf(index, { values: "own" })} download>
        {t.ownPdf}
      </a>
      <a
        className={linkLook}
        href={doors.certificateJson(index, { values: "own" })}
        download={`certificate-${index}.json`}
      >
        {t.ownJson}
      </a>
    </p>
  )
}
