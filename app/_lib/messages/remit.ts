import type { Duty } from "#contracts/remit.ts"

/** What a regulator may see and do: at its own desk, and where the operator entrusts it. */
const zh = {
  title: "监管范围",
  lead: "监管机构只能看到和处理其范围内的主体、交易与记录；范围以外的一律显示为不存在。每次授予或收回都写入存证日志。",
  yours: "贵机构的监管范围",
  none: "运营机构尚未授予监管范围，因此这里没有可见内容。",
  regulator: "监管机构",
  regions: "地区",
  duties: "事项",
  noRemit: "未授予",
  dutyNames: { data: "数据", funds: "资金" } satisfies Record<Duty, string>,
  dutyHints: {
    data: "登记、挂牌、需求、交付",
    funds: "付款与资金账簿",
  } satisfies Record<Duty, string>,
  both: "主体、交易和冻结与两类事项都有关。",
  change: "变更",
  changeTitle: (name: string) => `变更监管范围：${name}`,
  changeLead: "新范围立即生效并取代原范围。两项都留空即收回授权。",
  regionsHint:
    "以逗号分隔：all 表示全部地区；国家或地区用两位字母代码（CN、DE）；内地省级行政区用 CN- 加 GB/T 2260 代码前两位（CN-33 为浙江省）。",
  save: "授予",
  working: "正在提交…",
  empty: "尚无监管机构",
  emptyLead: "监管机构由市场自己的命令行（quanheng office）设立，设立后在此授予监管范围。",
}

const en: typeof zh = {
  title: "Regulators' remits",
  lead: "A regulator sees and handles only the organisations, trades and records within its remit; what lies outside reads as if it did not exist. Each grant and each withdrawal is a record in the ledger.",
  yours: "Your remit",
  none: "The operator has not entrusted a remit to your office yet, so there is nothing to see here.",
  regulator: "Regulator",
  regions: "Regions",
  duties: "Matters",
  noRemit: "None yet",
  dutyNames: { data: "Data", funds: "Funds" },
  dutyHints: {
    data: "registrations, listings, requests, deliveries",
    funds: "payments and the book",
  },
  both: "Organisations, trades and freezes concern both.",
  change: "Change",
  changeTitle: (name) => `Change the remit of ${name}`,
  changeLead: "The new remit takes the place of the old one at once. Leave both empty to withdraw it.",
  regionsHint:
    "Separated by commas: all; a country by its two letters (CN, DE); a province of mainland China as CN- and the first two digits of its GB/T 2260 code (CN-33 is Zhejiang).",
  save: "Entrust",
  working: "Saving…",
  empty: "There is no regulator yet",
  emptyLead:
    "Regulators are opened by the market's own command line (quanheng office); their remit is entrusted here.",
}

export const remit = { zh, en }
