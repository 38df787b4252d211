import { z } from "zod"
import { rails } from "../payment.ts"
import { sides, tradeStates } from "../trade.ts"
import { factForms, none, noun } from "./fact-forms.ts"
import { moneyFactTypes } from "./facts-of-money.ts"
import { filterKinds } from "./filter.ts"
import { rotationReasons } from "./rotation-reason.ts"

/**
 * The closed list of certified facts. Each type says which members of its body stand in clear and which are
 * confidential: those appear in the leaf as `{"commit": "<hex>"}` and are opened only to who is entitled
 * (LEDGER §3). What stands in clear must not tell a rival who trades with whom, for how much, or which listing
 * sells: types, times, random ids, state names, hashes of what nobody can guess. docs/disclosures.md says of each
 * member in clear why it is harmless. A change to a body is a new version (`…@2`); a type that was once sealed is
 * never removed, only no longer written.
 */
const { hash, code, count, id, time, version } = factForms
/** A log's verifier key (c2sp.org/signed-note), in its one form; what it says is read where keys are judged. */
const vkey = z.string().regex(/^[a-z0-9/]{1,120}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/)
const tradeState = z.enum(tradeStates)
const side = z.enum(sides)
const rail = z.enum(rails)
/** A confidential value by its record and its place in it: `42#/body/authorisedPerson`. */
const place = z.string().regex(/^(0|[1-9][0-9]{0,14})#\/(actor|body\/[a-zA-Z]{1,40})$/)

const trade = <S extends z.ZodRawShape>(shape: S) => z.strictObject({ version, state: tradeState, ...shape })

export const factTypes = {
  "party.registered@1": { clear: noun({ roles: z.array(code) }), secret: ["name", "country", "identifier"] },
  "party.corrected@1": {
    clear: noun({ fields: z.array(code) }),
    secret: ["name", "country", "identifier", "authorisedPerson"],
  },
  "party.submitted@1": { clear: noun({}), secret: ["identifier", "authorisedPerson"] },
  "party.verified@1": {
    clear: noun({ method: code }),
    secret: ["name", "identifier", "authorisedPerson", "evidence"],
  },
  "party.rejected@1": { clear: noun({ reason: code }), secret: ["note"] },
  "party.frozen@1": { clear: noun({ freeze: id }), secret: none },
  "party.unfrozen@1": { clear: noun({ freeze: id }), secret: none },
  "party.updated@1": { clear: noun({ fields: z.array(code) }), secret: ["bankAccount", "payee"] },
  "party.updated@2": {
    clear: noun({ fields: z.array(code) }),
    secret: ["bankAccount", "payee", "billing"],
  },
  /** By which the market's fee is reckoned. Of few classes, it would help to tell who a party is. */
  "party.classified@1": { clear: noun({}), secret: ["class"] },
  /** Who approves the party's purchases, and its budgets. */
  "party.limited@1": { clear: noun({}), secret: ["procurement"] },
  "party.appointed@1": { clear: noun({ roles: z.array(code) }), secret: none },
  /** Fields that the party's own row no longer holds, by an erasure. */
  "party.erased@1": { clear: noun({ erasure: id, fields: z.array(code) }), secret: none },
  /** What a regulator may see and do; none of either takes it away. */
  "party.entrusted@1": { clear: noun({ regions: z.array(code), duties: z.array(code) }), secret: none },

  "registration.submitted@1": { clear: noun({ versionHash: hash, termsHash: hash }), secret: none },
  "registration.approved@1": { clear: noun({ versionHash: hash, number: z.string() }), secret: none },
  "registration.rejected@1": { clear: noun({ versionHash: hash, reason: code }), secret: ["note"] },

  "listing.published@1": {
    clear: noun({ registration: id, versionHash: hash, policyHash: hash, termsHash: hash }),
    secret: none,
  },
  "listing.withdrawn@1": { clear: noun({ reason: code }), secret: none },
  "listing.frozen@1": { clear: noun({ freeze: id }), secret: none },
  "listing.unfrozen@1": { clear: noun({ freeze: id }), secret: none },

  "request.posted@1": { clear: noun({ deadline: time }), secret: ["request"] },
  "request.closed@1": { clear: noun({ reason: code }), secret: none },
  "round.ranked@1": {
    clear: noun({ request: id, rules: code, inputsHash: hash, resultHash: hash, candidates: count }),
    secret: none,
  },
  /** The hash of a short ranking of public listings can be guessed, so neither stands in clear. */
  "round.ranked@2": {
    clear: noun({ request: id, rules: code, candidates: count }),
    secret: ["inputsHash", "resultHash"],
  },

  "trade.proposed@1": {
    clear: trade({ deadline: time.nullable() }),
    secret: ["buyer", "seller", "listing", "price"],
  },
  /** With what the price consists of, and the buyer's own number of its order. */
  "trade.proposed@2": {
    clear: trade({ deadline: time.nullable() }),
    secret: ["buyer", "seller", "listing", "price", "tax", "fee", "purchaseOrder"],
  },
  "trade.confirmed@1": { clear: trade({ side, agreementHash: hash, method: code }), secret: ["user"] },
  "trade.agreed@1": {
    clear: trade({ side, agreementHash: hash, method: code, standing: z.boolean() }),
    secret: ["user"],
  },
  "trade.cancelled@1": { clear: trade({ side, reason: code }), secret: none },
  "trade.expired@1": { clear: trade({ from: tradeState }), secret: none },
  "trade.funding@1": { clear: trade({ payment: id, rail }), secret: none },
  "trade.unfunded@1": { clear: trade({ payment: id, reason: code }), secret: none },
  /** The buyer has paid, and the money itself is on its way; the trade waits for it until the deadline. */
  "trade.processing@1": { clear: trade({ payment: id, deadline: time.nullable() }), secret: none },
  "trade.funded@1": { clear: trade({ payment: id }), secret: none },
  "trade.delivered@1": {
    clear: trade({ grant: id, versionHash: hash, measuredHash: hash, check: z.enum(["same", "different"]) }),
    secret: none,
  },
  /** A version's hash stands on its listing's page: whoever sees both would know what sells. */
  "trade.delivered@2": {
    clear: trade({ grant: id, check: z.enum(["same", "different"]) }),
    secret: ["versionHash", "measuredHash"],
  },
  "trade.accepted@1": { clear: trade({ by: z.enum(["buyer", "silence"]) }), secret: none },
  "trade.disputed@1": { clear: trade({ reason: code }), secret: ["statement"] },
  "trade.resolved@1": {
    clear: trade({ reason: z.enum(["dispute", "undelivered", "disputeUnanswered"]) }),
    secret: ["release", "refund", "note"],
  },
  /** `conceded`: the seller gives all of the held funds back. */
  "trade.resolved@2": {
    clear: trade({ reason: z.enum(["conceded"]) }),
    secret: ["release", "refund", "note"],
  },
  "trade.settled@1": { clear: trade({ payment: id.nullable() }), secret: none },
  "trade.refunded@1": { clear: trade({ payment: id.nullable() }), secret: none },
  /** The seller has issued its tax invoice; no step of the trade. */
  "trade.invoiced@1": { clear: trade({}), secret: ["invoice"] },
  "trade.chargedBack@1": { clear: trade({ payment: id, chargeback: id }), secret: none },
  "trade.frozen@1": { clear: trade({ freeze: id }), secret: none },
  "trade.unfrozen@1": { clear: trade({ freeze: id, deadline: time.nullable() }), secret: none },
  /** A freeze of a listing stands in that listing's thread: its id would say of which listing the trade is. */
  "trade.frozen@2": { clear: trade({}), secret: ["freeze"] },
  "trade.unfrozen@2": { clear: trade({ deadline: time.nullable() }), secret: ["freeze"] },

  // Payments, and what moves money beside them: facts-of-money.ts.
  ...moneyFactTypes,

  "grant.issued@1": { clear: noun({ trade: id, versionHash: hash, expires: time }), secret: none },
  "grant.fetched@1": { clear: noun({ trade: id, sha256: hash }), secret: ["user"] },
  /** What ends by the policy of a listing ends on a date that its page shows. */
  "grant.issued@2": { clear: noun({ trade: id }), secret: ["versionHash", "expires"] },
  "grant.fetched@2": { clear: noun({ trade: id }), secret: ["sha256", "user"] },
  "grant.revoked@1": { clear: noun({ trade: id, reason: code }), secret: none },

  "freeze.imposed@1": {
    clear: noun({ scope: z.enum(["trade", "listing", "party"]), reason: code, expires: time }),
    secret: ["document", "target", "note"],
  },
  "freeze.lifted@1": {
    clear: noun({ scope: z.enum(["trade", "listing", "party"]), by: z.enum(["order", "expiry"]) }),
    secret: ["document"],
  },

  "hold.placed@1": {
    clear: noun({ reason: code }),
    secret: ["document", "target", "note"],
  },
  "hold.lifted@1": { clear: noun({}), secret: ["document"] },

  "erasure.requested@1": {
    clear: noun({ kind: z.enum(["account", "field"]), reason: code, basis: code }),
    secret: ["subject"],
  },
  /** Of the data of a product. */
  "erasure.requested@2": {
    clear: noun({ kind: z.enum(["product"]), reason: code, basis: code }),
    secret: ["subject"],
  },
  /** By which rule it must be kept, and until when; null while there is no date. */
  "erasure.held@1": { clear: noun({ rule: code, until: time.nullable() }), secret: none },
  "erasure.refused@1": { clear: noun({ reason: code }), secret: ["note"] },
  /** From here on nobody can open these values; it names the places, never what stood there. */
  "data.erased@1": {
    clear: noun({
      kind: z.enum(["account", "field"]),
      reason: code,
      basis: code,
      places: z.array(place),
    }),
    secret: none,
  },
  /** From here on nobody can read the files of these registered versions: their key is destroyed. */
  "data.erased@2": {
    clear: noun({ kind: z.enum(["product"]), reason: code, basis: code, versions: z.array(hash) }),
    secret: none,
  },
  /** The values, their salts and their keys are gone from where the market keeps them. */
  "erasure.finished@1": { clear: noun({ values: count }), secret: none },

  /** A comparison with the provider's own book: the lines it went by, and what it booked of them in one journal. */
  "settlement.booked@1": { clear: noun({ lines: count, linesHash: hash, journalHash: hash }), secret: none },

  /** A statement of the platform's bank account was read: how many lines it has, and how many of them were new. */
  "bankFile.imported@1": {
    clear: noun({ lines: count, added: count, linesHash: hash }),
    secret: ["fileHash", "account", "period", "opening", "closing", "credits", "debits"],
  },

  // The map of all threads: contracts/ledger/thread-map.ts.
  "index.sealed@1": { clear: noun({ size: count, keys: count, root: hash }), secret: none },

  // The log signs with another key from here on: contracts/ledger/rotation.ts.
  "key.rotated@1": { clear: noun({ from: vkey, to: vkey, reason: z.enum(rotationReasons) }), secret: none },

  "audit.exported@1": {
    clear: noun({ from: count, to: count, size: count, manifestHash: hash }),
    secret: ["reason"],
  },
  /** Of an export that is filtered. */
  "audit.exported@2": {
    clear: noun({
      from: count,
      to: count,
      size: count,
      manifestHash: hash,
      filter: z.enum(filterKinds),
    }),
    secret: ["reason", "subject"],
  },
  "audit.opened@1": { clear: noun({ purpose: code, values: count }), secret: ["records"] },
} as const satisfies Record<string, { clear: z.ZodType; secret: readonly string[] }>

export type FactType = keyof typeof factTypes
export type FactBody<T extends FactType> = z.infer<(typeof factTypes)[T]["clear"]>
export type FactSecret<T extends FactType> = (typeof factTypes)[T]["secret"][number]

export const isFactType = (text: string): text is FactType => Object.hasOwn(factTypes, text)

export const actorRoles = ["buyer", "seller", "evaluator", "operator", "regulator", "provider"] as const
export type ActorRole = (typeof actorRoles)[number]

/** Values that JSON holds; what a leaf's body and a disclosure are made of. */
export type Json = null | boolean | number | string | Json[] | { [member: string]: Json }
