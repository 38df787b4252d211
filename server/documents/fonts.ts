import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"

export const fontNames = ["text", "strong", "code"] as const
export type FontName = (typeof fontNames)[number]

const find = createRequire(import.meta.url)

/**
 * Noto Sans SC (SIL Open Font License 1.1) holds Chinese and Latin letters, so a name in either needs no change of
 * font; Geist Mono (the same licence) is for hashes. A PDF gets only the letters that it uses: some 20 KB.
 */
const places: Record<FontName, () => string> = {
  text: () => find.resolve("@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"),
  strong: () => find.resolve("@expo-google-fonts/noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf"),
  code: () => join(dirname(find.resolve("geist/font/mono")), "fonts/geist-mono/GeistMono-Regular.ttf"),
}

const kept = new Map<FontName, Buffer>()

/** The font's file, read at the first document and kept: 21 MB for all three. */
export function fontFile(name: FontName): Buffer {
  const known = kept.get(name)
  if (known !== undefined) return known
  const read = readFileSync(places[name]())
  kept.set(name, read)
  return read
}
