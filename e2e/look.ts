import type axe from "axe-core"

declare const window: { axe?: typeof axe }

/** What was looked at already, and had no fault. */
export type Looked = {
  readonly structures: readonly number[]
  readonly kinds: readonly number[]
}
/** The same as it goes to the page, each list as one text: Playwright takes ten times as long over a list of thousands. */
export type Known = { readonly [K in keyof Looked]: string }
export type Look = Looked & { readonly violations: readonly string[] }

/**
 * Runs axe in the page, which has no frames (this function is sent there whole): all of its rules, unless a page of
 * this structure was looked at before, which is the same elements and attributes at the same width, only with other
 * words; and those of the other language are other words too, once it is known to be one of ours. Then only colours
 * are looked at that are new. A text has its colour from its element and those around it, with their attributes, in
 * the light or the dark, and under the pointer: of each such kind of text one look is enough. A colour on its way to
 * another is no colour of ours: a look during which one set out is taken again. axe itself is sent when it is asked for,
 * for it is large.
 */
export async function lookAtPage(known: Known): Promise<Look | "axe, please"> {
  const mark = "data-looked-at"
  const wordy =
    /^(id|for|href|hreflang|src|value|name|title|alt|action|datetime|placeholder|aria-(label.*|describ.*|controls))$/
  const numbersIn = (text: string): Set<number> => new Set(text === "" ? [] : text.split(",").map(Number))
  const [structuresBefore, kindsBefore] = [numbersIn(known.structures), numbersIn(known.kinds)]
  let kinds = new Map<number, Element[]>()
  let structure = 0
  const hash = (text: string, before: number): number => {
    let sum = before ^ 0x811c9dc5
    for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193)
    return (sum ^ (sum >>> 15)) >>> 0
  }
  /**
   * How it is written, in short; which of its wordy attributes it has, which are words of the market or ids; and
   * whether it has the pointer or the focus, which changes its colours and no more.
   */
  const writtenAs = (element: Element): [string, string, string] => {
    const under = [":focus-visible", ":hover"].filter((one) => element.matches(one)).join(" ")
    const states = [":disabled", ":checked"].filter((one) => element.matches(one))
    if (element.localName === "label" && element.matches(":has(:checked, :disabled)")) states.push("of such")
    const attributes = [...element.attributes].filter(({ name }) => name !== "lang")
    const styled = attributes
      .filter(({ name }) => !wordy.test(name))
      .map(({ name, value }) => `${name}=${value}`)
    const filled = attributes.filter(({ name, value }) => wordy.test(name) && value.trim() !== "")
    const wordily = filled.map(({ name }) => name).join(" ")
    return [[element.localName, ...styled, ...states].join(" "), wordily, under]
  }
  /** Of rows that are alike a third one tells nothing that two did not, so a longer table is built as the short one. */
  const walk = (element: Element, around: number): number => {
    const [style, filled, under] = writtenAs(element)
    const kind = hash(`${style} ${under}`, around)
    const texts = [...element.childNodes].filter((one) => one.nodeType === Node.TEXT_NODE)
    const hasWords = texts.some((one) => one.textContent?.trim())
    if (hasWords || element.matches("input, textarea, select"))
      kinds.set(kind, [...(kinds.get(kind) ?? []), element])
    let sum = hash(`${style} ${filled} ${hasWords}`, 0)
    let [last, alike] = [-1, 0]
    for (const child of element.children) {
      if (child.matches("script, style, template")) continue
      const one = walk(child, kind)
      alike = one === last ? alike + 1 : 1
      last = one
      if (alike <= 2) sum = hash(String(one), sum)
    }
    return hash("end", sum)
  }
  const describe = () => {
    kinds = new Map()
    const html = document.documentElement
    const [style] = writtenAs(html)
    const dark = matchMedia("(prefers-color-scheme: dark)").matches
    const around = hash(`${style} ${innerWidth} ${dark}`, 0)
    const ours = /^(zh|en)(-|$)/.test(html.lang)
    structure = hash(`${ours} ${innerWidth} ${walk(document.body, around)}`, 0)
  }
  let setOut = 0
  const count = () => {
    setOut++
  }
  for (let look = 1; ; look++) {
    await new Promise((next) => requestAnimationFrame(next))
    const changes = document.getAnimations().filter((one) => one instanceof CSSTransition)
    await Promise.allSettled(changes.map(({ finished }) => finished))
    describe()
    const fresh = [...kinds].filter(([kind]) => !kindsBefore.has(kind))
    const isBuiltAsKnown = structuresBefore.has(structure)
    if (isBuiltAsKnown && fresh.length === 0) return { violations: [], structures: [], kinds: [] }
    if (!window.axe) return "axe, please"
    const marked = fresh.flatMap(([, elements]) => elements)
    for (const element of marked) element.setAttribute(mark, "")
    setOut = 0
    document.addEventListener("transitionrun", count)
    window.axe.configure({ rules: [{ id: "color-contrast", selector: `[${mark}]` }] })
    // What passed is not worth its list; there are no films to load beforehand.
    const rules = isBuiltAsKnown ? { runOnly: ["color-contrast"] } : {}
    const { violations } = await window.axe.run({ resultTypes: ["violations"], preload: false, ...rules })
    document.removeEventListener("transitionrun", count)
    for (const element of marked) element.removeAttribute(mark)
    if (setOut > 0 && look < 5) continue
    return {
      violations: violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
      structures: isBuiltAsKnown ? [] : [structure],
      kinds: fresh.map(([kind]) => kind),
    }
  }
}
