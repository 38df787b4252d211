import type { Chargeback } from "#contracts/chargeback.ts"
import { contentHash } from "#contracts/content-hash.ts"
import { recordSentence } from "#contracts/ledger/sentences.ts"
import { readText } from "#contracts/localized-text.ts"
import { decimal } from "#contracts/money.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { readCertificate } from "../ledger/certificates.ts"
import type { Evidence } from "../payments/provider-disputes.ts"
import type { Services } from "../services.ts"
import { loadListingTitle, loadRecords, loadScene, type TradeRecord } from "../trades/store.ts"

/** A bank's reader gets English; each text is kept below what a processor takes of one. */
const longest = 19_000

/** Records whose whole certificates go along, the most telling first, as far as there is room. */
const certified = ["trade.delivered", "grant.fetched", "trade.accepted", "trade.agreed", "payment.held"]

const nameOf = ({ type }: TradeRecord): string => type.slice(0, type.indexOf("@"))

/**
 * What is sent to the bank for a trade: that the delivered bytes were checked against the registered ones and when
 * the buyer fetched them, the agreement by its hash, and the log's records with certificates that anyone can verify.
 * It holds what has happened and nothing else; confidential values stay commitments.
 */
export async function buildEvidence(
  services: Pick<Services, "sql" | "config">,
  chargeback: Chargeback,
): Promise<Evidence | Refusal> {
  const { sql, config } = services
  const [scene, title, records] = await Promise.all([
    loadScene(sql, chargeback.trade),
    loadListingTitle(sql, chargeback.trade),
    loadRecords(sql, chargeback.trade),
  ])
  if (!scene) return refuse("not_found", "trade")
  const { trade, grant } = scene
  const address = `${config.publicUrl}/en/ledger/records`
  const told = records.filter(({ subject }) => !subject.startsWith("cbk_"))
  const delivered = told.findLast((record) => nameOf(record) === "trade.delivered")
  const intro = [
    `Answer to the chargeback ${chargeback.reference} of ${decimal(chargeback.amount)} ${chargeback.amount.currency}.`,
    `Trade ${trade.id}: a licence to use the data product "${title ? readText(title, "en").text : trade.product}".`,
    `Agreement: both sides confirmed the text with SHA-256 ${trade.agreementHash}.`,
    ...trade.confirmations.map(({ side, method, at }) => `- ${side} confirmed (${method}) at ${at}`),
    delivered
      ? `Delivery check at ${delivered.at}: the stored bytes were compared with the registered ones; result: ${String(delivered.body.check)}.`
      : "The data has not been delivered.",
    grant === null
      ? "No access was given."
      : `Access was given at ${grant.issuedAt}; the buyer fetched the data ${grant.fetches} time(s)${grant.lastFetchedAt ? `, last at ${grant.lastFetchedAt}` : ""}.`,
    "",
    `Certificates follow (c2sp.org/tlog-proof@v1): each proves that a record stands in the market's signed, append-only log. Verify them at ${config.publicUrl}/en/verify or with any C2SP tool and the key at ${config.publicUrl}/ledger/log.vkey.`,
  ].join("\n")
  return {
    productDescription:
      `Data product, delivered as a file over the internet under a licence: ${title ? readText(title, "en").text : trade.product}`.slice(
        0,
        1_000,
      ),
    serviceDate: (grant?.issuedAt ?? trade.updatedAt).slice(0, 10),
    accessLog: told
      .map((record) => line(record, address))
      .join("\n")
      .slice(0, longest),
    statement: await withCertificates(services, intro, told),
  }
}

const line = (record: TradeRecord, address: string): string =>
  `${record.at} ${recordSentence(record, {}, "en")}${record.index === null ? "" : ` ${address}/${record.index}`}`

async function withCertificates(
  { sql }: Pick<Services, "sql">,
  intro: string,
  records: readonly TradeRecord[],
): Promise<string> {
  let text = intro
  for (const name of certified) {
    const record = records.findLast((one) => nameOf(one) === name)
    if (record === undefined || record.index === null) continue
    const certificate = await readCertificate(sql, { index: record.index })
    if (isRefusal(certificate)) continue
    const part = `\n\n[${certificate.number} ${record.type}]\n${certificate.proofText}`
    if (text.length + part.length <= longest) text += part
  }
  return text
}

/** What a chargeback's own record says of the evidence. */
export const evidenceHashOf = (parameters: { dispute: string; evidence: Evidence }): string =>
  contentHash(parameters)
