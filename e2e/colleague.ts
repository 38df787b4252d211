import { type Visitor, visit } from "#server/seed/visitor.ts"
import { type DemoAccount, origin } from "./accounts.ts"
import * as deeds from "./deeds.ts"

/** Another person of the visitor's organisation, who may approve: a new account, which nobody has signed in with. */
export async function colleagueOf(visitor: Visitor): Promise<Pick<DemoAccount, "email" | "password">> {
  const word = deeds.unique()
  const account = { email: `${word}@example.org`, password: `long enough ${word}` }
  await visit(origin()).ask.access.signUp.mutate({ name: word, ...account })
  const member = { email: account.email, role: "approver" } as const
  await visitor.ask.parties.addMember.mutate({ commandId: deeds.makeCommand(), ...member } as never)
  return account
}
