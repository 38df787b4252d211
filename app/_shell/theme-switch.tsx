import type { Locale } from "#contracts/localized-text.ts"
import { shell } from "../_lib/messages/shell.ts"
import { doors } from "../_lib/paths.ts"
import { type Theme, themes } from "../_lib/theme.ts"
import { classes } from "../_ui/classes.ts"
import { Icon } from "../_ui/icons.tsx"

/** Three buttons of a plain form; the cookie they set is read before the first byte, so nothing flashes. */
export function ThemeSwitch({ locale, theme }: { locale: Locale; theme: Theme }) {
  const t = shell[locale]
  return (
    <form action={doors.preferences} method="post">
      <fieldset className="grid gap-0.5">
        <legend className="px-2 pb-1 text-small text-ink-faint">{t.display}</legend>
        {themes.map((one) => (
          <button
            key={one}
            type="submit"
            name="theme"
            value={one}
            aria-pressed={one === theme}
            className={classes(
              "flex h-8 items-center justify-between gap-4 rounded-control px-2 text-left hover:bg-sunken",
              one === theme && "font-medium text-accent",
            )}
          >
            {t.themes[one]}
            {one === theme ? <Icon name="check" size={13} /> : null}
          </button>
        ))}
      </fieldset>
    </form>
  )
}
