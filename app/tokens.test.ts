import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"

const css = readFileSync(new URL("./globals.css", import.meta.url), "utf8")

/** The colour tokens of one mode, as `name → #rrggbb`. */
function tokens(mode: "light" | "dark"): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name, light, dark] of css.matchAll(
    /--color-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g,
  )) {
    found.set(name ?? "", (mode === "light" ? light : dark) ?? "")
  }
  return found
}

/** Relative luminance and contrast ratio, WCAG 2.2 "contrast ratio". */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

const grounds = ["canvas", "surface", "sunken"]
const text: [string, string[]][] = [
  ["ink", grounds],
  ["ink-soft", [...grounds, "accent-soft", "good-soft", "warn-soft", "bad-soft"]],
  ["ink-faint", grounds],
  ["accent", [...grounds, "accent-soft"]],
  ["accent-strong", [...grounds, "accent-soft"]],
  ["on-accent", ["accent", "accent-strong"]],
  ["canvas", ["ink"]],
  ["good", ["surface", "good-soft"]],
  ["warn", ["surface", "warn-soft"]],
  ["bad", [...grounds, "bad-soft"]],
]

describe.each(["light", "dark"] as const)("%s", (mode) => {
  const colours = tokens(mode)
  const colour = (name: string) => colours.get(name) ?? expect.fail(`no token ${name}`)

  test.each(text.flatMap(([front, backs]) => backs.map((back) => [front, back] as const)))(
    "text %s on %s has 4.5:1 (WCAG 1.4.3)",
    (front, back) => {
      expect(contrast(colour(front), colour(back))).toBeGreaterThanOrEqual(4.5)
    },
  )

  test.each(["surface", "canvas"])("the border of a field on %s has 3:1 (WCAG 1.4.11)", (back) => {
    expect(contrast(colour("line-strong"), colour(back))).toBeGreaterThanOrEqual(3)
  })
})
