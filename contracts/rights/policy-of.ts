import type { PolicyInput } from "../product.ts"
import type { Refusal } from "../refusal.ts"
import type { RightsPolicy } from "../rights.ts"
import { fromForm } from "./form.ts"
import { policyOfLicence } from "./licences.ts"
import { fromOdrl } from "./odrl-read.ts"

/** The policy that an input means, whichever way it was given; what the reader of ODRL refuses is refused. */
export function policyOf(input: PolicyInput): RightsPolicy | Refusal {
  switch (input.by) {
    case "answers":
      return fromForm(input.answers)
    case "licence":
      return policyOfLicence(input.licence, input.credit)
    case "policy":
      return input.policy
    case "odrl":
      return fromOdrl(input.document)
  }
}
