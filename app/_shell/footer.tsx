import type { ReactNode } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import { shell } from "../_lib/messages/shell.ts"
import { doors, paths } from "../_lib/paths.ts"
import { QuietLink } from "../_ui/link.tsx"
import { Logo } from "../_ui/logo.tsx"

/** What this market is, where to go, and what proves it: the ledger and its keys, one click from every page. */
export function Footer({ locale }: { locale: Locale }) {
  const t = shell[locale]
  const to = paths(locale)
  return (
    <footer className="mt-16 border-t border-line bg-surface print:hidden">
      <div className="mx-auto grid max-w-7xl gap-8 px-4 py-10 sm:grid-cols-[minmax(0,1fr)_auto_auto] sm:gap-16 sm:px-6">
        <div className="grid max-w-md content-start gap-3">
          <Logo />
          <p className="text-small text-ink-faint">{t.footerAbout}</p>
        </div>
        <Group title={t.footerMarket}>
          <QuietLink href={to.search()}>{t.nav.search}</QuietLink>
          <QuietLink href={to.requests()}>{t.nav.requests}</QuietLink>
          <QuietLink href={to.signUp()}>{t.signUp}</QuietLink>
        </Group>
        <Group title={t.footerTrust}>
          <QuietLink href={to.ledger()}>{t.ledgerExplorer}</QuietLink>
          <QuietLink href={to.verify()}>{t.verifyHere}</QuietLink>
          <a className="hover:text-accent hover:underline" href={doors.checkpoint}>
            {t.checkpoint}
          </a>
          <a className="hover:text-accent hover:underline" href={doors.verifierKey}>
            {t.verifierKey}
          </a>
        </Group>
      </div>
    </footer>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid content-start justify-items-start gap-2">
      <h2 className="text-small text-ink-faint">{title}</h2>
      {children}
    </div>
  )
}
