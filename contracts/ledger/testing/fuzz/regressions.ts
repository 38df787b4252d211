import { fromUtf8, utf8 } from "../../../bytes.ts"
import { keyIdOf } from "../../note.ts"
import { log, signer } from "../fixture.ts"
import { sha256 } from "../seal.ts"
import { proofPath, textOf } from "../tamper/case.ts"

/**
 * Inputs that once broke a parser's word, by target, each with what was wrong then; they stay as tests for ever. None
 * of them may be accepted.
 */
export type Regression = { readonly target: string; readonly was: string; readonly input: Uint8Array }

const leaf = fromUtf8(log.leaves[7] as Uint8Array)
const at = (time: string): Uint8Array => utf8(leaf.replace(/"at":"[^"]+"/, `"at":"${time}"`))

function keyOfName(name: string): string {
  const id = keyIdOf(name, 1, signer.key.publicKey, sha256)
  return `${name}+${id}+${Buffer.from([1, ...signer.key.publicKey]).toString("base64")}`
}

export const regressions: readonly Regression[] = [
  { target: "leaf", was: "the 30th of February was a day", input: at("2026-02-30T00:00:00.000Z") },
  { target: "leaf", was: "a day had an hour 24", input: at("2026-02-20T24:00:00.000Z") },
  {
    target: "verifier key",
    was: "a control character stood in a key's name",
    input: utf8(keyOfName("a\u0001b")),
  },
  {
    target: "certificate",
    was: "an empty record was carried",
    input: utf8(`c2sp.org/tlog-proof@v1\nextra \nindex 0\n\n${textOf("checkpoint")}`),
  },
  {
    target: "kept proof",
    was: "a hash had another length",
    input: utf8(textOf(proofPath).replace(/\n[^\n]+\n/, "\nAAAA\n")),
  },
  {
    target: "manifest",
    was: "a lone surrogate stood in the reason",
    input: utf8(textOf("manifest.json").replace('"why": "', '"why": "\\ud800')),
  },
]
