import type { ErasableField } from "#contracts/erasure.ts"
import type { Party } from "#contracts/party.ts"

/** Which of the fields that can be erased a party's row holds now. */
export function fieldsHeld({
  authorisedPerson,
  verification,
  rejection,
  bankAccount,
  payee,
  billing,
}: Party): ErasableField[] {
  const held: Record<ErasableField, boolean> = {
    authorisedPerson: authorisedPerson !== "",
    evidence: (verification?.evidence ?? "") !== "",
    note: (rejection?.note ?? "") !== "",
    bankAccount: bankAccount !== null,
    payee: payee !== null,
    billing: billing !== undefined,
  }
  return (Object.keys(held) as ErasableField[]).filter((field) => held[field])
}

export function withoutFields(party: Party, field: ErasableField): Party {
  const { verification, rejection } = party
  const { billing: _, ...unbilled } = party
  return {
    ...(field === "billing" ? unbilled : party),
    ...{
      authorisedPerson: { authorisedPerson: "" },
      evidence: { verification: verification && { ...verification, evidence: "" } },
      note: { rejection: rejection && { ...rejection, note: "" } },
      bankAccount: { bankAccount: null },
      payee: { payee: null },
      billing: {},
    }[field],
  }
}
