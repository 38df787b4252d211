import type { Locale } from "#contracts/localized-text.ts"
import type { Failure } from "../_lib/failure.ts"
import { ErrorState, NoPermission } from "../_ui/states.tsx"

/** A page in place of what was refused: sign in, choose a party, or a sentence with its request id. */
export function Refused({ failure, locale }: { failure: Failure; locale: Locale }) {
  if (failure.code === "not_signed_in") return <NoPermission locale={locale} signedIn={false} />
  if (failure.code === "no_party" || failure.code === "role_not_allowed")
    return <NoPermission locale={locale} signedIn why={failure.sentence} />
  return <ErrorState locale={locale} title={failure.sentence} requestId={failure.requestId} />
}
