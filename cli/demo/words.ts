/** What the demo says of each step, to standard error. `{name}` is filled in. */
const sentences = {
  marketFound: { en: "A market answers at {origin}.", zh: "{origin} 已有市场在运行。" },
  marketStarts: {
    en: "No market answers at {origin}; starting one.",
    zh: "{origin} 没有市场在运行，现在启动。",
  },
  noAccounts: {
    en: "No demo accounts in {file} yet; a market that has just started makes them in some seconds. Waiting …",
    zh: "{file} 中尚无演示账号；市场刚启动时数秒内即会生成，正在等待……",
  },
  key: { en: "Kept the log's key before anything else: {file}", zh: "首先保存存证日志的公钥：{file}" },
  signedUp: { en: "A new buyer signed up: {email}", zh: "新需方已注册账号：{email}" },
  registered: { en: "It registered its organisation {party}.", zh: "该需方已登记主体 {party}。" },
  verified: { en: "The operator verified who the buyer is.", zh: "交易机构已完成身份核验。" },
  waits: {
    en: "Nothing is for sale for “{words}” yet. A market's first start takes a minute to bring its data out; waiting …",
    zh: "搜索“{words}”尚无在售数据。市场首次启动后约需一分钟上架数据，正在等待……",
  },
  found: {
    en: "The buyer searched “{words}” and chose: {title}, {price}",
    zh: "需方搜索“{words}”，选定：{title}，{price}",
  },
  proposed: { en: "The buyer proposed trade {trade}.", zh: "需方发起交易 {trade}。" },
  agreed: { en: "Both sides confirmed the agreement {hash}…", zh: "双方已确认合同 {hash}…" },
  paid: {
    en: "The buyer paid by a test card on the sandbox's page.",
    zh: "需方已在沙箱付款页用测试卡付款。",
  },
  delivered: {
    en: "The market holds the money, checked the data and delivered.",
    zh: "市场已收到待结算款、核对数据并完成交付。",
  },
  fetched: {
    en: "Downloaded {name}, {bytes} bytes; its SHA-256 is the listed one.",
    zh: "已下载 {name}（{bytes} 字节），SHA-256 与挂牌一致。",
  },
  settled: {
    en: "The buyer accepted, and the seller was paid: the trade is settled.",
    zh: "需方已验收，供方已收款：交易已结算。",
  },
  sealed: {
    en: "All {records} records of the trade are sealed in the log.",
    zh: "该交易的 {records} 条记录均已封存。",
  },
  exporting: { en: "The regulator takes an export home …", zh: "监管机构正在导出……" },
  exported: { en: "Export: {file}, {bytes} bytes", zh: "导出文件：{file}（{bytes} 字节）" },
  verifying: {
    en: "Verifying it offline, against the key kept at the start …",
    zh: "正在用开始时保存的公钥离线验证……",
  },
  intact: {
    en: "Verified: {records} records, complete and unchanged, this trade among them.",
    zh: "验证通过：共 {records} 条记录，完整且未被更改，含本次交易。",
  },
  broken: { en: "NOT verified: {reason}", zh: "验证未通过：{reason}" },
} as const

export type Say = (step: keyof typeof sentences, values?: Readonly<Record<string, string | number>>) => void

export function makeSay(locale: "zh" | "en"): Say {
  return (step, values = {}) => {
    const text = sentences[step][locale].replaceAll(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""))
    process.stderr.write(`${text}\n`)
  }
}
