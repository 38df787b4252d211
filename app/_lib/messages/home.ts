import type { Locale } from "#contracts/localized-text.ts"

const zh = {
  headline: "数据，按权利交易",
  lead: "每份数据写明可以做什么、不得做什么、必须做什么；货款先行存放，验收后才结算；每一步写入任何人都能核验的存证日志。",
  search: "搜索数据",
  placeholder: "例如：人口普查、天气、股票行情",
  quick: "按可做之事查找",
  quickLinks: {
    train: "可训练模型",
    commercialise: "可商用",
    distribute: "可再分发",
    transferAbroad: "可出境",
    free: "免费",
  },
  promises: "三项承诺，附证据",
  rights: {
    title: "先看权利，再看数据",
    text: "能否训练模型、转售或出境，是每份挂牌的一部分，也是搜索条件；平台能强制的写明强制，只能靠合同的也如实写明。",
    evidence: "查看可训练模型的数据",
  },
  money: {
    title: "验收之后，才结算",
    text: "货款记为待结算款，直到您验收，或约定的期限届满。交付内容按哈希与登记时逐字节比对；有争议，资金不动。",
    evidence: "查看日志中的收款与结算记录",
  },
  proof: {
    title: "不必信任我们",
    text: "每条记录都在公开的 Merkle 日志中，由签名检查点固定。导出后可离线核验：改动一个字节，核验器就会指出是哪一条。",
    evidence: "在浏览器中核验",
  },
  latest: "最新挂牌",
  latestAll: "全部数据",
  ledgerHead: "存证日志当前检查点",
  records: "记录数",
  root: "根哈希",
  sealedAt: "签署时间",
  scales: {
    alt: "杆秤：左盘是数据与权利，右侧的秤砣是待结算款，秤杆水平；两者同时放行，每一步写入存证日志。",
    data: "数据与权利",
    money: "待结算款",
    record: "存证日志",
  },
}

const en: typeof zh = {
  headline: "Data, traded by right",
  lead: "Every product says what may, may not and must be done with it. Money is held until you accept. Each step is written to a ledger that anyone can verify.",
  search: "Search data",
  placeholder: "For example: census, weather, stock prices",
  quick: "Find by what may be done",
  quickLinks: {
    train: "Train models",
    commercialise: "Use commercially",
    distribute: "Redistribute",
    transferAbroad: "Transfer abroad",
    free: "Free",
  },
  promises: "Three promises, each with its evidence",
  rights: {
    title: "Rights first, then rows",
    text: "Whether you may train models, resell or take the data abroad is part of each listing, and a filter of the search. What the platform enforces says so; what only the contract binds says that too.",
    evidence: "See data that may train models",
  },
  money: {
    title: "Paid out when you accept",
    text: "Your payment is held until you accept, or the agreed time ends. What is delivered is compared byte for byte with what was registered; in a dispute nothing moves.",
    evidence: "See payments and settlements in the ledger",
  },
  proof: {
    title: "You need not trust us",
    text: "Every record stands in a public Merkle log, fixed by signed checkpoints. Take an export and check it offline: change one byte, and the verifier names the record.",
    evidence: "Verify in your browser",
  },
  latest: "Latest listings",
  latestAll: "All data",
  ledgerHead: "The ledger's current checkpoint",
  records: "Records",
  root: "Root hash",
  sealedAt: "Signed",
  scales: {
    alt: "A steelyard: data and its rights in the pan on the left, the held funds as the weight on the right, the beam level. Both are released together, and every step is written to the ledger.",
    data: "Data and rights",
    money: "Held funds",
    record: "Ledger",
  },
}

export const home = { zh, en } satisfies Record<Locale, typeof zh>
