import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { actorOfSession } from "./session-actor.ts"

const user = { id: "usr_00000000000000000000000001", name: "x", email: "x@example.org" } as const
const acting = {
  party: "pty_00000000000000000000000001",
  name: { original: "en", en: "X" },
  state: "verified",
  memberRole: "approver",
  remit: { regions: ["CN-33"], duties: ["data"] },
} as const

test("a regulator acts within its remit, and nobody else has one", () => {
  const make = (roles: ("regulator" | "buyer")[]) =>
    actorOfSession({
      user,
      memberships: [],
      acting: { ...acting, remit: { regions: ["CN-33"], duties: ["data"] }, roles },
    })
  expect(make(["regulator"])).toMatchObject({ kind: "user", memberRole: "approver", remit: acting.remit })
  expect(make(["buyer"])).not.toHaveProperty("remit")
  expect(actorOfSession({ user, memberships: [], acting: null })).toEqual({ kind: "person", user: user.id })
})

test("for one party, and known to be of all that the person is a member of", () => {
  const operator = { ...acting, remit: null, roles: ["operator" as const] }
  const other = { ...operator, party: "pty_00000000000000000000000002" as const, roles: ["seller" as const] }
  expect(actorOfSession({ user, memberships: [operator, other], acting: operator })).toMatchObject({
    party: operator.party,
    parties: [operator.party, other.party],
  })
})

test("the pages make no actor of their own, which would lose what another gains", () => {
  expect(readFileSync("app/_lib/caller.ts", "utf8")).not.toContain("memberRole")
})
