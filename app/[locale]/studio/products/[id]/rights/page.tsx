import type { Metadata } from "next"
import { contentHash } from "#contracts/content-hash.ts"
import { priced } from "#contracts/listing.ts"
import { boundsOf } from "#contracts/rights/basis.ts"
import type { RightsForm } from "#contracts/rights/form.ts"
import { policyOfLicence } from "#contracts/rights/licences.ts"
import { session } from "../../../../../_lib/caller.ts"
import { kit } from "../../../../../_lib/messages/kit.ts"
import { rightsForm } from "../../../../../_lib/messages/rights-form.ts"
import { studio } from "../../../../../_lib/messages/studio.ts"
import { localeOf } from "../../../../../_lib/page.ts"
import { paths } from "../../../../../_lib/paths.ts"
import { Refused } from "../../../../../_shell/refused.tsx"
import { ButtonLink } from "../../../../../_ui/button.tsx"
import { ProductFrame, type ProductPage, productOf } from "../../../_parts/product-frame.tsx"
import { type FirstRights, RightsEditor } from "../../../_parts/rights-editor.tsx"

type Props = { params: Promise<{ locale: string; id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: studio[localeOf((await params).locale)].steps.rights }
}

/** What buyers may, may not and must do. */
export default async function Page({ params }: Props) {
  const { locale: asked, id } = await params
  const locale = localeOf(asked)
  const found = await productOf(locale, id)
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const page = found.ok
  const { draft, version } = page.product
  const party = (await session())?.acting?.party ?? ""
  const t = studio[locale]
  return (
    <ProductFrame page={page} locale={locale} step="rights">
      <p className="mb-6 max-w-3xl text-ink-soft">{rightsForm[locale].lead}</p>
      <RightsEditor
        product={id}
        version={version}
        party={party}
        locale={locale}
        first={firstRights(page)}
        saved={draft.policy !== null}
        basis={draft.evidence?.basis ?? null}
        priced={priced(draft.plans)}
        words={{ ...rightsForm[locale], optional: kit[locale].optional }}
      />
      {draft.policy ? (
        <div className="mt-6">
          <ButtonLink href={paths(locale).product(id, "listing")}>{t.next(t.steps.listing)}</ButtonLink>
        </div>
      ) : null}
    </ProductFrame>
  )
}

/** Nothing given away that was not asked for, and the credit that the source wants. */
const cautious = (credit: string | null): RightsForm => ({
  purposes: [],
  industries: [],
  commercial: true,
  passOn: "results",
  training: [],
  abroad: "no",
  terms: {
    from: null,
    until: null,
    downloads: null,
    users: null,
    credit,
    deleteAfterDays: null,
    reportEveryDays: null,
  },
})

/** What the registration said of the source is the first answer here: a public licence is passed on as it is. */
function firstRights({ product, answers }: ProductPage): FirstRights {
  const { policy, evidence } = product.draft
  const credit = evidence?.source.name ?? ""
  const licence = evidence?.basis.kind === "licence" ? evidence.basis.licence : null
  const asks = evidence ? (boundsOf(evidence.basis)?.attribution ?? false) : false
  const first = {
    answers: answers ?? cautious(asks ? credit : null),
    licence: { licence: licence ?? "CC-BY-4.0", credit: creditOf(policy) ?? credit },
    policy,
  } satisfies Omit<FirstRights, "way">
  if (policy === null) return { ...first, way: licence ? "licence" : "answers" }
  if (answers) return { ...first, way: "answers" }
  const same =
    licence !== null &&
    contentHash(policyOfLicence(licence, first.licence.credit || "—")) === contentHash(policy)
  return { ...first, way: same ? "licence" : "odrl" }
}

const creditOf = (policy: ProductPage["product"]["draft"]["policy"]): string | null => {
  const duty = policy?.obligations.find((one) => one.kind === "attribute")
  return duty?.kind === "attribute" ? duty.credit : null
}
