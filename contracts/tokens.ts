/**
 * One tokenizer for search and matching, so that both find the same things: Chinese, Japanese and Korean runs
 * become overlapping pairs of characters (bigrams), other scripts become lower-cased words without accents,
 * English endings stripped by the first step of Porter's algorithm (M. F. Porter, "An algorithm for suffix
 * stripping", 1980). Pure and without tables of its own, so that a ranking can be repeated anywhere.
 */
const wordOrRun = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[\p{L}\p{N}]+/gu
const cjk = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

const stopWords = new Set(
  "a an and are as at be by for from has in is it its of on or that the this to was were will with".split(
    " ",
  ),
)
const stopRuns = new Set(["的", "了", "和", "与", "及", "或", "在", "是", "为", "等"])

/** A letter run may hold both scripts ("GDP数据"): it is cut where the script changes. */
function runs(text: string): string[] {
  const folded = text
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .normalize("NFC")
  return (folded.match(wordOrRun) ?? []).flatMap((run) =>
    cjk.test(run) ? [run] : (run.match(/[^\p{Script=Han}]+|\p{Script=Han}+/gu) ?? []),
  )
}

/** The words of a query, in order, without doubles. A single CJK character stays one token. */
export function queryTokens(text: string): string[] {
  const found = new Set<string>()
  for (const run of runs(text)) {
    if (!cjk.test(run)) {
      if (!stopWords.has(run)) found.add(stem(run.slice(0, 64)))
      continue
    }
    const characters = [...run]
    if (characters.length === 1 && !stopRuns.has(run)) found.add(run)
    for (let i = 0; i + 1 < characters.length; i++) found.add(`${characters[i]}${characters[i + 1]}`)
  }
  return [...found]
}

/** The tokens a text is found by: those of a query, and every single CJK character, for one-character queries. */
export function indexTokens(text: string): string[] {
  const found = new Set(queryTokens(text))
  for (const run of runs(text)) if (cjk.test(run)) for (const character of run) found.add(character)
  return [...found]
}

const vowel = (word: string, i: number): boolean =>
  "aeiou".includes(word[i] ?? "") || (word[i] === "y" && i > 0 && !vowel(word, i - 1))
const hasVowel = (word: string): boolean => [...word].some((_, i) => vowel(word, i))

/** Porter's m: how often a vowel run is followed by a consonant run. */
function measure(word: string): number {
  let m = 0
  for (let i = 1; i < word.length; i++) if (vowel(word, i - 1) && !vowel(word, i)) m++
  return m
}

/** Step 1 of Porter's algorithm: plurals, -ed, -ing, and -y to -i. Words with digits or other scripts stay. */
export function stem(word: string): string {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return word
  const past = withoutPast(withoutPlural(word))
  return past.endsWith("y") && past.length > 2 && hasVowel(past.slice(0, -1)) ? `${past.slice(0, -1)}i` : past
}

function withoutPlural(word: string): string {
  if (word.endsWith("sses")) return word.slice(0, -2)
  if (word.endsWith("ies")) return word.slice(0, -2)
  if (word.endsWith("ss") || !word.endsWith("s")) return word
  return word.slice(0, -1)
}

function withoutPast(word: string): string {
  if (word.endsWith("eed")) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word
  const ending = word.endsWith("ed") ? 2 : word.endsWith("ing") ? 3 : 0
  const rest = word.slice(0, word.length - ending)
  if (ending === 0 || !hasVowel(rest)) return word
  if (/(at|bl|iz)$/.test(rest)) return `${rest}e`
  if (/([^aeioulsz])\1$/.test(rest)) return rest.slice(0, -1)
  return measure(rest) === 1 && closedSyllable(rest) ? `${rest}e` : rest
}

/** Consonant, vowel, consonant at the end, the last one not w, x or y (Porter's *o). */
function closedSyllable(word: string): boolean {
  const last = word.length - 1
  return (
    last >= 2 && !vowel(word, last) && vowel(word, last - 1) && !vowel(word, last - 2) && !/[wxy]$/.test(word)
  )
}
