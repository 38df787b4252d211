import { type Actor, isOwnMatter, type UserActor } from "#contracts/actor.ts"
import type { DecideCorrection, ExplainLine, PayTax } from "#contracts/correction.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { type Money, makeMoney, zero } from "#contracts/money.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import { withdrawAlert } from "../alerts/store.ts"
import { oneAtATime } from "../one-at-a-time.ts"
import { takeRandom } from "../random.ts"
import type { Services } from "../services.ts"
import { runLock } from "../settlements/run-store.ts"
import { type Asked, askCorrection, bookCorrection, dropCorrection, type Made } from "./rules.ts"
import {
  loadCorrection,
  loadJournalOwners,
  loadLoneJournal,
  loadSuspendedLine,
  loadTaxPayable,
  type SuspendedLine,
} from "./store.ts"

const newMade = ({ newId }: Pick<Services, "newId">, { party }: UserActor): Made => ({
  id: newId("correction"),
  nonce: takeRandom(16).toString("hex"),
  owner: party,
})

/**
 * Beside the comparisons with the provider's book, which write lines out of suspense too, and beside each other: a line
 * leaves suspense once, and no more tax is paid than is owed.
 */
const alone = <T>({ sql }: Services, act: () => Promise<T>) => oneAtATime(sql, runLock, act)

/** An operator says what a line in suspense is; it is booked when another has confirmed it. */
export async function explainLine(
  services: Services,
  actor: Actor,
  input: ExplainLine,
): Promise<Json | Refusal> {
  const user = permit(actor, "correction.ask")
  if (isRefusal(user)) return user
  const made = newMade(services, user)
  return alone(services, () =>
    services.writer.run(
      { giver: user.party, id: input.commandId, action: "correction.explain", input },
      () => lineOf(services, user, input),
      (asked, now) => askCorrection(made, asked, user, now),
    ),
  )
}

async function lineOf(
  { sql, provider }: Services,
  user: UserActor,
  { entry, reason, journal, note }: ExplainLine,
): Promise<Asked | Refusal> {
  const line = await loadSuspendedLine(sql, provider.name, entry)
  if (!line) return refuse("not_found", "line")
  if (journal !== null) {
    const fits = await fitting({ sql }, user, line, journal)
    if (isRefusal(fits)) return fits
  }
  const net = BigInt(line.net)
  return {
    kind: "line",
    amount: makeMoney(net < 0n ? -net : net, line.currency),
    direction: net < 0n ? "out" : "in",
    reason,
    reference: entry,
    provider: line.provider,
    journal,
    note,
  }
}

/** By hand what a comparison does by itself where marks fit: the amounts have to fit all the same. */
async function fitting(
  { sql }: Pick<Services, "sql">,
  user: UserActor,
  line: SuspendedLine,
  source: NonNullable<ExplainLine["journal"]>,
): Promise<null | Refusal> {
  const journal = await loadLoneJournal(sql, source)
  if (!journal) return refuse("not_found", "journal")
  if (isOwnMatter(user, journal.buyer, journal.seller, journal.party)) return refuse("own_matter", "journal")
  if (journal.currency !== line.currency) return refuse("payment_mismatch", "currency")
  return journal.amount === line.net || journal.amount === line.amount
    ? null
    : refuse("payment_mismatch", "amount", { expected: journal.amount, got: line.net })
}

/** An operator has paid tax to the authority from the platform's bank account. */
export async function payTax(services: Services, actor: Actor, input: PayTax): Promise<Json | Refusal> {
  const user = permit(actor, "correction.ask")
  if (isRefusal(user)) return user
  const made = newMade(services, user)
  const { amount, document, note } = input
  const asked: Asked = {
    kind: "tax",
    amount,
    direction: "out",
    reason: "taxPaid",
    reference: document,
    provider: null,
    journal: null,
    note,
  }
  return services.writer.run(
    { giver: user.party, id: input.commandId, action: "correction.tax", input },
    () => payableIn(services, amount),
    (payable, now) =>
      BigInt(amount.minor) > BigInt(payable.minor)
        ? refuse("tax_too_large", "amount", { most: payable.minor })
        : askCorrection(made, asked, user, now),
  )
}

const payableIn = async ({ sql }: Services, { currency }: Money): Promise<Money> =>
  (await loadTaxPayable(sql)).find((one) => one.currency === currency) ?? zero(currency)

/** A second person of the operator's confirms it, or either of the two drops it. */
export async function decideCorrection(
  services: Services,
  actor: Actor,
  input: DecideCorrection,
): Promise<Json | Refusal> {
  const user = permit(actor, "correction.decide")
  if (isRefusal(user)) return user
  const answer = await alone(services, () =>
    services.writer.run(
      { giver: user.party, id: input.commandId, action: "correction.decide", input },
      async () => {
        const correction = await loadCorrection(services.sql, input.correction)
        if (!correction) return refuse("not_found", "correction")
        const journal = correction.journal && (await ownerOf(services, user, correction.journal))
        if (isRefusal(journal)) return journal
        return { correction, payable: await payableIn(services, correction.amount) }
      },
      ({ correction, payable }, now) =>
        input.confirm
          ? bookCorrection(correction, payable, user, now)
          : dropCorrection(correction, user, now),
    ),
  )
  const decided = isRefusal(answer) ? null : await loadCorrection(services.sql, input.correction)
  if (decided?.state === "booked" && decided.kind === "line")
    await withdrawAlert(services.sql, "line", decided.reference)
  return answer
}

async function ownerOf(
  { sql }: Services,
  user: UserActor,
  journal: { type: string; id: string },
): Promise<null | Refusal> {
  const owners = await loadJournalOwners(sql, journal)
  return isOwnMatter(user, ...owners) ? refuse("own_matter", "journal") : null
}
