import type { PartyRole } from "#contracts/actor.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { shell } from "../_lib/messages/shell.ts"
import { paths } from "../_lib/paths.ts"

type Place = keyof (typeof shell)["zh"]["nav"]
export type Destination = { key: Place; label: string; href: string }

/** Which role sees which place; `anyone` sees it without signing in. The order is that of the header. */
const places: readonly { key: Place; for: readonly PartyRole[] | "anyone" }[] = [
  { key: "search", for: "anyone" },
  { key: "requests", for: ["buyer", "seller"] },
  { key: "trades", for: ["buyer", "seller"] },
  { key: "studio", for: ["seller"] },
  { key: "operator", for: ["operator"] },
  { key: "supervision", for: ["regulator", "operator"] },
  { key: "ledger", for: "anyone" },
  { key: "verify", for: "anyone" },
]

/** Where this reader can go from the header. It decides what is shown, never what is allowed. */
export function destinations(locale: Locale, roles: readonly PartyRole[]): Destination[] {
  const to = paths(locale)
  const t = shell[locale]
  return places
    .filter((place) => place.for === "anyone" || place.for.some((role) => roles.includes(role)))
    .map(({ key }) => ({ key, label: t.nav[key], href: to[key]() }))
}
