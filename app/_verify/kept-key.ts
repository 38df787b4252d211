/**
 * The log's key as this browser saw it first. A market that later shows another key, to hide a log that it wrote
 * anew, is then found out. A browser that keeps nothing trusts the key of today.
 */
const place = "quanheng-log-key"

export type KeptKey = { readonly vkey: string; readonly since: string }

export function keptKey(served: string): KeptKey {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? "null") as KeptKey | null
    if (kept?.vkey && kept.since) return kept
    const first = { vkey: served.trim(), since: new Date().toISOString() }
    localStorage.setItem(place, JSON.stringify(first))
    return first
  } catch {
    return { vkey: served.trim(), since: new Date().toISOString() }
  }
}
