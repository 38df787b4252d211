import type { Metadata } from "next"
import { type Locale, readText } from "#contracts/localized-text.ts"
import type { MissingField } from "#contracts/product.ts"
import { AskErasure } from "../../../../_account/erasure-forms.tsx"
import { heldSentence } from "../../../../_account/erasure-words.tsx"
import { formatTime } from "../../../../_lib/format-time.ts"
import { erasure } from "../../../../_lib/messages/erasure.ts"
import { evidence } from "../../../../_lib/messages/evidence.ts"
import { studio } from "../../../../_lib/messages/studio.ts"
import { localeOf } from "../../../../_lib/page.ts"
import { paths } from "../../../../_lib/paths.ts"
import { Refused } from "../../../../_shell/refused.tsx"
import { ButtonLink } from "../../../../_ui/button.tsx"
import { Link } from "../../../../_ui/link.tsx"
import { Panel, SectionHead } from "../../../../_ui/panel.tsx"
import { Callout } from "../../../../_ui/states.tsx"
import { LiveStrip } from "../../_parts/live-strip.tsx"
import { ProductFrame, type ProductPage, productOf } from "../../_parts/product-frame.tsx"
import { ReviewState } from "../../_parts/review-state.tsx"

type Props = { params: Promise<{ locale: string; id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  const title = (await productOf(locale, id)).ok?.product.draft.title
  return { title: title ? readText(title, locale).text : studio[locale].untitled }
}

const isErased = ({ erasure: of }: ProductPage): boolean => of?.state === "approved" || of?.state === "done"

/** The seller asks for the data of the product to be erased; somebody at the operator decides. */
function EraseData({ page, locale }: { page: ProductPage; locale: Locale }) {
  const t = erasure[locale]
  const { version, product } = page
  if (page.erasure) {
    const { state, heldBy, heldUntil, updatedAt } = page.erasure
    const title = isErased(page) ? t.productErased : t.productAsked
    return (
      <Callout tone="warn" title={title}>
        {state === "held" && heldBy ? heldSentence(heldBy, heldUntil, locale) : formatTime(updatedAt, locale)}
      </Callout>
    )
  }
  if (version === null) return null
  return (
    <Panel title={t.kinds.product} actions={<AskErasure what={{ kind: "product", id: product.id }} />}>
      <p className="text-ink-soft">
        {t.askProductNote} <Link href={paths(locale).ownErasures()}>{t.title}</Link>
      </p>
    </Panel>
  )
}

/** One product at a glance: the four states, what is missing with links to it, and what comes next. */
export default async function Page({ params }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  const found = await productOf(locale, id)
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const page = found.ok
  const t = studio[locale]
  const to = paths(locale)
  return (
    <ProductFrame page={page} locale={locale} step="overview">
      <div className="grid gap-6">
        {page.erasure ? <EraseData page={page} locale={locale} /> : null}
        {page.registration ? <ReviewState registration={page.registration} locale={locale} /> : null}
        {page.listing ? (
          <div>
            <ButtonLink href={to.listing(page.listing.id)} icon="out">
              {t.toPublic}
            </ButtonLink>
          </div>
        ) : null}
        <section>
          <SectionHead title={evidence[locale].strip} />
          <LiveStrip
            states={page.strip}
            locale={locale}
            inOrder={evidence[locale].inOrder}
            anchor={(part) => `${to.product(id, "registration")}#${part}`}
          />
        </section>
        {isErased(page) ? null : <Missing page={page} locale={locale} />}
        {page.erasure ? null : <EraseData page={page} locale={locale} />}
      </div>
    </ProductFrame>
  )
}

function Missing({ page, locale }: { page: ProductPage; locale: Locale }) {
  const t = studio[locale]
  const to = paths(locale)
  const { missing } = page.completeness
  const { id } = page.product
  if (missing.length === 0)
    return (
      <Callout
        tone="good"
        title={t.allThere}
        actions={<Link href={to.product(id, "listing")}>{t.next(t.steps.listing)}</Link>}
      />
    )
  const key = (field: MissingField) => `${field.field} ${field.words.en}`
  return (
    <Panel title={t.missing}>
      <ul className="grid gap-2">
        {missing.map((field) => (
          <li key={key(field)} className="flex flex-wrap items-baseline justify-between gap-x-4">
            <Link href={to.product(id, field.step)}>{field.words[locale]}</Link>
            <span className="text-small text-ink-faint">{t.steps[field.step]}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
