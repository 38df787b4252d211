import type { Locale } from "#contracts/localized-text.ts"
import type { Rail } from "#contracts/payment.ts"
import { isProcessing, type Trade, type TradeState, type WaitingState } from "#contracts/trade.ts"
import type { Tone } from "../../_ui/chip.tsx"

/** The words in which pages speak of a trade. */
type Words = {
  states: Record<TradeState, string>
  /** What is waited for now, and from whom. */
  waits: Partial<Record<TradeState, string>>
  /** While the provider waits for money that the buyer has sent. */
  processing: { state: string; wait: string }
  /** What happens when nobody acts in time. */
  defaults: Record<WaitingState, string>
  rails: Record<Rail, string>
  /** Short titles of records, by the fact's type without its version. */
  facts: Record<string, string>
  disputeReasons: Record<DisputeReason, string>
}

export const disputeReasons = ["notAsListed", "incomplete", "unreadable", "rightsProblem", "other"] as const
export type DisputeReason = (typeof disputeReasons)[number]

const zh: Words = {
  states: {
    proposed: "已发起",
    agreed: "合同已确认",
    funding: "等待付款",
    funded: "已付款，等待交付",
    delivered: "已交付，等待验收",
    accepted: "已验收，等待结算",
    disputed: "争议中",
    resolved: "已裁定，等待划转",
    settled: "已结算",
    refunded: "已退款",
    cancelled: "已取消",
    expired: "已过期",
  },
  waits: {
    proposed: "双方都确认合同文本后，合同成立。",
    agreed: "等待需方付款；免费方案由市场直接交付。",
    funding: "付款已开始，款项到账后自动记为待结算款；转账由运营方确认到账。",
    funded: "市场正在核对文件并签发授权，无须任何人操作。",
    delivered: "需方下载并检查后验收，或提出争议。",
    accepted: "正在划付供方；对公转账由运营方确认划付。",
    disputed: "款项不动，等待运营方裁定。",
    resolved: "正在按裁定划转款项；对公转账由运营方确认划转。",
  },
  processing: {
    state: "已付款，款项在途",
    wait: "需方已付款，支付机构正在等待款项到账；到账后自动记为待结算款，无须再次付款。",
  },
  defaults: {
    proposed: "提议失效，不产生任何费用。",
    agreed: "交易失效，名额退回，不产生任何费用。",
    funding: "交易失效；此后到账的款项自动退回。",
    funded: "款项自动全额退回需方。",
    delivered: "视为验收，货款结算给供方。",
    disputed: "款项自动全额退回需方。",
  },
  rails: { card: "银行卡", bank: "对公转账", balance: "预存款" },
  facts: {
    "trade.proposed": "发起交易",
    "trade.confirmed": "一方确认合同",
    "trade.agreed": "合同成立",
    "trade.cancelled": "交易取消",
    "trade.expired": "交易过期",
    "trade.funding": "开始付款",
    "trade.unfunded": "本次付款未完成",
    "trade.processing": "已付款，款项在途",
    "trade.funded": "货款已存为待结算款",
    "trade.delivered": "完成交付",
    "trade.accepted": "验收",
    "trade.invoiced": "填写发票号码",
    "trade.disputed": "提出争议",
    "trade.resolved": "裁定款项归属",
    "trade.settled": "结算完成",
    "trade.refunded": "退款完成",
    "trade.chargedBack": "款项被银行收回，交易结束",
    "trade.frozen": "监管暂停交易",
    "trade.unfrozen": "监管解除暂停",
    "payment.started": "创建付款",
    "payment.failed": "付款失败",
    "payment.held": "款项到账",
    "payment.parted": "确定款项分配",
    "payment.released": "已划付供方",
    "payment.refunded": "已退还需方",
    "payment.givenBack": "部分款项退还需方",
    "payment.redirected": "确认供方新账户",
    "payment.netted": "抵扣供方欠款",
    "refund.asked": "申请退款",
    "refund.decided": "决定退款",
    "refund.dropped": "退款未通过复核",
    "refund.repaid": "退款完成",
    "refund.returned": "退款被退回",
    "refund.lowered": "退款因拒付减少",
    "refund.chargedBack": "退款因拒付终止",
    "debt.opened": "产生供方欠款",
    "debt.owed": "转账未能撤回",
    "debt.reversed": "已撤回供方转账",
    "debt.netted": "欠款已抵扣",
    "debt.repaid": "供方偿还欠款",
    "debt.writeOffAsked": "申请核销欠款",
    "debt.writtenOff": "欠款已核销",
    "payment.contested": "付款被拒付，款项暂停划出",
    "payment.cleared": "拒付结束，款项恢复划出",
    "payment.chargedBack": "拒付扣款",
    "payment.releaseReturned": "付给供方的款项被银行退回",
    "payment.refundReturned": "退给需方的款项被银行退回",
    "payment.offset": "退款冲抵拒付损失",
    "chargeback.opened": "需方银行提出拒付",
    "chargeback.answered": "已提交拒付申诉材料",
    "chargeback.conceded": "已接受拒付",
    "chargeback.won": "拒付不成立",
    "chargeback.lost": "拒付成立",
    "grant.issued": "签发授权",
    "grant.fetched": "下载数据",
    "grant.revoked": "撤销授权",
  },
  disputeReasons: {
    notAsListed: "与挂牌说明不符",
    incomplete: "内容不完整",
    unreadable: "无法读取",
    rightsProblem: "权利存在问题",
    other: "其他",
  },
}

