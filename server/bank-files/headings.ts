/** What a column of a bank's CSV can be. Columns that are none of these are passed over. */
export const columnKinds = [
  "date",
  "credit",
  "debit",
  "amount",
  "direction",
  "balance",
  "number",
  "text",
  "counterparty",
  "counterAccount",
  "currency",
  "account",
] as const
export type ColumnKind = (typeof columnKinds)[number]

/** The headings that banks use, as `plainHeading` leaves them. In the customer's books 贷 is what came in. */
const headings: Record<ColumnKind, string> = {
  date: "交易日期 日期 记账日期 入账日期 交易时间 记账时间 入账时间 交易日 记账日 date bookingdate transactiondate posteddate postingdate dateposted buchungstag",
  credit:
    "贷方发生额 贷方金额 贷方 收入 收入金额 存入 存入金额 转入金额 收款金额 credit creditamount credits deposit deposits paidin moneyin amountin",
  debit:
    "借方发生额 借方金额 借方 支出 支出金额 支取 支取金额 转出金额 付款金额 debit debitamount debits withdrawal withdrawals paidout moneyout amountout",
  amount: "交易金额 金额 发生额 收支金额 amount transactionamount betrag",
  direction:
    "借贷标志 借贷标识 借贷 借贷方向 收支类型 收支标志 收支方向 收支 方向 debitcredit creditdebit creditdebitindicator drcr crdr dc cd direction sollhaben",
  balance: "余额 账户余额 交易后余额 本次余额 当前余额 balance runningbalance accountbalance saldo",
  number:
    "交易流水号 流水号 核心流水号 银行流水号 交易参考号 回单编号 业务流水号 transactionid transactionnumber transactionreference bankreference banknumber",
  text: "摘要 附言 交易附言 客户附言 用途 备注 交易摘要 摘要说明 交易说明 description remittanceinformation remittance memo details narrative reference paymentreference purpose particulars verwendungszweck notes",
  counterparty:
    "对方户名 对方名称 对方账户名称 对方账户名 对方单位 交易对手 交易对方 收付款人名称 counterparty counterpartyname payee payer beneficiary name auftraggeberempfänger",
  counterAccount:
    "对方账号 对方账户 对方卡号 对方银行账号 counterpartyaccount counteraccount counterpartyiban accountofcounterparty",
  currency: "币种 货币 币别 交易币种 currency ccy währung",
  account: "账号 账户 本方账号 本方账户 账户号 查询账号 account accountnumber accountno iban kontonummer",
}

const kinds = new Map<string, ColumnKind>(
  columnKinds.flatMap((kind) => headings[kind].split(" ").map((heading) => [heading, kind] as const)),
)

/** No bank's heading is longer, with its brackets; a cell can be, and is then none. */
const longestHeading = 100

/** A heading without what is in brackets (`金额（元）`), punctuation, spaces and case. */
const plainHeading = (text: string): string =>
  text.length > longestHeading
    ? ""
    : text
        .normalize("NFKC")
        .toLowerCase()
        .replace(/\([^()]*\)|\[[^[\]]*\]/g, "")
        .replace(/[^\p{L}\p{N}]/gu, "")

export const columnOf = (heading: string): ColumnKind | null => kinds.get(plainHeading(heading)) ?? null

/** What stands before the headings and says something of the whole: `期初余额`, `Opening balance`, the account. */
const facts = {
  opening: "期初余额 上期余额 起始余额 openingbalance startingbalance balancebroughtforward",
  closing: "期末余额 本期余额 结束余额 closingbalance endingbalance balancecarriedforward",
  account: headings.account,
  currency: headings.currency,
} as const
export type FileFact = keyof typeof facts

export function factOf(label: string): FileFact | null {
  const plain = plainHeading(label)
  if (plain === "") return null
  for (const fact of Object.keys(facts) as FileFact[]) if (facts[fact].split(" ").includes(plain)) return fact
  return null
}

const incoming = "贷 贷方 收 收入 入 转入 存入 收款 c cr crdt credit in haben h deposit"
const outgoing = "借 借方 支 支出 出 转出 支取 付款 d dr dbit debit out soll s withdrawal"

export function directionOf(text: string): "in" | "out" | null {
  const plain = plainHeading(text)
  if (plain === "") return null
  if (incoming.split(" ").includes(plain)) return "in"
  return outgoing.split(" ").includes(plain) ? "out" : null
}

/** The first words of rows beneath the lines that sum them up. */
export const isSummary = (cell: string): boolean =>
  /^(合计|总计|小计|本页|共\d*笔|期初|期末|上期余额|total|sum|opening balance|closing balance|end of)/i.test(
    cell.normalize("NFKC").trim(),
  )
