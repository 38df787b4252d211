/** What an organisation owes the platform, on the page of its prepaid balance. */
const zh = {
  title: "尚欠平台",
  lead: "还清之前，同等金额须留在预存款中，不能转出，也不能用于付款；同一币种的销售收入到账时先行抵扣。",
  byBank: (account: string) => `也可对公转账至 ${account}，附言注明参考号：`,
  pay: (amount: string) => `用预存款偿还 ${amount}`,
  payTitle: "用预存款偿还欠款",
  payLead: (amount: string) => `将从预存款中扣除 ${amount} 偿还这笔欠款。`,
  busy: "正在偿还…",
  decided: "操作将写入存证日志并记明您的账户。",
  frozen: "监管机构已冻结本主体，解除前不能付款。",
  notYours: "须由本主体的管理员或批准人办理。",
}

const en: typeof zh = {
  title: "Owed to the platform",
  lead: "Until it is paid, as much stays in the balance: it cannot be taken out and pays for nothing. What sales in the same currency earn is kept back for it first.",
  byBank: (account) => `Or by bank transfer to ${account}, with this reference in the text:`,
  pay: (amount) => `Pay ${amount} from the balance`,
  payTitle: "Pay this debt from the balance",
  payLead: (amount) => `${amount} is taken out of the prepaid balance and pays this debt.`,
  busy: "Paying…",
  decided: "This is written to the ledger with your account.",
  frozen: "Supervision has frozen your organisation; nothing can be paid until that ends.",
  notYours: "An administrator or approver of your organisation does this.",
}

export const balanceDebts = { zh, en }
