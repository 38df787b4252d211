import type { Locale } from "#contracts/localized-text.ts"
import { kit } from "../../../../_lib/messages/kit.ts"
import { party } from "../../../../_lib/messages/party.ts"
import type { IdentityWords } from "./identity-fields.tsx"

/** Only these words are sent to the browser, not the whole table. */
export function identityWords(locale: Locale): IdentityWords {
  const {
    names,
    nameZh,
    nameEn,
    nameHint,
    country,
    countryHint,
    creditCode,
    creditCodeHint,
    vat,
    vatHint,
    identifierOk,
    vatOk,
    authorisedPerson,
    authorisedPersonHint,
  } = party[locale]
  return {
    names,
    nameZh,
    nameEn,
    nameHint,
    country,
    countryHint,
    creditCode,
    creditCodeHint,
    vat,
    vatHint,
    identifierOk,
    vatOk,
    authorisedPerson,
    authorisedPersonHint,
    optional: kit[locale].optional,
  }
}
