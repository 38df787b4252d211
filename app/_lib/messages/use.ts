import type { Locale } from "#contracts/localized-text.ts"

/** The questions about what a buyer wants to do with data. */
const zh = {
  actions: "打算怎样使用",
  actionsHint: "勾选全部需要的用途；许可策略未允许的用途，交易会被拒绝。",
  noAction: "请至少选择一种用途。",
  training: "用于模型的方式",
  trainingHint: "不选表示不限。",
  circumstances: "使用情形",
  circumstancesHint: "有的许可限定用途、行业或接收对象，须声明才能判断是否允许。",
  purpose: "用途",
  industry: "行业",
  recipient: "接收对象",
  undeclared: "不声明",
}
const en: typeof zh = {
  actions: "What you want to do with the data",
  actionsHint:
    "Tick all of it: what the rights policy does not permit is refused when the trade is proposed.",
  noAction: "Choose at least one use.",
  training: "How models use it",
  trainingHint: "None chosen means any.",
  circumstances: "Under which circumstances",
  circumstancesHint:
    "Some policies permit a use only for certain purposes, industries or recipients, and can only be judged when these are declared.",
  purpose: "Purpose",
  industry: "Industry",
  recipient: "Who is given the data",
  undeclared: "Not declared",
}

export const use = { zh, en } satisfies Record<Locale, typeof zh>
