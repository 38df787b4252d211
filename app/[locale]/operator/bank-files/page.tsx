import type { Metadata } from "next"
import { caller, load } from "../../../_lib/caller.ts"
import { formatCount } from "../../../_lib/format.ts"
import { bankFiles as words } from "../../../_lib/messages/bank-files.ts"
import { operator } from "../../../_lib/messages/operator.ts"
import { localeOf } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Breadcrumbs, Pager } from "../../../_ui/navigation.tsx"
import { PageHead } from "../../../_ui/panel.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Money, Time } from "../../../_ui/values.tsx"
import { formatPeriod } from "./_parts/line-parts.tsx"
import { UploadForm } from "./_parts/upload-form.tsx"

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ before?: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].title }
}

/** The statements of the platform's bank account that were imported, newest first. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const before = (await searchParams).before ?? null
  const api = await caller(locale)
  const found = await load(locale, () => api.bankFiles.list({ before }))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { files, next, account } = found.ok
  const t = words[locale]
  const to = paths(locale)
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[
          { label: operator[locale].title, href: to.operator() },
          { label: operator[locale].queues.payments, href: to.operatorQueue("payments") },
          { label: t.title },
        ]}
      />
      <PageHead title={t.title} lead={t.lead(account)} actions={<UploadForm words={uploadWords(t)} />} />
      <Table
        caption={t.title}
        rows={files}
        rowKey={({ file }) => file.id}
        empty={<EmptyState title={t.none}>{t.noneLead}</EmptyState>}
        columns={[
          {
            key: "period",
            label: t.period,
            heading: true,
            cell: ({ file }) => <Link href={to.bankFile(file.id)}>{formatPeriod(file, locale)}</Link>,
          },
          {
            key: "open",
            label: t.waiting,
            align: "right",
            cell: ({ open }) => formatCount(open, locale),
          },
          { key: "lines", label: t.lines, cell: ({ file }) => t.linesNote(file.added, file.lines) },
          {
            key: "credits",
            label: t.credits,
            align: "right",
            wide: true,
            cell: ({ file }) => <Money amount={file.credits} locale={locale} />,
          },
          {
            key: "debits",
            label: t.debits,
            align: "right",
            wide: true,
            cell: ({ file }) => <Money amount={file.debits} locale={locale} />,
          },
          { key: "format", label: t.format, wide: true, cell: ({ file }) => t.formats[file.format] },
          {
            key: "at",
            label: t.imported,
            wide: true,
            cell: ({ file }) => <Time time={file.at} locale={locale} />,
          },
        ]}
      />
      <Pager
        locale={locale}
        previous={before ? to.bankFiles() : null}
        next={next ? to.bankFiles({ before: next }) : null}
      />
    </>
  )
}

/** Words that are sentences; those that are functions stay on the server. */
function uploadWords(t: (typeof words)["zh"]) {
  const { upload, uploadTitle, uploadLead, uploading, file, noFile, currency } = t
  return { upload, uploadTitle, uploadLead, uploading, file, noFile, currency }
}
