/** The first characters of a long value, whole signs only. */
export function short(text: string, most: number): string {
  const signs = Array.from(text)
  return signs.length > most ? `${signs.slice(0, most).join("")}…` : text
}

/** The ends of a bucket are exact; eyes need four figures of them, and no midnight. */
export function plainEnd(text: string): string {
  if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text))
    return text.replace(/[ T]00:00:00(\.0+)?Z?$/, "").slice(0, 19)
  if (/^-?\d{1,7}(\.0+)?$/.test(text)) return text.replace(/\.0+$/, "")
  return String(Number(Number(text).toPrecision(4)))
}
