import { type Files, makeBundle, signFiles } from "#contracts/ledger/testing/bundle.ts"
import { origin, signer } from "#contracts/ledger/testing/fixture.ts"
import { market } from "#contracts/ledger/testing/market.ts"
import { sealLog } from "#contracts/ledger/testing/seal.ts"
import type { Given } from "#contracts/ledger/testing/tamper/case.ts"

/** For tests: bundles damaged by chance, the same ones for the same seed. */
const log = sealLog(origin, market(14))
const pristine = makeBundle(log, signer)

type Chance = (below: number) => number

/** Mulberry32: small, and the same on every machine. */
function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const pick = <T>(from: readonly T[], chance: Chance): T => from[chance(from.length)] as T

/** What breaks parsers: JSON's own marks, numbers and strings of other forms, and bytes that are no text. */
const pieces: readonly string[] = [
  ...'{}[]",:\\\n\r\t \u0000\u007f\u2028\ufeff0123456789-+eE.',
  "null",
  "true",
  "-0",
  "1e3",
  "1.0",
  "9007199254740992",
  "\\u0041",
  "\\ud800",
  "\\ud83d\\ude00",
  "\\/",
  '"v":2',
  '"index":3',
  '"__proto__":1,',
  '"a":1,"a":1,',
  "[".repeat(70),
  "{".repeat(2000),
  "9".repeat(400),
  "權衡",
  "\n\n",
  "— ",
  "p/",
  "=",
  "AAAA",
]

const encoder = new TextEncoder()

function splice(bytes: Uint8Array, at: number, removed: number, put: Uint8Array): Uint8Array {
  const after = bytes.subarray(Math.min(at + removed, bytes.length))
  const made = new Uint8Array(at + put.length + after.length)
  made.set(bytes.subarray(0, at))
  made.set(put, at)
  made.set(after, at + put.length)
  return made
}

/** Where a line begins: at a place of one's own, or at any line's start. */
function lineStart(bytes: Uint8Array, chance: Chance): number {
  return bytes.lastIndexOf(0x0a, chance(bytes.length)) + 1
}

function damage(bytes: Uint8Array, chance: Chance): Uint8Array {
  if (bytes.length === 0) return encoder.encode(pick(pieces, chance))
  const at = chance(bytes.length)
  const start = lineStart(bytes, chance)
  const end = bytes.indexOf(0x0a, start) + 1 || bytes.length
  const line = bytes.slice(start, end)
  switch (chance(7)) {
    case 0:
      return bytes.with(at, (bytes[at] as number) ^ (1 << chance(8)))
    case 1:
      return splice(bytes, at, 0, encoder.encode(pick(pieces, chance)))
    case 2:
      return splice(bytes, at, 1 + chance(8), encoder.encode(pick(pieces, chance)))
    case 3:
      return bytes.slice(0, at)
    case 4:
      return splice(bytes, start, line.length, new Uint8Array(0))
    case 5:
      return splice(bytes, lineStart(bytes, chance), 0, line)
    default:
      return splice(bytes, at, chance(200), new Uint8Array(0))
  }
}

/** One to three places of one file damaged; in most cases the manifest is made and signed again over what is there. */
export function damaged(seed: number): Given {
  const chance = chanceOf(seed)
  const files: Files = new Map(pristine)
  const path = pick([...files.keys(), "records.jsonl", "disclosures.jsonl", "records.csv"], chance)
  let bytes = files.get(path) as Uint8Array
  for (let times = 1 + chance(3); times > 0; times--) bytes = damage(bytes, chance)
  files.set(path, bytes)
  if (chance(4) > 0 && !path.startsWith("manifest")) signFiles(files, log, signer)
  return { files, keys: chance(5) > 0 ? [signer.key] : [] }
}
