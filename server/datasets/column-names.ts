import { maxColumnName } from "#contracts/dataset-limits.ts"

/** Names as they are shown: trimmed, bounded, none empty, none twice; the same for the same input, always. */
export function columnNames(raw: readonly string[]): string[] {
  const taken = new Set<string>()
  return raw.map((name, index) => {
    const clean = name
      .toWellFormed()
      .replaceAll(/\p{Cc}+/gu, " ")
      .trim()
      .slice(0, maxColumnName - 8)
    const base = clean.toWellFormed() || `column_${index + 1}`
    let unique = base
    for (let n = 2; taken.has(unique); n++) unique = `${base}_${n}`
    taken.add(unique)
    return unique
  })
}
