import type { Locale } from "#contracts/localized-text.ts"
import { type Refusal, sentence } from "#contracts/refusal.ts"
import type { Contradiction } from "#contracts/rights/contradictions.ts"
import type { StripState } from "#contracts/rights/papers.ts"
import { actionWords } from "#contracts/rights/words.ts"
import { type Action, actions } from "#contracts/rights.ts"

/** Why two terms of a policy cannot both stand; `names` are the actions concerned. */
const contradictions: Readonly<Record<Contradiction, (names: string) => Record<Locale, string>>> = {
  nothing_permitted: () => ({
    zh: "没有允许任何使用，许可等于没有内容。",
    en: "Nothing is permitted, so there is nothing to license.",
  }),
  without_use: (names) => ({
    zh: `${names}：不允许使用数据时，其他操作也无从进行。`,
    en: `${names}: nothing else can be done where the data may not be used.`,
  }),
  ends_before_start: () => ({
    zh: "截止时间不晚于开始时间。",
    en: "The end is not after the start.",
  }),
  never_applies: (names) => ({
    zh: `${names}：条件没有任何情形可以同时满足。`,
    en: `${names}: no circumstance satisfies both conditions.`,
  }),
  commercial_purposes_only: () => ({
    zh: "只允许商业性用途，却不允许用于商业目的。",
    en: "Only commercial purposes are allowed, but commercial use is not.",
  }),
  distribution_to_nobody: () => ({
    zh: "允许向他人分发，却只限本组织人员接收。",
    en: "It may be passed on to others, but only the own staff may receive it.",
  }),
}

const rules: Readonly<Record<string, (action: string) => Record<Locale, string>>> = {
  not_for_money: () => ({
    zh: "来源许可禁止商业使用，只能设置免费方案。",
    en: "The source's licence forbids commercial use, so only a free plan is possible.",
  }),
  no_further_restrictions: (action) => ({
    zh: `来源许可不允许附加限制${action ? `：不能禁止或限制“${action}”` : ""}。`,
    en: `The source's licence forbids added restrictions${action ? `: “${action}” may be neither forbidden nor narrowed` : ""}.`,
  }),
  attribution_missing: () => ({
    zh: "来源要求署名，使用许可中须写明来源。",
    en: "The source must be named: add the credit to the rights.",
  }),
}

const nameOf = (action: string, locale: Locale): string =>
  (actions as readonly string[]).includes(action) ? actionWords[action as Action][locale] : ""

/**
 * A refusal of the rights gate in words: the missing paper's own sentence where the strip has one, the broken
 * rule where it is one of the source or of the policy, else the code's sentence.
 */
export function gateSentence(refusal: Refusal, states: readonly StripState[], locale: Locale): string {
  const paper = states
    .flatMap(({ missing }) => missing)
    .find((one) => one.refusal.refused === refusal.refused && one.refusal.at === refusal.at)
  if (paper) return paper[locale]
  const { reason, terms = "", rule, action = "" } = refusal.detail ?? {}
  const names = String(terms)
    .split(",")
    .map((one) => nameOf(one, locale))
    .join(locale === "zh" ? "、" : "; ")
  const contradiction = contradictions[String(reason) as Contradiction]?.(names)
  const broken = contradiction ?? rules[String(rule)]?.(nameOf(String(action), locale))
  if (broken) return broken[locale]
  const named = nameOf(String(action), locale)
  if (named === "") return sentence(refusal, locale)
  return locale === "zh"
    ? `${sentence(refusal, locale)}（${named}）`
    : `${sentence(refusal, locale)} (${named})`
}
