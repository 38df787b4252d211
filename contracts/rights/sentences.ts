import type { Locale } from "../localized-text.ts"
import {
  type Action,
  actions,
  type ConstraintName,
  type Constraints,
  constraintNames,
  type Duty,
  type RightsPolicy,
  type WantedUse,
} from "../rights.ts"
import type { Evaluation } from "./evaluate.ts"
import { actionLabels, constraintLabels, dutyLabels, type Label } from "./labels.ts"
import {
  actionWords,
  constraintWords,
  industryWords,
  listWords,
  purposeWords,
  recipientWords,
  trainingWords,
} from "./words.ts"

export type Sentence = { text: string; label: Label }
/** `conditions` hold for that one item only; those of every permitted action stand in `must`. */
export type RightsSentence = Sentence & { key: string; conditions: Sentence[] }
export type MayMayNotMust = { may: RightsSentence[]; mayNot: RightsSentence[]; must: RightsSentence[] }

/**
 * The policy as plain sentences for the listing page, the checkout and the agreement. Every permitted,
 * prohibited and silent action appears exactly once, every constraint and duty at least once.
 */
export function mayMayNotMust(policy: RightsPolicy, locale: Locale): MayMayNotMust {
  const granted = actions.flatMap((action) => {
    const term = policy.terms[action]
    return term.stance === "permitted" ? [{ action, term }] : []
  })
  const shared = constraintNames.filter((name) => {
    const values = granted.map(({ term }) => JSON.stringify(term.constraints[name]))
    return values[0] !== undefined && values.every((value) => value === values[0])
  })
  const may = granted.map(({ action, term }) => ({
    key: action,
    text: capital(actionWords[action][locale]),
    label: actionLabels[action],
    conditions: [
      ...constraintNames
        .filter((name) => !shared.includes(name) && term.constraints[name] !== undefined)
        .map((name) => constraintSentence(name, term.constraints, locale)),
      ...term.duties.map((one) => dutySentence(one, locale)),
      ...(action === "train" ? trainingHonesty(policy, term.constraints, locale) : []),
    ],
  }))
  const first = granted[0]?.term.constraints ?? {}
  return {
    may,
    mayNot: actions
      .filter((action) => policy.terms[action].stance !== "permitted")
      .map((action) => refusalOf(action, policy.terms[action].stance === "silent", locale)),
    must: [
      ...shared.map((name) => ({ key: name, ...constraintSentence(name, first, locale), conditions: [] })),
      ...policy.obligations.map((one) => ({ key: one.kind, ...dutySentence(one, locale), conditions: [] })),
    ],
  }
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

function refusalOf(action: Action, silent: boolean, locale: Locale): RightsSentence {
  const words = capital(actionWords[action][locale])
  const note = locale === "zh" ? "（未授予，可向供方询问）" : " (not granted; the seller may be asked)"
  return { key: action, text: silent ? words + note : words, label: actionLabels[action], conditions: [] }
}

/** A model keeps what it learned: no term of a policy can call that back, and the text says so. */
function trainingHonesty(policy: RightsPolicy, constraints: Constraints, locale: Locale): Sentence[] {
  const ends =
    constraints.until !== undefined || policy.obligations.some((one) => one.kind === "delete-after")
  if (!ends) return []
  const en = "A model trained before the end cannot be called back; only the data must no longer be used."
  return [{ text: locale === "zh" ? "截止前已训练的模型无法收回，仅不得再使用数据。" : en, label: "legal" }]
}

const minute = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`

function constraintSentence(name: ConstraintName, constraints: Constraints, locale: Locale): Sentence {
  return { text: constraintText(name, constraints, locale === "zh"), label: constraintLabels[name] }
}

function constraintText(name: ConstraintName, constraints: Constraints, zh: boolean): string {
  const locale = zh ? "zh" : "en"
  const words = <W extends string>(table: Record<W, Record<Locale, string>>, chosen: readonly W[] = []) =>
    listWords(
      chosen.map((one) => table[one][locale]),
      locale,
    )
  const { count = 0, seats = 0 } = constraints
  switch (name) {
    case "purpose":
      return (zh ? "仅限用途：" : "Only for: ") + words(purposeWords, constraints.purpose)
    case "industry":
      return (zh ? "仅限行业：" : "Only in: ") + words(industryWords, constraints.industry)
    case "recipient":
      return (zh ? "仅限提供给：" : "Only for the eyes of: ") + words(recipientWords, constraints.recipient)
    case "training":
      return (zh ? "仅限：" : "Only for: ") + words(trainingWords, constraints.training)
    case "region":
      return (
        (zh ? "仅限国家或地区：" : "Only in these countries: ") + listWords(constraints.region ?? [], locale)
      )
    case "from":
      return (zh ? "开始时间：" : "Not before ") + minute(constraints.from ?? "")
    case "until":
      return (zh ? "截止时间：" : "Not after ") + minute(constraints.until ?? "")
    case "count":
      return zh ? `最多下载 ${count} 次` : `At most ${count} ${count === 1 ? "download" : "downloads"}`
    case "seats":
      return zh
        ? `使用者最多 ${seats} 人`
        : `At most ${seats} ${seats === 1 ? "person uses" : "people use"} it`
  }
}

function dutySentence(duty: Duty, locale: Locale): Sentence {
  return { text: dutyText(duty, locale === "zh"), label: dutyLabels[duty.kind] }
}

function dutyText(duty: Duty, zh: boolean): string {
  switch (duty.kind) {
    case "compensate":
      return zh ? "先付款，后交付" : "Pay before delivery"
    case "attribute":
      return zh ? `注明来源：${duty.credit}` : `Name the source: ${duty.credit}`
    case "delete-after": {
      const days = duty.days === 1 ? "1 day" : `${duty.days} days`
      return zh ? `交付后 ${duty.days} 日内删除全部数据` : `Delete all the data within ${days} of delivery`
    }
    case "report":
      return zh
        ? `每 ${duty.everyDays} 日向供方报告一次使用情况`
        : `Report the use to the seller every ${duty.everyDays === 1 ? "day" : `${duty.everyDays} days`}`
  }
}

/** Why a use is permitted or not, naming the rule that decided. */
export function explain(evaluation: Evaluation, locale: Locale): string {
  const zh = locale === "zh"
  if (evaluation.decision === "permit")
    return zh ? "许可策略允许该用途。" : "The rights policy permits this use."
  const { rule } = evaluation
  const action = actionWords[rule.action][locale]
  if (rule.because === "constraint") {
    const name = constraintWords[rule.constraint][locale]
    if (rule.undeclared)
      return zh ? `「${action}」须声明${name}。` : `To ${action}, the ${name} must be declared.`
    return zh ? `「${action}」不符合${name}条件。` : `To ${action} is permitted, but not with this ${name}.`
  }
  if (rule.because === "prohibited") return zh ? `不得${action}。` : `It is forbidden to ${action}.`
  return zh ? `未授予「${action}」的权利。` : `The right to ${action} is not granted.`
}

/** A declared use as one sentence, for the agreement and the request. */
export function describeUse(use: WantedUse, locale: Locale): string {
  const zh = locale === "zh"
  const parts = [
    listWords(
      use.actions.map((one) => actionWords[one][locale]),
      locale,
    ),
  ]
  const add = (name: string, value: string) => parts.push(zh ? `${name}：${value}` : `${name}: ${value}`)
  if (use.training)
    add(
      constraintWords.training[locale],
      listWords(
        use.training.map((one) => trainingWords[one][locale]),
        locale,
      ),
    )
  if (use.purpose) add(constraintWords.purpose[locale], purposeWords[use.purpose][locale])
  if (use.industry) add(constraintWords.industry[locale], industryWords[use.industry][locale])
  if (use.recipient) add(constraintWords.recipient[locale], recipientWords[use.recipient][locale])
  if (use.region) add(constraintWords.region[locale], use.region)
  if (use.seats) add(constraintWords.seats[locale], `${use.seats}`)
  if (use.count) add(constraintWords.count[locale], `${use.count}`)
  return parts.join(zh ? "；" : "; ")
}
