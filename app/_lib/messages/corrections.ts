import type { CorrectionState } from "#contracts/correction.ts"
import type { Locale } from "#contracts/localized-text.ts"
import type { Tone } from "../../_ui/chip.tsx"

/** What is booked by hand: lines in suspense, and tax that was paid. */
const zh = {
  title: "调账",
  lead: "支付机构账单中无法说明的款项，以及已缴的税款，由一人提出、另一人复核后记入资金账簿。",

  suspense: "待查款项",
  suspenseNone: "没有待查款项。",
  line: "账单行",
  at: "时间",
  kind: "类型",
  amount: "金额",
  out: "转出",
  in: "转入",
  explain: "说明来源",
  explaining: "正在提交…",
  explainTitle: "说明这笔待查款项",
  explainLead: "请先在支付机构后台查明。另一人复核后记账；对应已有分录的，在下一次对账时记账。",
  reason: "这笔款项是",
  reasons: {
    journal: "账单中缺失的一组分录",
    providerFee: "支付机构的费用或更正",
    ownMoney: "平台自有资金的存入或取出",
    ownResult: "平台其他收入或支出",
  },
  journal: "对应的分录",
  journalHint: "仅列出币种相同、账单中没有的分录；金额须一致。",
  noJournal: "不对应分录",
  chooseJournal: "请选择对应的分录。",
  optional: "仅用于第一项",
  note: "依据",

  tax: "应交税费",
  taxNone: "没有应交税费。",
  payTax: "登记已缴税款",
  payTaxTitle: "登记已向税务机关缴纳的税款",
  payTaxLead: "请先从平台银行账户缴纳，再登记完税凭证。另一人复核后记账。",
  currency: "币种",
  document: "完税凭证号",
  unreadable: "请填写有效金额。",

  asked: "调账记录",
  askedNone: "还没有调账",
  askedNoneLead: "提出后在此列出，待另一人复核。",
  state: "状态",
  states: { asked: "待复核", booked: "已复核", dropped: "已撤销" },
  what: "事项",
  taxPaid: "缴纳税款",
  reference: "编号",
  confirm: "复核并记账",
  confirming: "正在记账…",
  confirmTitle: "复核这笔调账",
  confirmLead: "确认后记入资金账簿，不可撤回。提出人不能复核自己提出的调账。",
  drop: "撤销",
  dropping: "正在撤销…",
  dropTitle: "撤销这笔调账",
  dropLead: "不记账；款项仍留在原科目。",
  waiting: (count: string) => `待复核 ${count} 项`,
}

const en: typeof zh = {
  title: "Corrections",
  lead: "Money at the provider that nothing explains, and tax that was paid: one person says what it is, and another confirms it before it is booked.",

  suspense: "In suspense",
  suspenseNone: "Nothing is in suspense.",
  line: "Line",
  at: "Time",
  kind: "Kind",
  amount: "Amount",
  out: "Went out",
  in: "Came in",
  explain: "Say what it is",
  explaining: "Sending…",
  explainTitle: "Say what this money is",
  explainLead:
    "Find it out at the provider first. It is booked when a second person has confirmed it; a line of a journal that is there already is booked by the next comparison.",
  reason: "This money is",
  reasons: {
    journal: "That of a journal without a line",
    providerFee: "A fee or a correction of the provider's",
    ownMoney: "The platform's own money, put there or taken away",
    ownResult: "Another income or cost of the platform's",
  },
  journal: "Its journal",
  journalHint: "Journals in the same currency that no line shows; the amounts have to be equal.",
  noJournal: "None",
  chooseJournal: "Choose its journal.",
  optional: "only for the first",
  note: "Evidence",

  tax: "Tax payable",
  taxNone: "No tax is owed.",
  payTax: "Tax was paid",
  payTaxTitle: "Book tax that was paid to the authority",
  payTaxLead:
    "Pay it from the platform's bank account first, then name the authority's document. A second person confirms it.",
  currency: "Currency",
  document: "Document number",
  unreadable: "Enter a valid amount.",

  asked: "Corrections so far",
  askedNone: "No corrections yet",
  askedNoneLead: "What somebody asks for is listed here, and waits for a second person.",
  state: "State",
  states: { asked: "To be confirmed", booked: "Confirmed", dropped: "Dropped" },
  what: "What",
  taxPaid: "Tax paid",
  reference: "Number",
  confirm: "Confirm",
  confirming: "Booking…",
  confirmTitle: "Confirm this correction",
  confirmLead:
    "It is booked then, and cannot be taken back. Whoever asked for it cannot confirm it themselves.",
  drop: "Drop",
  dropping: "Dropping…",
  dropTitle: "Drop this correction",
  dropLead: "Nothing is booked; the money stays where it is.",
  waiting: (count) => `${count} to confirm`,
}

export const corrections: Record<Locale, typeof zh> = { zh, en }

export const correctionTone: Record<CorrectionState, Tone> = {
  asked: "active",
  booked: "good",
  dropped: "neutral",
}
