import type { Locale } from "#contracts/localized-text.ts"

/** Payments as the operator looks after them: receipts, payouts, calls to the provider. */
const zh = {
  paymentQueues: { receipts: "待确认到账", payouts: "待付出", stuck: "卡住的银行卡付款", late: "交易已结束" },
  paymentLeads: {
    receipts: "需方已选择对公转账。核对银行流水后确认，金额和币种必须与应付完全一致。",
    payouts: "款项归属已定，须由运营机构通过银行付出后确认。",
    stuck: "结果未知或被拒绝的调用。系统每 15 秒自动查询并重试，不会重复付款。",
    late: "交易已取消或过期，但可能仍会到账。确认后全额退回需方。",
  },
  noPayments: "这里没有付款",
  tradeState: "交易状态",
  started: "发起时间",
  trade: "交易",
  ownAccount: "平台收款账户",
  payment: "付款",
  paymentStates: {
    started: "等待到账",
    held: "已存为待结算款",
    parting: "正在划转",
    closed: "已结清",
    failed: "未完成",
  },
  receiptTitle: "确认到账",
  receiptLead:
    "请对照银行流水填写实际到账金额。确认后款项记为待结算款，数据自动交付；金额不符的请不要确认，原路退回。",
  receiptLateLead: "交易已结束。确认后款项不会交付数据，而是列入待付出，全额退回需方。",
  receivedAmount: "实际到账金额",
  currency: "币种",
  confirmReceipt: "确认到账",
  payoutTitle: { release: "确认已付供方", refund: "确认已退需方" },
  payoutFrozen: "已被监管冻结，请勿付款。仅当银行在冻结前已付出时，才在此确认。",
  alreadyPaid: "该笔款项在冻结前已由银行付出",
  payoutContested: "需方银行已提出拒付，请勿付款。仅当银行在此之前已付出时，才在此确认。",
  paidBeforeChargeback: "该笔款项在拒付提出前已由银行付出",
  payoutLead:
    "请先在银行付款，附言注明付款参考号，再填写流水号或导入对账单确认。确认后记入资金账簿；最后一笔确认后交易结束。",
  noAccount: "未登记账户，请联系收款方",
  legs: { release: "付供方", refund: "退需方" },
  legStates: { pending: "待付出", done: "已付出" },
  fee: "平台服务费",
  tax: "税额",
  calls: "对支付机构的调用",
  callKinds: {
    checkout: "创建收款页",
    release: "划付供方",
    refund: "退还需方",
    giveBack: "退款",
    reversal: "撤回已付供方的转账",
    evidence: "提交拒付申诉材料",
    concession: "接受拒付",
    payout: "提现",
  },
  returnTitle: "银行退回",
  returnLead: "已付出的款项被收款银行退回的，在此登记，随后重新付款。",
  returnFollows: "款项恢复为应付，交易状态不变；请核对收款账户后重新付款，并填写新的银行流水号。",
  returned: { release: "登记：付供方的款项被退回", refund: "登记：退需方的款项被退回" },
  returnReason: "退回原因",
  returnReasonHint: "银行给出的原因，如“户名不符”。",
  callStates: { ready: "待发送", unknown: "结果未知", done: "已完成", failed: "被拒绝" },
  attempts: "次数",
  providerNumber: "渠道编号",
  stuckNext: "无须操作：系统会先查询结果，再决定是否重试。若原因是收款方账户未就绪，请联系对方完成开户。",
  paymentDone: "没有等待运营机构的步骤。",
}

const en: typeof zh = {
  paymentQueues: {
    receipts: "Receipts",
    payouts: "Payouts",
    stuck: "Stuck card payments",
    late: "Trade ended",
  },
  paymentLeads: {
    receipts:
      "The buyer chose a bank transfer. Confirm it from the bank's statement; amount and currency must be exactly what is due.",
    payouts:
      "Where the money goes is decided. Pay it out at the bank, then confirm it here with the bank's number.",
    stuck:
      "Calls whose outcome is unknown or that were declined. The market looks them up and tries again every 15 seconds; nothing is paid twice.",
    late: "The trade was cancelled or has expired, but the money may still come. Confirmed, it goes back whole.",
  },
  noPayments: "No payments here",
  tradeState: "Trade",
  started: "Started",
  trade: "Trade",
  ownAccount: "The platform's account",
  payment: "Payment",
  paymentStates: {
    started: "Waiting for the money",
    held: "Held",
    parting: "On its way out",
    closed: "Closed",
    failed: "Failed",
  },
  receiptTitle: "Confirm the receipt",
  receiptLead:
    "Enter what the bank's statement says has come. The money is then held and delivery follows by itself. Do not confirm another amount: send it back.",
  receiptLateLead:
    "The trade has ended. Nothing is delivered for this money: once confirmed it waits under payouts, to go back whole.",
  receivedAmount: "Amount received",
  currency: "Currency",
  confirmReceipt: "Confirm the receipt",
  payoutTitle: { release: "Confirm: seller paid", refund: "Confirm: buyer refunded" },
  payoutFrozen:
    "Supervision has frozen this: pay nothing. Confirm here only what the bank had paid before the freeze.",
  alreadyPaid: "The bank had made this payment before the freeze",
  payoutContested:
    "The buyer's bank has opened a chargeback: do not pay. Confirm here only if the bank had made this payment before.",
  paidBeforeChargeback: "The bank had made this payment before the chargeback",
  payoutLead:
    "Pay at the bank first, with the payment's reference in the text, then confirm with the bank's number or by importing the statement. It goes into the book; with the last one the trade ends.",
  noAccount: "No account on file; ask the payee",
  legs: { release: "To the seller", refund: "Back to the buyer" },
  legStates: { pending: "To be paid out", done: "Paid out" },
  fee: "Market fee",
  tax: "Tax",
  calls: "Calls to the payment provider",
  callKinds: {
    checkout: "Payment page",
    release: "Transfer to the seller",
    refund: "Refund to the buyer",
    giveBack: "Separate refund",
    reversal: "Transfer taken back",
    evidence: "Evidence against a chargeback",
    concession: "Chargeback accepted",
    payout: "Payout",
  },
  returnTitle: "Sent back by the bank",
  returnLead: "Tell here when the receiving bank has sent a payout back; it is then paid out again.",
  returnFollows:
    "The money is owed as before and the trade stays as it is. Check the account, pay out again, and give the bank's new number.",
  returned: { release: "Seller's payout came back", refund: "Buyer's refund came back" },
  returnReason: "The bank's reason",
  returnReasonHint: "As the bank says it, such as: name differs.",
  callStates: { ready: "To be sent", unknown: "Outcome unknown", done: "Done", failed: "Declined" },
  attempts: "Attempts",
  providerNumber: "Provider's number",
  stuckNext:
    "Nothing to do here: the market first looks up what happened and then decides whether to try again. Where the payee's account is not ready, ask them to finish opening it.",
  paymentDone: "No step of this payment waits for the operator.",
}

export const paymentWords = { zh, en } satisfies Record<Locale, typeof zh>
