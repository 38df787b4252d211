import { type CosignerKey, parseCosignerKey } from "#contracts/ledger/cosignature.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { nodeCrypto } from "../node-crypto.ts"

/** A witness that the market asks: its key, and the address that `add-checkpoint` is put behind. */
export type WitnessTarget = { readonly key: CosignerKey; readonly url: string }

/**
 * Reads QUANHENG_WITNESSES: `<verifier key> <address>` for each, parted by commas or new lines. Throws a plain
 * sentence: a market that was told of witnesses does not run on without them unseen.
 */
export function readWitnessTargets(text: string): WitnessTarget[] {
  const targets: WitnessTarget[] = []
  for (const item of text.split(/[,\n]/).map((part) => part.trim())) {
    if (item === "") continue
    const [vkey = "", address = "", ...others] = item.split(/\s+/)
    const key = parseCosignerKey(vkey, nodeCrypto.sha256)
    if (isMalformed(key)) throw new Error(`QUANHENG_WITNESSES: ${vkey}: ${key.malformed}`)
    const url = URL.parse(address)
    if (others.length > 0 || url === null || !/^https?:$/.test(url.protocol) || url.search || url.hash)
      throw new Error(`QUANHENG_WITNESSES: ${key.cosigner} needs one address behind its key, http or https`)
    if (targets.some((known) => known.key.keyId === key.keyId || known.key.cosigner === key.cosigner))
      throw new Error(`QUANHENG_WITNESSES: ${key.cosigner} is named twice`)
    targets.push({ key, url: url.href.replace(/\/$/, "") })
  }
  return targets
}
