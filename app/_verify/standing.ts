import { doors } from "../_lib/paths.ts"
import { type KeptHead, keepHead, keptHeadOf, notedHead } from "./kept-head.ts"
import { runTask } from "./session.ts"

/** How a checkpoint that was just verified stands to the one that this browser kept. */
export type Standing =
  | { readonly state: "first"; readonly note: string }
  | {
      readonly state: "same" | "grown" | "older" | "contradicts" | "unreachable" | "unasked"
      readonly note: string
      readonly kept: KeptHead
    }

export type Proofs = {
  /** The proof that one published head continues another; null: there is none. Throws where nobody answers. */
  readonly fetch: (from: number, to: number) => Promise<string | null>
  readonly holds: (proof: { older: string; newer: string; growth: string }) => Promise<boolean>
}

/**
 * Compares with the kept checkpoint. A market that cannot show that its heads continue each other contradicts
 * itself: it keeps every head that it has ever signed.
 */
export async function standingOf(note: string, kept: KeptHead, proofs: Proofs): Promise<Standing> {
  const [now, before] = [notedHead(note), notedHead(kept.note)]
  if (now.size === before.size)
    return { state: now.root === before.root ? "same" : "contradicts", note, kept }
  const [older, newer] = now.size > before.size ? [kept.note, note] : [note, kept.note]
  const state = now.size > before.size ? "grown" : "older"
  const from = notedHead(older).size
  if (from === 0) return { state, note, kept }
  try {
    const growth = await proofs.fetch(from, notedHead(newer).size)
    const holds = growth !== null && (await proofs.holds({ older, newer, growth }))
    return { state: holds ? state : "contradicts", note, kept }
  } catch {
    return { state: "unreachable", note, kept }
  }
}

/**
 * Compares verified checkpoints of one log with the kept one, or with each other where none is kept, and keeps the
 * newest when all fit.
 */
export async function standingOfAll(
  notes: readonly string[],
  proofs: Proofs = ofSite,
): Promise<Standing | null> {
  const inOrder = [...new Set(notes)].toSorted((a, b) => notedHead(a).size - notedHead(b).size)
  const [first] = inOrder
  const last = inOrder.at(-1)
  if (first === undefined || last === undefined) return null
  const kept = keptHeadOf(notedHead(first).origin)
  const base = kept ?? { note: first, since: new Date().toISOString() }
  let standing: Standing = { state: "first", note: last }
  for (const note of inOrder) {
    const found = await standingOf(note, base, proofs)
    if (found.state === "contradicts" || found.state === "unreachable") return found
    if (kept !== null) standing = found
  }
  keepHead(last)
  return standing
}

/** Proofs that this site serves, checked in a worker. */
export const ofSite: Proofs = {
  async fetch(from, to) {
    const answer = await fetch(doors.consistency(from, to), { cache: "no-cache" })
    if (answer.status >= 500 || answer.status === 429) throw new Error(`${answer.status}`)
    return answer.ok ? answer.text() : null
  },
  holds: (proof) => runTask("growth", proof),
}
