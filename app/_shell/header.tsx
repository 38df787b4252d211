import { Suspense } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import { shell } from "../_lib/messages/shell.ts"
import { paths } from "../_lib/paths.ts"
import type { Theme } from "../_lib/theme.ts"
import { ButtonLink } from "../_ui/button.tsx"
import { Icon, type IconName } from "../_ui/icons.tsx"
import { Link } from "../_ui/link.tsx"
import { Logo } from "../_ui/logo.tsx"
import { SearchBox } from "../_ui/search.tsx"
import { AccountMenu } from "./account-menu.tsx"
import { CurrentLink } from "./current-link.tsx"
import { type Destination, destinations } from "./destinations.ts"
import { LanguageLink } from "./language-link.tsx"
import type { ShellSession } from "./session.ts"
import { ThemeSwitch } from "./theme-switch.tsx"

export type HeaderProps = { locale: Locale; theme: Theme; session: ShellSession | null }

/** Logo, places, the search box, language, appearance and account; on a phone the places fold into a menu. */
export function Header({ locale, theme, session }: HeaderProps) {
  const t = shell[locale]
  const to = paths(locale)
  const places = destinations(locale, session?.party?.roles ?? [])
  return (
    <header className="z-10 border-b border-line bg-surface lg:sticky lg:top-0 print:hidden">
      <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5 sm:px-6">
        <Link href={to.home()} title={t.home} className="rounded-control">
          <Logo />
        </Link>
        <nav aria-label={t.mainNavigation} className="ml-2 max-lg:hidden">
          <Places places={places} className="flex" />
        </nav>
        <div className="grow max-lg:order-last max-lg:w-full lg:ml-auto lg:max-w-72">
          <SearchBox
            locale={locale}
            action={to.search()}
            label={t.search}
            placeholder={t.searchPlaceholder}
          />
        </div>
        <div className="flex items-center gap-0.5 max-lg:ml-auto">
          <Suspense>
            <LanguageLink locale={locale} text={t.language} label={t.languageLabel} />
          </Suspense>
          <MenuButton id="appearance" icon="contrast" label={t.display} />
          <div id="appearance" popover="auto" className="popover min-w-40 p-2">
            <ThemeSwitch locale={locale} theme={theme} />
          </div>
          {session ? <AccountMenu locale={locale} session={session} /> : <SignInLinks locale={locale} />}
          <span className="lg:hidden">
            <MenuButton id="places" icon="menu" label={t.menu} />
          </span>
          <nav id="places" popover="auto" aria-label={t.mainNavigation} className="popover min-w-48 p-2">
            <Places places={places} className="grid gap-0.5" />
            {session ? null : (
              <div className="mt-2 grid gap-2 border-t border-line pt-2 sm:hidden">
                <ButtonLink href={to.signIn()}>{t.signIn}</ButtonLink>
              </div>
            )}
          </nav>
        </div>
      </div>
    </header>
  )
}

function Places({ places, className }: { places: readonly Destination[]; className: string }) {
  return (
    <ul className={className}>
      {places.map((place) => (
        <li key={place.key}>
          <CurrentLink
            href={place.href}
            className="flex h-8 items-center rounded-control px-2.5 whitespace-nowrap text-ink-soft hover:bg-sunken hover:text-ink aria-[current]:font-medium aria-[current]:text-accent"
          >
            {place.label}
          </CurrentLink>
        </li>
      ))}
    </ul>
  )
}

function MenuButton({ id, icon, label }: { id: string; icon: IconName; label: string }) {
  return (
    <button
      type="button"
      popoverTarget={id}
      aria-label={label}
      title={label}
      className="inline-grid size-8 place-items-center rounded-control text-ink-soft hover:bg-sunken hover:text-ink"
    >
      <Icon name={icon} />
    </button>
  )
}

function SignInLinks({ locale }: { locale: Locale }) {
  const t = shell[locale]
  const to = paths(locale)
  return (
    <>
      <span className="ml-1 max-sm:hidden">
        <ButtonLink size="small" variant="quiet" href={to.signIn()}>
          {t.signIn}
        </ButtonLink>
      </span>
      <span className="ml-1">
        <ButtonLink size="small" variant="primary" href={to.signUp()}>
          {t.signUp}
        </ButtonLink>
      </span>
    </>
  )
}
