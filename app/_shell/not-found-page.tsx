import type { Locale } from "#contracts/localized-text.ts"
import { shell } from "../_lib/messages/shell.ts"
import { paths } from "../_lib/paths.ts"
import { ButtonLink } from "../_ui/button.tsx"
import { PageState } from "../_ui/states.tsx"

/** A thing that is not there and a thing of another party look the same. */
export function NotFoundPage({ locale }: { locale: Locale }) {
  const t = shell[locale]
  const to = paths(locale)
  return (
    <PageState
      title={t.notFound}
      actions={
        <>
          <ButtonLink variant="primary" href={to.search()} icon="search">
            {t.goSearch}
          </ButtonLink>
          <ButtonLink href={to.home()}>{t.goHome}</ButtonLink>
        </>
      }
    >
      <p>{t.notFoundWhy}</p>
    </PageState>
  )
}
