import { type Action, type Actor, actions, type PartyRole, type UserActor } from "#contracts/actor.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"

/**
 * The first line of every command and query: the actor as a user of a party whose role allows the action, or
 * the refusal. Whether the thing is the party's own is asked where it is loaded.
 */
export function permit(actor: Actor, action: Action): UserActor | Refusal {
  if (actor.kind === "anonymous" || actor.kind === "system") return refuse("not_signed_in")
  if (actor.kind === "person") return refuse("no_party")
  return allows(actor.roles, action) ? actor : refuse("role_not_allowed")
}

export function allows(roles: readonly PartyRole[], action: Action): boolean {
  const allowed: readonly PartyRole[] = actions[action]
  return roles.some((role) => allowed.includes(role))
}
