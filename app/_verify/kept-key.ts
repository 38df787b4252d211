/**
 * The log's key as this browser keeps it: that which the site showed first, or one that the reader gave. A market
 * that later shows another key, to hide a log that it wrote anew, is then found out. A browser that keeps nothing
 * sees each key for the first time.
 */
const place = "quanheng-log-key"

export type KeptKey = {
  /** A verifier key, or a whole policy of the reader's. */
  readonly vkey: string
  readonly since: string
  readonly from: "site" | "reader"
}

/** Where the browser keeps nothing, for as long as the page is open. */
let untilLeft: KeptKey | null = null

export function readKeptKey(): KeptKey | null {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? "null") as Partial<KeptKey> | null
    if (!kept?.vkey || !kept.since) return untilLeft
    return { vkey: kept.vkey, since: kept.since, from: kept.from === "reader" ? "reader" : "site" }
  } catch {
    return untilLeft
  }
}

export function keepKey({ vkey, since, from }: KeptKey): void {
  untilLeft = { vkey, since, from }
  try {
    localStorage.setItem(place, JSON.stringify(untilLeft))
  } catch {
    // It stays in `untilLeft`.
  }
}

/** The key that a check goes by, and what is to be said of it. */
export type KeyInUse = KeptKey & {
  /** It was taken from the site just now: nothing was kept before. */
  readonly first: boolean
  /** What the site serves now, where that is another key than this one; else null. */
  readonly served: string | null
  /** The log has changed its key since, and this one vouches for the new one. */
  readonly turned: boolean
}

/** The key that the reader has just chosen, or the kept one, or where there is none the one that the site serves. */
export function keyInUse(served: string, chosen: Pick<KeptKey, "vkey" | "from"> | null): KeyInUse {
  const site = served.trim()
  const kept = chosen === null ? readKeptKey() : { ...chosen, vkey: chosen.vkey.trim(), since: now() }
  if (kept === null)
    return { vkey: site, since: now(), from: "site", first: true, served: null, turned: false }
  const same = site.split("\n").some((line) => line !== "" && kept.vkey.includes(line))
  return { ...kept, first: false, served: same ? null : site, turned: false }
}

const now = (): string => new Date().toISOString()
