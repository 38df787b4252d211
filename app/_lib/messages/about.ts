import type { Locale } from "#contracts/localized-text.ts"

/** What a confirmation is about: who, how much, by which numbers. The same words wherever one is asked for. */
const zh = {
  amount: "金额",
  owed: "尚欠",
  payer: "付款方",
  payee: "收款方",
  party: "主体",
  account: "收款账户",
  reference: "参考号",
  note: "申请理由",
  bankNumber: "银行流水号",
  bankNumberHint: "以银行回单为准：4 至 64 位字母、数字、点、斜杠、横线或下划线。",
}

const en: typeof zh = {
  amount: "Amount",
  owed: "Still owed",
  payer: "Payer",
  payee: "Payee",
  party: "Organisation",
  account: "Account",
  reference: "Reference",
  note: "Reason given",
  bankNumber: "The bank's number",
  bankNumberHint: "As on its receipt: 4 to 64 letters, digits, dots, slashes, dashes or underscores.",
}

export const about = { zh, en } satisfies Record<Locale, typeof zh>
