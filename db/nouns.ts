import { getTableColumns, getTableName } from "drizzle-orm"
import { balances, topUps, withdrawals } from "./schema/balance.ts"
import { bankFiles } from "./schema/bank.ts"
import { listings } from "./schema/listing.ts"
import { parties } from "./schema/party.ts"
import { chargebacks, debts, payments, payouts, refunds } from "./schema/payment.ts"
import { registrations } from "./schema/registration.ts"
import { requests, rounds } from "./schema/request.ts"
import { corrections, settlements } from "./schema/settlement.ts"
import { erasures, exports, freezes, holds, logKeys, openings, threadIndexes } from "./schema/supervision.ts"
import { grants, trades } from "./schema/trade.ts"

const tables = {
  party: parties,
  registration: registrations,
  listing: listings,
  request: requests,
  round: rounds,
  trade: trades,
  payment: payments,
  refund: refunds,
  debt: debts,
  chargeback: chargebacks,
  payout: payouts,
  correction: corrections,
  balance: balances,
  topUp: topUps,
  withdrawal: withdrawals,
  settlement: settlements,
  bankFile: bankFiles,
  grant: grants,
  freeze: freezes,
  export: exports,
  opening: openings,
  index: threadIndexes,
  key: logKeys,
  erasure: erasures,
  hold: holds,
} as const

export type CertifiedNoun = keyof typeof tables

/** What the row itself is made of; the other columns are members of it. */
const own = new Set(["id", "version", "row"])

function ofEach<T>(of: (table: (typeof tables)[CertifiedNoun]) => T): Readonly<Record<CertifiedNoun, T>> {
  return Object.fromEntries(Object.entries(tables).map(([noun, table]) => [noun, of(table)])) as Record<
    CertifiedNoun,
    T
  >
}

/** The table of each certified noun; only server/commit writes them. */
export const nounTables = ofEach(getTableName)

/** The members of each noun's row that have a column of their own, in the order in which the writer gives them. */
export const nounMembers = ofEach((table) =>
  Object.keys(getTableColumns(table)).filter((column) => !own.has(column)),
)

/** The largest number of such members. */
export const mostMembers = Math.max(...Object.values(nounMembers).map(({ length }) => length))

/** A member as its column holds it: text, or null where the row has none. */
export function memberText(row: object, member: string): string | null {
  const value = (row as Record<string, unknown>)[member]
  return value === null || value === undefined ? null : String(value)
}
