import { cache, type ReactNode } from "react"
import { type Locale, readText } from "#contracts/localized-text.ts"
import { productSteps } from "#contracts/product.ts"
import { caller, load } from "../../../_lib/caller.ts"
import { fileTone, listingTone, registrationTone, studio } from "../../../_lib/messages/studio.ts"
import { orNotFound } from "../../../_lib/page.ts"
import { type ProductStep, paths } from "../../../_lib/paths.ts"
import { StatusChip } from "../../../_ui/chip.tsx"
import { Breadcrumbs, Tabs } from "../../../_ui/navigation.tsx"
import { PageHead } from "../../../_ui/panel.tsx"
import { Text } from "../../../_ui/values.tsx"
import { Score } from "./score.tsx"

/** The product of a studio page, asked once a request. */
export const productOf = cache(async (locale: Locale, id: string) => {
  const api = await caller(locale)
  return orNotFound(await load(locale, () => api.products.page({ product: id as never })))
})

export type ProductPage = NonNullable<Awaited<ReturnType<typeof productOf>>["ok"]>

/** What stands over every step of one product: its name, where it stands, and the steps. */
export function ProductFrame(props: {
  page: ProductPage
  locale: Locale
  step: ProductStep | "overview"
  children: ReactNode
}) {
  const { page, locale, step, children } = props
  const t = studio[locale]
  const to = paths(locale)
  const { id, draft } = page.product
  const registration = page.registration?.state ?? "none"
  const listing = page.listing?.state ?? "none"
  const title = draft.title ? readText(draft.title, locale).text : t.untitled
  return (
    <>
      <Breadcrumbs locale={locale} crumbs={[{ label: t.title, href: to.studio() }, { label: title }]} />
      <PageHead
        title={draft.title ? <Text text={draft.title} locale={locale} /> : t.untitled}
        chips={
          <>
            <StatusChip tone={fileTone[page.file]}>
              {t.columns.file} · {t.files[page.file]}
            </StatusChip>
            <StatusChip tone={registrationTone[registration]}>
              {t.columns.registration} · {t.registrations[registration]}
            </StatusChip>
            <StatusChip tone={page.listing?.frozenBy ? "warn" : listingTone[listing]}>
              {t.columns.listing} · {page.listing?.frozenBy ? t.frozen : t.listings[listing]}
            </StatusChip>
          </>
        }
        actions={<Score {...page.completeness} locale={locale} />}
      />
      <Tabs
        label={t.columns.title}
        current={step}
        tabs={[
          { key: "overview", label: t.overview, href: to.product(id) },
          ...productSteps.map((one) => {
            const missing = page.completeness.missing.filter((field) => field.step === one).length
            return {
              key: one,
              label: t.steps[one],
              href: to.product(id, one),
              ...(missing > 0 ? { count: String(missing) } : {}),
            }
          }),
        ]}
      />
      {children}
    </>
  )
}
