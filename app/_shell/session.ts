import type { PartyRole } from "#contracts/actor.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"

/** What the header knows of the signed-in reader; null in its place is a reader who has not signed in. */
export type ShellSession = {
  email: string
  /** The party the reader acts for now; null before one is registered. */
  party: { id: string; name: LocalizedText; roles: readonly PartyRole[] } | null
}
