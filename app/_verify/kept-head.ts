/**
 * The newest checkpoint of each log that this browser has verified. A log may only grow: what is shown later must
 * continue it, or the market tells two histories, or has gone back behind one that it had signed.
 */
const place = "quanheng-log-heads"

export type KeptHead = { readonly note: string; readonly since: string }

/** What a checkpoint's note says, in its first three lines. */
export type NotedHead = { readonly origin: string; readonly size: number; readonly root: string }

/** Of a note that a verifier has read: its form is not looked at again. */
export function notedHead(note: string): NotedHead {
  const [origin = "", size = "", root = ""] = note.split("\n", 3)
  return { origin, size: Number(size), root }
}

/** Where the browser keeps nothing, for as long as the page is open. */
let untilLeft: readonly KeptHead[] | null = null

export function readKeptHeads(): readonly KeptHead[] {
  if (untilLeft !== null) return untilLeft
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? "null")
    return Array.isArray(kept) ? kept.filter(isKept) : []
  } catch {
    return []
  }
}

function isKept(given: unknown): given is KeptHead {
  if (typeof given !== "object" || given === null) return false
  const { note, since } = given as Partial<KeptHead>
  return typeof note === "string" && typeof since === "string" && Number.isSafeInteger(notedHead(note).size)
}

export const keptHeadOf = (origin: string): KeptHead | null =>
  readKeptHeads().find(({ note }) => notedHead(note).origin === origin) ?? null

/** Keeps a verified checkpoint in place of the one before, unless that is as new. */
export function keepHead(note: string): void {
  const { origin, size } = notedHead(note)
  const before = keptHeadOf(origin)
  if (before !== null && notedHead(before.note).size >= size) return
  write([...others(origin), { note, since: new Date().toISOString() }])
}

export const forgetHead = (origin: string): void => write(others(origin))

const others = (origin: string) => readKeptHeads().filter(({ note }) => notedHead(note).origin !== origin)

function write(heads: readonly KeptHead[]): void {
  try {
    localStorage.setItem(place, JSON.stringify(heads))
    untilLeft = null
  } catch {
    untilLeft = heads
  }
}
