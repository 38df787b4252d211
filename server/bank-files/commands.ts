import { hash } from "node:crypto"
import type { Actor, UserActor } from "#contracts/actor.ts"
import type { ConfirmLines, MatchByHand, MatchTarget, SetAside, TakeBack } from "#contracts/bank-file.ts"
import { type Id, makeId } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { isRefusal, type Refusal, type RefusalCode, refuse } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import type { Services } from "../services.ts"
import { kinds } from "./kinds.ts"
import { type OpenItem, sameTarget } from "./match-rules.ts"
import { matchesOf } from "./queries.ts"
import { addLineStep, type LineCard, loadLine, loadLines } from "./store.ts"

export type ConfirmedLine = { line: Id<"bankLine">; refused: RefusalCode | null }

/**
 * A person of the operator confirms lines that they have seen matched, each with what they saw. What is matched
 * otherwise by now is not confirmed; each line stands for itself, and goes through the operator's own command.
 */
export async function confirmLines(
  services: Services,
  actor: Actor,
  { commandId, lines }: ConfirmLines,
): Promise<{ confirmed: number; lines: ConfirmedLine[] } | Refusal> {
  const user = permit(actor, "payment.confirmBank")
  if (isRefusal(user)) return user
  const shown = await Promise.all(lines.map(({ line }) => loadLine(services.sql, line)))
  const files = [...new Set(shown.flatMap((line) => line?.file ?? []))]
  const together = (await Promise.all(files.map((file) => loadLines(services.sql, file)))).flat()
  const matches = await matchesOf(services.sql, together)
  const told: ConfirmedLine[] = []
  for (const [i, { line: id, target }] of lines.entries()) {
    const line = shown[i]
    const match = matches.get(id)
    const item = match?.kind === "exact" && sameTarget(match.item, target) ? match.item : null
    const answer = await confirmShown(services, user, line ?? null, target, item, commandId)
    told.push({ line: id, refused: isRefusal(answer) ? answer.refused : null })
  }
  return { confirmed: told.filter(({ refused }) => refused === null).length, lines: told }
}

async function confirmShown(
  services: Services,
  user: UserActor,
  line: LineCard | null,
  target: MatchTarget,
  item: OpenItem | null,
  commandId: Id<"command">,
): Promise<Json | Refusal> {
  if (!line) return refuse("not_found", "line")
  if (line.match && !line.match.byHand && line.match.kind === target.kind && line.match.thing === target.id)
    return { line: line.id }
  if (line.state !== "open") return refuse("bank_line_state", "line")
  if (!item) return refuse("bank_match_differs", "line")
  return kinds[item.kind].confirm(services, user, { item, line, commandId: commandOf(commandId, line.id) })
}

/** The command of one line among those of a click: the same click again gives the same. */
function commandOf(command: Id<"command">, line: Id<"bankLine">): Id<"command"> {
  const bytes = hash("sha256", `${command}\n${line}`, "buffer")
  const timeMs = bytes.readUIntBE(10, 5)
  return makeId("command", timeMs, bytes.subarray(0, 10))
}

/** A person says what a line is, without its reference: direction, currency and amount have to be the thing's all the same. */
export async function matchByHand(
  services: Services,
  actor: Actor,
  { commandId, line: id, target }: MatchByHand,
): Promise<Json | Refusal> {
  const user = permit(actor, "payment.confirmBank")
  if (isRefusal(user)) return user
  const line = await loadLine(services.sql, id)
  if (!line) return refuse("not_found", "line")
  if (line.match?.thing === target.id) return { line: id }
  if (line.state !== "open") return refuse("bank_line_state", "line")
  const items = await kinds[target.kind].find(services.sql, { id: target.id })
  const item = items.find((one) => sameTarget(one, target))
  if (!item) return refuse("bank_match_differs", "line")
  // The other kinds have a command that reads the state again; a payout's line is only noted.
  if (item.kind === "payout" && !item.waiting) return refuse("bank_match_differs", "line")
  const { amount, direction } = item
  if (direction !== line.direction || amount.currency !== line.amount.currency)
    return refuse("payment_mismatch", "amount")
  if (amount.minor !== line.amount.minor && !paysPart(item, line)) return refuse("payment_mismatch", "amount")
  return kinds[target.kind].confirm(services, user, { item, line, commandId })
}

/** A debt may be repaid in parts; all else is paid whole. */
const paysPart = ({ kind, amount }: OpenItem, line: LineCard): boolean =>
  kind === "debt" && BigInt(line.amount.minor) < BigInt(amount.minor)

/** Nothing of this market's: a fee, interest, or what is dealt with elsewhere. */
export const setAside = (services: Services, actor: Actor, input: SetAside) =>
  step(services, actor, input, { step: "setAside", reason: input.reason, note: input.note })

export const takeBack = (services: Services, actor: Actor, input: TakeBack) =>
  step(services, actor, input, { step: "takenBack", reason: null, note: null })

async function step(
  services: Services,
  actor: Actor,
  { commandId, line: id }: TakeBack,
  how:
    | { step: "setAside"; reason: SetAside["reason"]; note: string }
    | { step: "takenBack"; reason: null; note: null },
): Promise<Json | Refusal> {
  const user = permit(actor, "bankFile.import")
  if (isRefusal(user)) return user
  const line = await loadLine(services.sql, id)
  if (!line) return refuse("not_found", "line")
  if (line.state === "matched") return refuse("bank_line_state", "line")
  const added = await addLineStep(services.sql, { line: id, user: user.user, command: commandId, ...how })
  return added ? { line: id } : refuse("bank_line_state", "line")
}
