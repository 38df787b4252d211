import type { Locale } from "#contracts/localized-text.ts"
import type { crossBorderMechanisms, personalBases, RightsEvidence } from "#contracts/registration.ts"
import type { EvidenceWords } from "../../../_lib/messages/evidence.ts"
import type { PaperWords } from "./paper-fields.tsx"

/** Words without functions, for the browser. */
export type FormWords = {
  [Key in keyof EvidenceWords as EvidenceWords[Key] extends (...args: never[]) => unknown
    ? never
    : Key]: EvidenceWords[Key]
} & PaperWords & {
    personalBases: Readonly<Record<(typeof personalBases)[number], string>>
    mechanisms: Readonly<Record<(typeof crossBorderMechanisms)[number], string>>
    hintedText: string | null
  }

/** `first` is what the form began with, `now` what it holds: questions appear with the answers that ask for them. */
export type PartProps = { t: FormWords; locale: Locale; first: RightsEvidence; now: RightsEvidence }
