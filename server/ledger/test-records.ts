import { createHash, randomBytes } from "node:crypto"
import type { UserActor } from "#contracts/actor.ts"
import { type Journal, journalHash } from "#contracts/escrow.ts"
import { type Id, type IdKind, makeId } from "#contracts/ids.ts"
import type { Payment } from "#contracts/payment.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { wholeRemit } from "#contracts/remit.ts"
import type { Time } from "#contracts/time.ts"
import type { Trade } from "#contracts/trade.ts"
import { makeKeyRing } from "../commit/key-ring.ts"
import { Writer } from "../commit.ts"
import { type Decision, decide, type FactActor } from "../decision.ts"
import type { Services } from "../services.ts"
import type { TestLog } from "./test-log.ts"

/** Services of a test's own log, as far as the ledger needs them. */
export type TestServices = Pick<Services, "sql" | "keys" | "writer" | "config">

export async function testServices(log: TestLog): Promise<TestServices> {
  const keys = makeKeyRing(log.sql, randomBytes(32))
  const writer = await new Writer(log.sql, keys).start()
  return { sql: log.sql, keys, writer, config: { home: log.home } as Services["config"] }
}

export const newId = <K extends IdKind>(kind: K): Id<K> => makeId(kind, Date.now(), randomBytes(10))

export const userOf = (...roles: UserActor["roles"]): UserActor => ({
  kind: "user",
  user: newId("user"),
  party: newId("party"),
  roles,
  memberRole: "administrator",
  ...(roles.includes("regulator") ? { remit: wholeRemit } : {}),
})

let purchases = 0

/**
 * A trade agreed and its payment held, through the writer: what an export has to hold of one purchase. Every second
 * payment is from before journals had nonces.
 */
export async function holdPayment(services: TestServices, buyer: UserActor): Promise<Id<"trade">> {
  const [trade, payment, seller] = [newId("trade"), newId("payment"), newId("party")]
  const text = `agreement of ${trade}`
  const agreementHash = createHash("sha256").update(text).digest("hex")
  await services.sql`insert into agreements (hash, trade, locale, text) values (${agreementHash}, ${trade}, 'en', ${text})`
  const who = { role: "buyer" as const, party: buyer.party, user: buyer.user }
  const common = { actor: who satisfies FactActor, owner: buyer.party, readers: [buyer.party, seller] }
  const tradeRow = (version: number) => ({ id: trade, version, buyer: buyer.party, seller }) as Trade
  const nonced = purchases++ % 2 === 0 ? { nonce: randomBytes(16).toString("hex") } : {}
  const paymentRow = (version: number) => ({ id: payment, version, trade, ...nonced }) as Payment
  const amount = { minor: "10000", currency: "CNY" as const }
  const of = (now: Time) => ({ ...common, occurredAt: now })
  await commit(services, (now) =>
    decide({
      changes: [{ noun: "trade", row: tradeRow(1) }],
      facts: [
        {
          ...of(now),
          type: "trade.proposed@1",
          subject: { noun: "trade", id: trade, version: 1 },
          threads: [{ id: trade }, { party: buyer.party }, { party: seller }],
          body: { version: 1, state: "proposed", deadline: null },
          secret: { buyer: buyer.party, seller, listing: "lst", price: amount },
        },
      ],
    }),
  )
  await commit(services, (now) =>
    decide({
      changes: [
        { noun: "trade", row: tradeRow(2) },
        { noun: "payment", row: paymentRow(1) },
      ],
      facts: [
        {
          ...of(now),
          type: "trade.agreed@1",
          subject: { noun: "trade", id: trade, version: 2 },
          threads: [{ id: trade }],
          body: {
            version: 2,
            state: "agreed",
            side: "buyer",
            agreementHash,
            method: "click",
            standing: true,
          },
          secret: { user: buyer.user },
        },
        {
          ...of(now),
          type: "payment.started@1",
          subject: { noun: "payment", id: payment, version: 1 },
          threads: [{ id: payment }, { id: trade }],
          body: { version: 1, trade, rail: "bank" },
          secret: { amount },
        },
      ],
    }),
  )
  await commit(services, (now) => {
    const held: Journal = {
      ...nonced,
      source: { type: "payment.held", id: payment },
      trade,
      occurredAt: now,
      postings: [
        { account: "bank", debit: amount },
        { account: `held:${trade}`, credit: amount },
      ],
    }
    const fee = { minor: "320", currency: "CNY" as const }
    const uncertified: Journal = {
      ...nonced,
      source: { type: "provider.fee", id: payment },
      trade,
      occurredAt: now,
      postings: [
        { account: "provider_fees", debit: fee },
        { account: "bank", credit: fee },
      ],
    }
    return decide({
      changes: [{ noun: "payment", row: paymentRow(2) }],
      journals: [held, uncertified],
      facts: [
        {
          ...of(now),
          type: "payment.held@1",
          subject: { noun: "payment", id: payment, version: 2 },
          threads: [{ id: payment }, { id: trade }],
          body: { version: 2, trade, rail: "bank", journalHash: journalHash(held) },
          secret: { amount },
        },
      ],
    })
  })
  return trade
}

async function commit({ writer }: TestServices, decision: (now: Time) => Decision): Promise<void> {
  const command = { giver: "test", id: newId("command"), action: "test", input: null }
  const answer = await writer.run(
    command,
    async () => null,
    (_, now) => decision(now),
  )
  if (isRefusal(answer)) throw new Error(answer.refused)
}
