import type { Metadata } from "next"
import type { DatasetProfile } from "#contracts/dataset.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { requestId } from "../../../../../_lib/caller.ts"
import { formatBytes, formatCount } from "../../../../../_lib/format.ts"
import { studio } from "../../../../../_lib/messages/studio.ts"
import { localeOf } from "../../../../../_lib/page.ts"
import { paths } from "../../../../../_lib/paths.ts"
import { Refused } from "../../../../../_shell/refused.tsx"
import { ButtonLink } from "../../../../../_ui/button.tsx"
import { ClaimChip } from "../../../../../_ui/chip.tsx"
import { DefinitionList } from "../../../../../_ui/definition-list.tsx"
import { Hash } from "../../../../../_ui/hash.tsx"
import { KeepFresh } from "../../../../../_ui/keep-fresh.tsx"
import { Pager } from "../../../../../_ui/navigation.tsx"
import { Columns, Panel } from "../../../../../_ui/panel.tsx"
import { Progress } from "../../../../../_ui/progress.tsx"
import { Dictionary } from "../../../_parts/dictionary.tsx"
import { FileRefused } from "../../../_parts/file-refused.tsx"
import { ProductFrame, type ProductPage, productOf } from "../../../_parts/product-frame.tsx"
import { Screening } from "../../../_parts/screening.tsx"
import { uploadWords } from "../../../_parts/upload-words.ts"
import { CancelUpload, Uploader } from "../../../_parts/uploader.tsx"

type Props = { params: Promise<{ locale: string; id: string }>; searchParams: Promise<{ from?: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: studio[localeOf((await params).locale)].steps.file }
}

const perPage = 100

/** What the market measured in the file; before that, how far the upload or the measuring is. */
export default async function Page({ params, searchParams }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  const found = await productOf(locale, id)
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const page = found.ok
  const t = studio[locale]
  const { version } = page
  const profile = version?.profile ?? null
  return (
    <ProductFrame page={page} locale={locale} step="file">
      <div className="grid gap-6">
        <Refusals page={page} locale={locale} id={await requestId()} />
        <Unfinished page={page} locale={locale} />
        {version?.state === "measuring" ? (
          <Panel title={t.measuringTitle}>
            <KeepFresh everyMs={1000} />
            <Progress label={t.measuringLead} />
            <div className="mt-4">
              <ButtonLink href={paths(locale).product(id, "registration")}>{t.whileMeasuring}</ButtonLink>
            </div>
          </Panel>
        ) : null}
        {version && profile ? (
          <Measured
            page={page}
            profile={profile}
            locale={locale}
            from={Number((await searchParams).from ?? "0") || 0}
          />
        ) : null}
        <NewVersion page={page} locale={locale} />
      </div>
    </ProductFrame>
  )
}

type PartProps = { page: ProductPage; locale: Locale }

function Refusals({ page, locale, id }: PartProps & { id: string }) {
  const { version, upload } = page
  const stands = version !== null && version.state !== "refused"
  const refusal = upload?.refusal ?? (stands ? null : (version?.refusal ?? null))
  return refusal ? <FileRefused refusal={refusal} locale={locale} requestId={id} older={stands} /> : null
}

/** An upload that this page did not send itself: another tab's, or one that a reload broke off. */
function Unfinished({ page, locale }: PartProps) {
  const { upload } = page
  if (upload?.state !== "open") return null
  const t = studio[locale]
  const size = (bytes: number) => formatBytes(bytes, locale)
  return (
    <Panel
      title={t.resumeTitle}
      actions={<CancelUpload upload={upload.id} words={{ label: t.cancel, busy: t.cancelling }} />}
    >
      <p className="mb-4 text-ink-soft">
        {t.resumeLead(upload.fileName, size(upload.receivedBytes), size(upload.totalBytes))}
      </p>
      <Uploader
        words={{ ...uploadWords(locale), choose: t.chooseSame }}
        dataset={upload.dataset}
        open={{
          upload: upload.id,
          product: page.product.id,
          name: upload.fileName,
          total: upload.totalBytes,
        }}
      />
    </Panel>
  )
}

function Measured(props: PartProps & { profile: DatasetProfile; from: number }) {
  const { page, profile, locale, from } = props
  const { version } = page
  const t = studio[locale]
  const to = paths(locale)
  const { id } = page.product
  const file = version?.manifest?.files[0]
  const of = profile.columns.length
  const end = Math.min(from + perPage, of)
  const count = (n: number) => formatCount(n, locale)
  const { reading } = profile
  const at = (start: number) => `${to.product(id, "file")}?from=${start}`
  return (
    <Columns
      side={
        <Panel
          title={t.facts}
          actions={
            <ClaimChip claim="measured" locale={locale} how={t.measured(String(version?.number ?? 1))} />
          }
        >
          <DefinitionList
            compact
            items={[
              { term: t.name, value: file?.name },
              { term: t.size, value: formatBytes(profile.bytes, locale) },
              { term: t.rows, value: count(profile.rows) },
              { term: t.columnCount, value: count(of) },
              { term: t.format, value: reading.format.toUpperCase() },
              ...("encoding" in reading ? [{ term: t.encoding, value: t.encodings[reading.encoding] }] : []),
              { term: t.sha256, value: file ? <Hash value={file.sha256} locale={locale} /> : null },
              {
                term: t.versionHash,
                value: version?.hash ? <Hash value={version.hash} locale={locale} /> : null,
              },
            ]}
          />
        </Panel>
      }
    >
      <Panel title={t.dictionary} footer={t.dictionaryLead} flush>
        <Dictionary profile={profile} columns={profile.columns.slice(from, end)} locale={locale} />
        {of > perPage ? (
          <div className="px-4 pb-3">
            <Pager
              locale={locale}
              summary={t.fieldsShown(from + 1, end, of)}
              previous={from > 0 ? at(Math.max(0, from - perPage)) : null}
              next={end < of ? at(end) : null}
            />
          </div>
        ) : null}
      </Panel>
      <Screening hints={profile.screening} product={id} locale={locale} />
      <div>
        <ButtonLink variant="primary" href={to.product(id, "registration")}>
          {t.next(t.steps.registration)}
        </ButtonLink>
      </div>
    </Columns>
  )
}

/** A first file after a refusal, or a new version of what stands. */
function NewVersion({ page, locale }: PartProps) {
  const t = studio[locale]
  const { version, upload } = page
  if (version?.state === "measuring" || upload?.state === "open") return null
  const stands = version?.state === "measured"
  return (
    <Panel title={stands ? t.replace : t.tryAgain} footer={stands ? t.replaceLead : null}>
      <Uploader words={uploadWords(locale)} dataset={version?.dataset ?? upload?.dataset ?? null} />
    </Panel>
  )
}
