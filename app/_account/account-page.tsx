import type { Locale } from "#contracts/localized-text.ts"
import { account } from "../_lib/messages/account.ts"
import { paths, safeNext } from "../_lib/paths.ts"
import { Link } from "../_ui/link.tsx"
import { PageHead, Panel } from "../_ui/panel.tsx"
import { AccountForm } from "./account-form.tsx"

/** The page of signing in or up; `next` leads back only to pages of our own. */
export function AccountPage({
  kind,
  locale,
  next,
}: {
  kind: "signIn" | "signUp"
  locale: Locale
  next: string | undefined
}) {
  const t = account[locale]
  const to = paths(locale)
  const words = {
    submit: t[kind],
    working: t.working,
    name: t.name,
    email: t.email,
    password: t.password,
    hint: t.passwordHint,
    remember: t.remember,
  }
  return (
    <div className="mx-auto w-full max-w-md">
      <PageHead title={t[kind]} lead={kind === "signIn" ? t.signInLead : t.signUpLead} />
      <Panel
        footer={
          kind === "signIn" ? (
            <>
              {t.noAccount} <Link href={to.signUp(next)}>{t.signUp}</Link>
            </>
          ) : (
            <>
              {t.haveAccount} <Link href={to.signIn(next)}>{t.signIn}</Link>
            </>
          )
        }
      >
        <AccountForm kind={kind} next={safeNext(next, locale)} words={words} />
      </Panel>
    </div>
  )
}
