import type { Locale } from "#contracts/localized-text.ts"
import { shell } from "../_lib/messages/shell.ts"
import { doors, paths } from "../_lib/paths.ts"
import { Badge } from "../_ui/chip.tsx"
import { Icon } from "../_ui/icons.tsx"
import { Link } from "../_ui/link.tsx"
import { Text } from "../_ui/values.tsx"
import type { ShellSession } from "./session.ts"

const item = "flex h-8 w-full items-center rounded-control px-2 text-left hover:bg-sunken"

/** Who is signed in, for which party, in which roles; and the way out. */
export function AccountMenu({ locale, session }: { locale: Locale; session: ShellSession }) {
  const t = shell[locale]
  const to = paths(locale)
  const { party, email } = session
  return (
    <>
      <button
        type="button"
        popoverTarget="account"
        className="ml-1 inline-flex h-8 max-w-44 items-center gap-1.5 rounded-control border border-line px-2 hover:border-line-strong"
      >
        <Icon name="user" size={14} />
        <span className="truncate max-sm:sr-only">
          {party ? <Text text={party.name} locale={locale} /> : email}
        </span>
        <span className="sr-only">{t.account}</span>
        <Icon name="down" size={10} className="shrink-0 text-ink-faint" />
      </button>
      <div id="account" popover="auto" className="popover w-64 p-2">
        <div className="mb-2 grid gap-1 border-b border-line px-2 pt-1 pb-3">
          <p className="font-semibold">{party ? <Text text={party.name} locale={locale} /> : t.noParty}</p>
          <p className="truncate text-small text-ink-faint">{email}</p>
          {party ? (
            <p className="flex flex-wrap gap-1">
              {party.roles.map((role) => (
                <Badge key={role}>{t.roles[role]}</Badge>
              ))}
            </p>
          ) : null}
        </div>
        <Link href={to.account()} className={item}>
          {t.accountSettings}
        </Link>
        <form action={doors.signOut} method="post">
          <button type="submit" className={item}>
            {t.signOut}
          </button>
        </form>
      </div>
    </>
  )
}
