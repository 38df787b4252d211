import type { Metadata } from "next"
import { caller, load } from "../../../_lib/caller.ts"
import { studio } from "../../../_lib/messages/studio.ts"
import { localeOf } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { Breadcrumbs } from "../../../_ui/navigation.tsx"
import { PageHead, Panel } from "../../../_ui/panel.tsx"
import { uploadWords } from "../_parts/upload-words.ts"
import { Uploader } from "../_parts/uploader.tsx"

type Props = { params: Promise<{ locale: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: studio[localeOf((await params).locale)].newTitle }
}

/** The first step: nothing to fill in but the file. */
export default async function Page({ params }: Props) {
  const locale = localeOf((await params).locale)
  const api = await caller(locale)
  // Whoever may not draft is told here, not after a long upload.
  const allowed = await load(locale, () => api.products.mine({}))
  if (!allowed.ok) return <Refused failure={allowed.refused} locale={locale} />
  const t = studio[locale]
  return (
    <div className="mx-auto w-full max-w-3xl">
      <Breadcrumbs
        locale={locale}
        crumbs={[{ label: t.title, href: paths(locale).studio() }, { label: t.newTitle }]}
      />
      <PageHead title={t.newTitle} lead={t.newLead} />
      <Panel>
        <Uploader words={uploadWords(locale)} dataset={null} />
      </Panel>
    </div>
  )
}
