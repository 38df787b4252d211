import { formatVerifierKey } from "#contracts/ledger/note.ts"
import type { RotationReason } from "#contracts/ledger/rotation-reason.ts"
import { type LogKey, type LogKeySource, type LogSigner, openLogKeys } from "../log-key.ts"
import { turnBefore, vkeyAt } from "./turns.ts"

/** A change of the log's key, as far as signing has to know it. */
export type SigningTurn = {
  readonly index: number
  readonly from: string
  readonly to: string
  readonly reason: RotationReason
}

/**
 * Who signs a head of the log. The log says whose signature is due; the data folder says which keys are at hand.
 * Beside the due key the one before it signs the handover, and goes on to sign while its file is there: so whoever
 * knows only that one has time to learn of the new one, and the operator ends it by destroying the file. A key that
 * somebody else may have signs nothing after the handover.
 */
export class LogSigners {
  readonly origin: string
  readonly #source: LogKeySource
  readonly #first: string
  readonly #turns: SigningTurn[]
  #keys: ReadonlyMap<string, LogKey>

  static async open(
    source: LogKeySource,
    log: { readonly origin: string; readonly vkey: string },
    turns: readonly SigningTurn[],
  ): Promise<LogSigners> {
    return new LogSigners(source, log, turns, await keysByName(source, log.origin))
  }

  private constructor(
    source: LogKeySource,
    { origin, vkey }: { readonly origin: string; readonly vkey: string },
    turns: readonly SigningTurn[],
    keys: ReadonlyMap<string, LogKey>,
  ) {
    this.origin = origin
    this.#source = source
    this.#first = vkey
    this.#turns = [...turns]
    this.#keys = keys
  }

  /** The verifier key of whose signature is due under a head of this size. */
  dueAt(size: number): string {
    return vkeyAt(this.#first, this.#turns, size)
  }

  /** The signers of a head of this size, the due one first; or the verifier key of one that is needed and not there. */
  at(size: number): readonly LogSigner[] | { readonly missing: string } {
    const due = this.dueAt(size)
    const signer = this.#signer(due)
    if (signer === null) return { missing: due }
    const turn = turnBefore(this.#turns, size)
    if (turn === null) return [signer]
    const before = this.#signer(turn.from)
    if (size === turn.index + 1) return before === null ? { missing: turn.from } : [signer, before]
    return before === null || turn.reason === "compromised" ? [signer] : [signer, before]
  }

  /** Why a waiting change of key cannot be sealed now, or null. A key made since this was opened is found. */
  async whyNotTurn(from: unknown, to: unknown, size: number): Promise<string | null> {
    if (typeof to !== "string" || from !== this.dueAt(size)) return "it is not a change of the key that signs"
    if (this.#signer(to) === null) this.#keys = await keysByName(this.#source, this.origin)
    if (this.#signer(to) === null) return `the key ${to} is not in the data folder's keys/`
    return this.#signer(this.dueAt(size)) === null ? "the key that signs is gone" : null
  }

  add(turn: SigningTurn): void {
    this.#turns.push(turn)
  }

  #signer(vkey: string): LogSigner | null {
    const key = this.#keys.get(vkey)
    return key?.isKept() ? key.signerOf(this.origin) : null
  }
}

/** The keys at hand by their verifier keys. */
async function keysByName(source: LogKeySource, origin: string): Promise<Map<string, LogKey>> {
  const keys = await openLogKeys(source)
  return new Map(keys.map((key) => [formatVerifierKey(key.signerOf(origin).key), key]))
}
