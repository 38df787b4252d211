import type { Action, Actor, UserActor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { isRefusal, type Refusal } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { permit } from "./access/permit.ts"
import type { Decision } from "./decision.ts"
import type { Services } from "./services.ts"

export type AskedCommand<I> = {
  /** What the actor must be allowed to do. */
  readonly may: Action
  /** What the command is called; as what it needs, unless told. */
  readonly action?: string
  readonly input: I & { readonly commandId: Id<"command"> }
}

/**
 * The way of a command that somebody gives for their party: refused unless they may; reads what it is about; decides,
 * again if that moved meanwhile; and is written once, however often it is sent.
 */
export async function runCommand<I, S>(
  { writer }: Pick<Services, "writer">,
  actor: Actor,
  { may, action = may, input }: AskedCommand<I>,
  read: (user: UserActor) => Promise<S | Refusal>,
  decide: (seen: S, user: UserActor, now: Time) => Decision | Refusal,
): Promise<Json | Refusal> {
  const user = permit(actor, may)
  if (isRefusal(user)) return user
  return writer.run(
    { giver: user.party, id: input.commandId, action, input },
    () => read(user),
    (seen, now) => decide(seen, user, now),
  )
}
