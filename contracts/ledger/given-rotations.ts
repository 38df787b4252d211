import { failure } from "./failure.ts"
import { type Malformed, malformed } from "./malformed.ts"
import type { VerifierCrypto } from "./ports.ts"
import { isProblem, problemOfNext, type Rotation, type RotationProblem, readRotation } from "./rotation.ts"

/** Changes of a log's key that a reader brought, each a tlog-proof, in their order; or what is wrong, and with which. */
export function readGivenRotations(
  given: readonly { readonly name: string; readonly text: string }[],
  crypto: VerifierCrypto,
): readonly Rotation[] | Malformed {
  const rotations: Rotation[] = []
  for (const { name, text } of given) {
    const next = readRotation(text, crypto)
    const problem = isProblem(next) ? next : problemOfNext(rotations.at(-1) ?? null, next)
    if (problem !== null) return malformed(`${name}: ${sentenceOf(problem)}`)
    rotations.push(next as Rotation)
  }
  return rotations
}

const sentenceOf = ({ code, ...context }: RotationProblem): string => failure(code, context).en