const en: Words = {
  states: {
    proposed: "Proposed",
    agreed: "Agreed",
    funding: "Waiting for payment",
    funded: "Paid, waiting for delivery",
    delivered: "Delivered, waiting for acceptance",
    accepted: "Accepted, being settled",
    disputed: "In dispute",
    resolved: "Resolved, funds on their way",
    settled: "Settled",
    refunded: "Refunded",
    cancelled: "Cancelled",
    expired: "Expired",
  },
  waits: {
    proposed: "The agreement is made when both sides have confirmed its text.",
    agreed: "The buyer pays now; on a free plan the market delivers by itself.",
    funding:
      "A payment has been started. The money is held as soon as it arrives; the operator confirms bank transfers.",
    funded: "The market checks the file and issues the grant; nobody has to do anything.",
    delivered: "The buyer downloads and checks the data, then accepts or objects.",
    accepted: "The seller is being paid; the operator confirms bank payouts.",
    disputed: "The money stands still until the operator has decided.",
    resolved: "The money is on its way as decided; the operator confirms bank payouts.",
  },
  processing: {
    state: "Paid, money on its way",
    wait: "The buyer has paid, and the provider waits for the money to arrive. It is then held by itself; nobody has to pay again.",
  },
  defaults: {
    proposed: "the proposal lapses; nothing is owed.",
    agreed: "the trade lapses, the seat is given back, and nothing is owed.",
    funding: "the trade lapses; money that arrives later is sent back by itself.",
    funded: "the whole amount goes back to the buyer by itself.",
    delivered: "it counts as accepted, and the seller is paid.",
    disputed: "the whole amount goes back to the buyer by itself.",
  },
  rails: { card: "Card", bank: "Bank transfer", balance: "Prepaid balance" },
  facts: {
    "trade.proposed": "Trade proposed",
    "trade.confirmed": "Agreement confirmed by one side",
    "trade.agreed": "Agreement made",
    "trade.cancelled": "Trade cancelled",
    "trade.expired": "Trade expired",
    "trade.funding": "Payment started",
    "trade.unfunded": "Payment attempt ended without money",
    "trade.processing": "Paid, money on its way",
    "trade.funded": "Money is held",
    "trade.delivered": "Delivered",
    "trade.accepted": "Accepted",
    "trade.invoiced": "Tax invoice noted",
    "trade.disputed": "Dispute opened",
    "trade.resolved": "Held funds parted",
    "trade.settled": "Settled",
    "trade.refunded": "Refunded",
    "trade.chargedBack": "Payment taken back, trade closed",
    "trade.frozen": "Frozen by supervision",
    "trade.unfrozen": "Released by supervision",
    "payment.started": "Payment created",
    "payment.failed": "Payment failed",
    "payment.held": "Payment received",
    "payment.parted": "Parts of the payment decided",
    "payment.released": "Seller paid",
    "payment.refunded": "Buyer refunded",
    "payment.givenBack": "Part of the payment goes back",
    "payment.redirected": "Seller's new account confirmed",
    "payment.netted": "Kept back for a debt",
    "refund.asked": "Refund asked for",
    "refund.decided": "Refund decided",
    "refund.dropped": "Refund not confirmed",
    "refund.repaid": "Refund paid",
    "refund.returned": "Refund came back",
    "refund.lowered": "Refund lessened by the chargeback",
    "refund.chargedBack": "Refund ended by the chargeback",
    "debt.opened": "Seller has to give back",
    "debt.owed": "Transfer could not be taken back",
    "debt.reversed": "Transfer taken back",
    "debt.netted": "Debt kept back",
    "debt.repaid": "Debt repaid",
    "debt.writeOffAsked": "Write-off asked for",
    "debt.writtenOff": "Debt written off",
    "payment.contested": "Payment contested, nothing leaves it",
    "payment.cleared": "Payment no longer contested",
    "payment.chargedBack": "Payment lessened by the chargeback",
    "payment.releaseReturned": "Payout to the seller came back",
    "payment.refundReturned": "Refund to the buyer came back",
    "payment.offset": "Refund kept against a chargeback",
    "chargeback.opened": "Chargeback opened by the buyer's bank",
    "chargeback.answered": "Chargeback answered",
    "chargeback.conceded": "Chargeback accepted",
    "chargeback.won": "Chargeback won",
    "chargeback.lost": "Chargeback lost",
    "grant.issued": "Grant issued",
    "grant.fetched": "Data downloaded",
    "grant.revoked": "Grant revoked",
  },
  disputeReasons: {
    notAsListed: "Not as listed",
    incomplete: "Incomplete",
    unreadable: "Cannot be read",
    rightsProblem: "A problem with the rights",
    other: "Something else",
  },
}

export const tradeWords: Record<Locale, Words> = { zh, en }

export const tradeTone: Record<TradeState, Tone> = {
  proposed: "active",
  agreed: "active",
  funding: "active",
  funded: "active",
  delivered: "active",
  accepted: "active",
  disputed: "warn",
  resolved: "active",
  settled: "good",
  refunded: "neutral",
  cancelled: "neutral",
  expired: "neutral",
}

/** The state as a reader understands it: money that is on its way is not waited for as one that was not paid. */
export const stateWord = (trade: Pick<Trade, "state" | "payment" | "processing">, locale: Locale): string =>
  isProcessing(trade) ? tradeWords[locale].processing.state : tradeWords[locale].states[trade.state]
