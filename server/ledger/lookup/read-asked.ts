import { fromBase64, toHex } from "#contracts/bytes.ts"
import { kindOfId } from "#contracts/ids.ts"

/** What a text in the explorer's one box can mean, by its form alone; `log` is null where it names none. */
export type Asked =
  | { readonly kind: "nothing" }
  | { readonly kind: "position"; readonly index: number }
  | { readonly kind: "checkpoint"; readonly size: number }
  | { readonly kind: "certificate"; readonly log: string | null; readonly index: number }
  | { readonly kind: "hash"; readonly hash: string }
  | { readonly kind: "party"; readonly id: string }
  | { readonly kind: "thread"; readonly key: string }
  | { readonly kind: "words"; readonly text: string }

const position = "0|[1-9][0-9]{0,14}"
const checkpointWords = "checkpoint|size|检查点"

/**
 * Reads a text as people paste it: with spaces around, in full width, in capitals, a hash with its `sha256:`, or
 * the address of a page of ours, as a QR code holds it.
 */
export function readAsked(given: string): Asked {
  const text = given.normalize("NFKC").trim()
  // Control characters are in nothing that can be found, and a NUL the database refuses.
  if (text === "" || /\p{Cc}/u.test(text)) return { kind: "nothing" }
  const address = new RegExp(`^https?://\\S+/(records|certificates|proof|checkpoints?)/(${position})$`).exec(
    text,
  )
  if (address) return numbered(address[1] ?? "", Number(address[2]))
  const low = text.toLowerCase()
  const number = new RegExp(`^(?:#|record |记录 ?)?(${position})$`).exec(low)
  if (number) return { kind: "position", index: Number(number[1]) }
  const size = new RegExp(`^(?:${checkpointWords})[ :]?(${position})$`).exec(low)
  if (size) return { kind: "checkpoint", size: Number(size[1]) }
  const certificate = new RegExp(`^(?:.*/)?([0-9a-f]{8})#(${position})$`).exec(low)
  if (certificate) return { kind: "certificate", log: certificate[1] ?? "", index: Number(certificate[2]) }
  const hash = hashIn(text)
  if (hash !== null) return { kind: "hash", hash }
  if (kindOfId(low) === "party") return { kind: "party", id: low }
  if (kindOfId(low) !== null || /^[pcl]:[0-9a-f]{64}$/.test(low)) return { kind: "thread", key: low }
  return { kind: "words", text }
}

function numbered(page: string, number: number): Asked {
  if (page === "certificates") return { kind: "certificate", log: null, index: number }
  if (page.startsWith("checkpoint")) return { kind: "checkpoint", size: number }
  return { kind: "position", index: number }
}

/** 32 bytes as hex, as `sha256:…`, or as a checkpoint writes its root: base64. */
function hashIn(text: string): string | null {
  const hex = /^(?:sha-?256[:=] ?)?([0-9a-f]{64})$/i.exec(text)
  if (hex) return hex[1]?.toLowerCase() ?? null
  if (!/^[A-Za-z0-9+/]{43}=$/.test(text)) return null
  try {
    return toHex(fromBase64(text))
  } catch {
    return null
  }
}
