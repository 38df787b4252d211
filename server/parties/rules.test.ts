import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { UserActor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import { factTypes } from "#contracts/ledger/fact.ts"
import type { Party, RegisterParty } from "#contracts/party.ts"
import { isRefusal, type Refusal } from "#contracts/refusal.ts"
import type { Decision } from "../decision.ts"
import {
  appoint,
  classify,
  connectPayee,
  correct,
  register,
  reject,
  submit,
  updateBankAccount,
  updateBilling,
  verify,
} from "./rules.ts"

const now = "2026-11-24T08:00:00.000Z"
const later = "2026-11-24T09:00:00.000Z"
const partyId: Id<"party"> = "pty_00000000000000000000000001"
const commandId: Id<"command"> = "cmd_00000000000000000000000001"

const input: RegisterParty = {
  commandId,
  name: { original: "zh", zh: "福州样例数据有限公司", en: "Fuzhou Sample Data Ltd" },
  country: "CN",
  identifier: "91350100 M000100Y43",
  authorisedPerson: "林知远",
  roles: ["seller", "buyer"],
}
const user: UserActor = {
  kind: "user",
  user: "usr_00000000000000000000000001",
  party: partyId,
  roles: ["seller", "buyer"],
  memberRole: "administrator",
}
const operator: UserActor = {
  kind: "user",
  user: "usr_00000000000000000000000002",
  party: "pty_00000000000000000000000002",
  roles: ["operator"],
  memberRole: "approver",
}

function written(answer: Decision | Refusal): Decision & { party: Party } {
  if (isRefusal(answer)) throw new Error(`refused: ${answer.refused}`)
  const change = answer.changes[0]
  if (change?.noun !== "party") throw new Error("no party was changed")
  return { ...answer, party: change.row }
}
const refused = (answer: Decision | Refusal) => (isRefusal(answer) ? answer.refused : "not refused")

const billing = {
  title: "福州样例数据有限公司",
  taxNumber: "91350100M000100Y43",
  address: null,
  phone: null,
  bank: "样例银行福州分行",
  account: "6222 0000 0000",
}

const registered = written(register(partyId, input, user.user, now)).party
const submitted = written(submit(registered, user, now)).party
const review = { commandId, party: partyId, version: submitted.version }
const proof = { ...review, method: "registryExtract", evidence: "extract 2026-1187" } as const
const refusal = { ...review, reason: "nameDiffers", note: "the register spells it otherwise" } as const
const verified = written(verify(submitted, proof, operator, later)).party
const rejected = written(reject(submitted, refusal, operator, later)).party
const frozen: Party = { ...verified, frozenBy: "frz_00000000000000000000000001" }

describe("a party's way", () => {
  test("registering keeps the identifier in one form and starts at version 1", () => {
    expect(registered).toMatchObject({
      version: 1,
      state: "registered",
      identifierKind: "creditCode",
      identifier: "91350100M000100Y43",
      verification: null,
      registeredAt: now,
    })
  })

  test("verifying keeps by whom, how and when", () => {
    expect(verified).toMatchObject({
      version: 3,
      state: "verified",
      verification: {
        method: "registryExtract",
        evidence: "extract 2026-1187",
        by: operator.user,
        at: later,
      },
    })
  })

  test("a rejection leads back with its reason, and the next submission clears it", () => {
    expect(rejected).toMatchObject({ state: "registered", rejection: { reason: "nameDiffers" } })
    expect(written(submit(rejected, user, later)).party).toMatchObject({
      state: "submitted",
      rejection: null,
    })
  })

  const steps = { submit, correct, verify, reject }
  test.each<[string, keyof typeof steps, Party, string]>([
    ["registered", "verify", registered, "party_state"],
    ["registered", "reject", registered, "party_state"],
    ["submitted", "submit", submitted, "party_state"],
    ["submitted", "correct", submitted, "party_state"],
    ["verified", "submit", verified, "party_already_verified"],
    ["verified", "correct", verified, "party_already_verified"],
    ["verified", "verify", verified, "party_already_verified"],
    ["verified", "reject", verified, "party_already_verified"],
  ])("a %s party refuses %s", (_state, step, party, expected) => {
    const answers = {
      submit: () => submit(party, user, later),
      correct: () => correct(party, input, user, later),
      verify: () => verify(party, proof, operator, later),
      reject: () => reject(party, refusal, operator, later),
    }
    expect(refused(answers[step]())).toBe(expected)
  })

  test("an operator who saw an older version decides on nothing", () => {
    const again = written(
      submit(
        written(correct(rejected, { ...input, authorisedPerson: "陈静" }, user, later)).party,
        user,
        later,
      ),
    )
    for (const own of [{ party: partyId }, { parties: [operator.party, partyId] }])
      expect(refused(verify(again.party, proof, { ...operator, ...own }, later))).toBe("own_matter")
    expect(refused(verify(again.party, proof, operator, later))).toBe("stale_version")
    expect(refused(reject(again.party, refusal, operator, later))).toBe("stale_version")
  })
})

test("a wrong check digit is refused when registering and when correcting", () => {
  const wrong = { ...input, identifier: "91350100M000100Y44" }
  expect(refused(register(partyId, wrong, user.user, now))).toBe("credit_code_check_digit")
  expect(refused(correct(registered, wrong, user, now))).toBe("credit_code_check_digit")
})

test("correcting names the fields that changed, and writes nothing when none did", () => {
  const { identifier, ...same } = input
  const moved = written(
    correct(registered, { ...same, country: "DE", identifier: "DE123456789" }, user, later),
  )
  expect(moved.party).toMatchObject({ version: 2, identifierKind: "vat", identifier: "DE123456789" })
  expect(moved.facts[0]?.body).toEqual({ version: 2, fields: ["country", "identifier"] })
  expect(correct(registered, { ...same, identifier }, user, later)).toMatchObject({ changes: [], facts: [] })
})

test("the payee may change at any state, but not while supervision has frozen the party", () => {
  const changed = written(updateBankAccount(verified, { bankAccount: "工商银行 6222…0017" }, user, later))
  expect(changed.facts[0]).toMatchObject({ body: { version: 4, fields: ["bankAccount"] } })
  expect(written(connectPayee(verified, "acct_1", "onboarding", later)).party.payee).toBe("acct_1")
  expect(refused(updateBankAccount(frozen, { bankAccount: "x" }, user, later))).toBe("frozen")
  expect(refused(connectPayee(frozen, "acct_1", "onboarding", later))).toBe("frozen")
})

test("what invoices are made out to is kept, removed, and not changed while frozen", () => {
  const kept = written(updateBilling(verified, { billing }, user, later)).party
  expect(kept.billing).toEqual(billing)
  expect(updateBilling(kept, { billing: { ...billing } }, user, later)).toMatchObject({ changes: [] })
  expect("billing" in written(updateBilling(kept, { billing: null }, user, later)).party).toBe(false)
  const frozen: Party = { ...kept, frozenBy: "frz_00000000000000000000000001" }
  expect(refused(updateBilling(frozen, { billing: null }, user, later))).toBe("frozen")
})

test("the operator sets a party's class, never its own, and never of a version it did not see", () => {
  const seen = { ...review, version: verified.version, class: "small" } as const
  expect(written(classify(verified, seen, operator, later)).party.class).toBe("small")
  expect(refused(classify(verified, { ...seen, version: 1 }, operator, later))).toBe("stale_version")
  for (const own of [{ party: partyId }, { parties: [operator.party, partyId] }])
    expect(refused(classify(verified, seen, { ...operator, ...own }, later))).toBe("own_matter")
  expect(classify(verified, { ...seen, class: "standard" }, operator, later)).toMatchObject({ changes: [] })
})

test("an appointment adds roles once", () => {
  const appointed = written(appoint(registered, ["operator", "seller"], "appointment", later))
  expect(appointed.party.roles).toEqual(["seller", "buyer", "operator"])
  expect(appoint(appointed.party, ["operator"], "appointment", later)).toMatchObject({
    changes: [],
    facts: [],
  })
})

describe("each fact", () => {
  const decisions: [string, Decision | Refusal][] = [
    ["party.registered@1", register(partyId, input, user.user, now)],
    ["party.corrected@1", correct(registered, { ...input, authorisedPerson: "陈静" }, user, now)],
    ["party.submitted@1", submit(registered, user, now)],
    ["party.verified@1", verify(submitted, proof, operator, later)],
    ["party.rejected@1", reject(submitted, refusal, operator, later)],
    ["party.updated@2", updateBankAccount(verified, { bankAccount: "x" }, user, later)],
    ["party.updated@2", updateBilling(verified, { billing }, user, later)],
    [
      "party.classified@1",
      classify(verified, { ...review, version: verified.version, class: "small" }, operator, later),
    ],
    ["party.updated@2", connectPayee(verified, "acct_1", "onboarding", later)],
    ["party.appointed@1", appoint(verified, ["regulator"], "appointment", later)],
  ]

  test.each(decisions)(
    "%s has the members of its type, and tells nobody who the party is",
    (type, answer) => {
      const { facts, party } = written(answer)
      const [fact] = facts
      if (!fact) throw new Error("no fact")
      expect(facts).toHaveLength(1)
      expect(fact.type).toBe(type)
      const { clear, secret } = factTypes[fact.type]
      expect(clear.safeParse(fact.body).error).toBeUndefined()
      expect(Object.keys(fact.secret).sort()).toEqual([...secret].sort())
      expect(fact.subject).toEqual({ noun: "party", id: partyId, version: party.version })
      expect(fact.threads).toEqual([{ party: partyId }])
      expect(fact.owner).toBe(partyId)
      const open = JSON.stringify(fact.body)
      for (const value of [party.identifier, party.authorisedPerson, "福州样例"])
        expect(open).not.toContain(value)
    },
  )
})

test("no order of steps skips the operator: verified only ever follows submitted", () => {
  const step = fc.constantFrom("submit", "verify", "reject", "correct", "pay")
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let party = registered
      for (const one of steps) {
        const seen = { ...proof, version: party.version }
        const answer = {
          submit: () => submit(party, user, later),
          verify: () => verify(party, seen, operator, later),
          reject: () => reject(party, { ...refusal, version: party.version }, operator, later),
          correct: () => correct(party, { ...input, authorisedPerson: `${party.version}` }, user, later),
          pay: () => updateBankAccount(party, { bankAccount: `${party.version}` }, user, later),
        }[one]()
        if (isRefusal(answer)) continue
        const next = written(answer).party
        expect(next.version).toBe(party.version + 1)
        if (next.state === "verified" && party.state !== "verified") expect(party.state).toBe("submitted")
        if (next.state === "verified") expect(next.identifier).toBe(party.identifier)
        party = next
      }
    }),
  )
})
