import { expect, test } from "vitest"
import { type Action, type Actor, actions, type MemberRole, type PartyRole } from "#contracts/actor.ts"
import { permit } from "./permit.ts"

const user = (roles: PartyRole[], memberRole: MemberRole = "administrator"): Actor => ({
  kind: "user",
  user: "usr_00000000000000000000000001",
  party: "pty_00000000000000000000000001",
  roles,
  memberRole,
})

const answer = (actor: Actor, action: Action): string => {
  const permitted = permit(actor, action)
  return "refused" in permitted ? permitted.refused : "permitted"
}

/** Written out once more, by hand: a slip of the pen in the table of actions has to be made twice. */
const mayDo: Record<PartyRole, string> = {
  seller: `product.draft product.read registration.submit listing.publish listing.withdraw trade.confirm
    trade.cancel trade.read ledger.exportOwn party.submit party.manage erasure.request trade.invoice
    trade.giveBack debt.read balance.read balance.topUp balance.withdraw`,
  buyer: `request.post request.close request.match trade.propose trade.confirm trade.cancel trade.pay trade.accept
    trade.dispute trade.read grant.fetch ledger.exportOwn party.submit party.manage erasure.request
    balance.read balance.topUp balance.withdraw`,
  evaluator: "party.submit party.manage erasure.request",
  operator: `product.read registration.review listing.withdraw trade.resolve trade.read payment.confirmBank
    payment.read operations.read party.verify party.classify regulator.entrust party.submit party.manage ledger.export supervision.search
    supervision.read erasure.request erasure.decide trade.giveBack refund.decide debt.read debt.decide
    chargeback.answer payout.start finance.read finance.check correction.ask
    correction.decide withdrawal.decide bankFile.import bankFile.read`,
  regulator: `trade.read party.submit party.manage ledger.export supervision.search
    supervision.freeze supervision.read supervision.hold erasure.request finance.read`,
}

test.each(Object.entries(mayDo))("what a %s may do", (role, expected) => {
  const permitted = Object.keys(actions).filter(
    (action) => answer(user([role as PartyRole]), action as Action) === "permitted",
  )
  expect(permitted.sort()).toEqual(expected.split(/\s+/).sort())
})

test("a party in two roles may do what either may", () => {
  expect(answer(user(["seller", "buyer"]), "listing.publish")).toBe("permitted")
  expect(answer(user(["seller", "buyer"]), "trade.pay")).toBe("permitted")
})

test.each<[MemberRole, Action, string]>([
  ["requester", "trade.propose", "permitted"],
  ["requester", "trade.confirm", "member_role_not_allowed"],
  ["requester", "trade.pay", "member_role_not_allowed"],
  ["requester", "trade.accept", "member_role_not_allowed"],
  ["approver", "trade.confirm", "permitted"],
  ["approver", "trade.pay", "permitted"],
  ["approver", "party.manage", "member_role_not_allowed"],
  ["approver", "party.submit", "member_role_not_allowed"],
  ["administrator", "party.manage", "permitted"],
  ["requester", "listing.publish", "role_not_allowed"],
])("within a buyer a %s asking for %s: %s", (memberRole, action, expected) => {
  expect(answer(user(["buyer"], memberRole), action)).toBe(expected)
})

test("nobody without a party is permitted anything", () => {
  for (const action of Object.keys(actions) as Action[]) {
    expect(answer({ kind: "anonymous" }, action)).toBe("not_signed_in")
    expect(answer({ kind: "system", job: "sweep" }, action)).toBe("not_signed_in")
    expect(answer({ kind: "person", user: "usr_00000000000000000000000001" }, action)).toBe("no_party")
  }
})
