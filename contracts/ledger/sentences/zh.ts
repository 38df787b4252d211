import type { Json } from "../fact.ts"
import type { SentenceTable } from "./table.ts"
import {
  amount,
  amountIfAny,
  balanceWords,
  dutiesIn,
  filterWords,
  freezeReason,
  freezeScopeWords,
  localized,
  moment,
  railWords,
  regionsIn,
  rotationWords,
  sideWords,
  text,
  tradeStateWords,
  word as wordOf,
} from "./words.ts"

const word = (code: string) => wordOf(code, "zh")
const listed = (codes: readonly string[]) => codes.map(word).join("、")
const time = (value: string) => moment(value, "zh")

/** 已开示的值连同前后文字；未开示时为空。 */
const where = (before: string, value: string | null, after = "") =>
  value === null ? "" : `${before}${value}${after}`

const coded = (value: Json | undefined) => {
  const code = text(value)
  return code === null ? null : word(code)
}
/** Who owes what belongs to a trade, or to none. */
const owing = (trade: string | undefined) => (trade === undefined ? "该主体" : "供方")

const paidUp = (settled: boolean) => (settled ? "，欠款已结清" : "，余额仍为欠款")

/** 银行付款在先，冻结或更换账户在后。 */
const paidBefore = (what: "freeze" | "accountChange" | undefined) =>
  what === undefined ? "" : what === "freeze" ? "（冻结前已由银行付出）" : "（更换账户前已由银行付至原账户）"

const legs = (release: string | null, refund: string | null) =>
  release === null || refund === null ? "" : `：${release} 归供方，${refund} 退还需方`

const roleWords: Readonly<Record<string, string>> = {
  seller: "供方",
  buyer: "需方",
  evaluator: "第三方专业服务机构",
  operator: "数据交易机构",
  regulator: "监管机构",
}

const rolesOf = (roles: readonly string[]) => roles.map((role) => roleWords[role] ?? role).join("、")

const until = (value: Json | undefined) => (typeof value === "string" ? time(value) : null)

// 同一事实的两个版本用词相同。
const rankedIn = (candidates: number, rules: string) =>
  `平台按规则 ${rules} 对 ${candidates} 项挂牌进行了供需匹配排序。`
const deliveredIn = (check: "same" | "different") =>
  check === "same"
    ? "经核对，存储的数据与登记的数据一致，已向需方开通授权。"
    : "经核对，存储的数据与登记的数据不一致。"
const frozen = "监管机构暂停了该交易：款项、交付和期限均停止。"
const unfrozen = (deadline: string | null) =>
  `暂停结束，交易继续${where("，下一步期限为 ", deadline && time(deadline))}。`

const proposed = (
  { deadline }: { deadline: string | null },
  { buyer, seller, listing, price }: { buyer?: Json; seller?: Json; listing?: Json; price?: Json },
  tax?: Json,
  order?: Json,
) =>
  `需方${where("“", text(buyer), "”")}${where("向供方“", text(seller), "”")}提出交易${where(
    "，标的“",
    text(listing),
    "”",
  )}${where("，价格 ", amount(price))}${where("，其中税额 ", amountIfAny(tax))}${where("，采购单号 ", text(order))}${where(
    "，双方可确认至 ",
    deadline && time(deadline),
  )}。`

export const chinese: SentenceTable = {
  "party.registered@1": ({ roles }, { name }) =>
    `主体${where("“", localized(name, "zh"), "”")}登记入驻，角色为${rolesOf(roles)}。`,
  "party.verified@1": ({ method }, { name }) =>
    `交易机构完成了主体${where("“", localized(name, "zh"), "”")}的身份核验（${word(method)}）。`,
  "party.rejected@1": ({ reason }, { note }) =>
    `交易机构未通过该主体的身份核验（${word(reason)}）${where("：", text(note))}。`,
  "party.corrected@1": ({ fields }) => `该主体更正了自身信息（${listed(fields)}）。`,
  "party.submitted@1": () => "该主体提交了身份核验申请。",
  "party.updated@1": ({ fields }) => `该主体变更了收款方式（${listed(fields)}）。`,
  "party.updated@2": ({ fields }) => `该主体变更了收款方式或开票信息（${listed(fields)}）。`,
  "party.classified@1": (_, { class: of }) =>
    `交易机构设定了该主体的服务费类别${where("：", text(of) && word(String(of)))}。`,
  "party.limited@1": () => "该主体设定了采购审批规则和预算。",
  "party.appointed@1": ({ roles }) => `该主体在市场中的角色定为：${rolesOf(roles)}。`,
  "party.entrusted@1": ({ regions, duties }) =>
    regions.length === 0
      ? "运营机构收回了对该监管机构的授权范围。"
      : `运营机构授予该监管机构的监管范围：${regionsIn(regions, "zh")}；事项：${dutiesIn(duties, "zh")}。`,
  "party.erased@1": ({ fields }) => `该主体自身资料中的字段已删除（${listed(fields)}）。`,
  "party.frozen@1": () => "监管机构冻结了该主体，其交易一律暂停。",
  "party.unfrozen@1": () => "对该主体的冻结已结束。",

  "registration.submitted@1": () => "供方提交了数据产品的权利证明材料。",
  "registration.approved@1": ({ number }) => `交易机构审核通过登记，登记编号 ${number}。`,
  "registration.rejected@1": ({ reason }, { note }) =>
    `交易机构驳回了登记（${word(reason)}）${where("：", text(note))}。`,

  "listing.published@1": () => "供方发布挂牌，载明使用许可策略和定价方案。",
  "listing.withdrawn@1": ({ reason }) => `挂牌已摘牌（${word(reason)}）。`,
  "listing.frozen@1": () => "监管机构冻结了该挂牌，不能购买，其交易一律暂停。",
  "listing.unfrozen@1": () => "对该挂牌的冻结已结束。",

  "request.posted@1": ({ deadline }) => `需方发布了一项需求，截止 ${time(deadline)}。`,
  "request.closed@1": ({ reason }) => `需求已关闭（${word(reason)}）。`,
  "round.ranked@1": ({ candidates, rules }) => rankedIn(candidates, rules),
  "round.ranked@2": ({ candidates, rules }) => rankedIn(candidates, rules),

  "trade.proposed@1": (body, opened) => proposed(body, opened),
  "trade.proposed@2": (body, opened) => proposed(body, opened, opened.tax, opened.purchaseOrder),
  "trade.confirmed@1": ({ side }) => `${sideWords[side].zh}确认了合同。`,
  "trade.agreed@1": ({ side, standing }) =>
    standing
      ? `${sideWords[side].zh}确认了合同；供方在发布定价方案时已预先确认。`
      : `${sideWords[side].zh}确认了合同，双方达成一致。`,
  "trade.cancelled@1": ({ side, reason }) => `${sideWords[side].zh}退出（${word(reason)}），交易取消。`,
  "trade.expired@1": ({ from }) => `交易处于“${tradeStateWords[from].zh}”时无人在期限内操作，已过期。`,
  "trade.funding@1": ({ rail }) => `需方开始付款（${railWords[rail].zh}）。`,
  "trade.unfunded@1": ({ reason }) => `付款未成功（${word(reason)}）。`,
  "trade.processing@1": ({ deadline }) =>
    `需方已付款，款项在途${where("，交易等待到账至 ", deadline && time(deadline))}。`,
  "trade.funded@1": () => "需方款项已到账，列为待结算款。",
  "trade.delivered@1": ({ check }) => deliveredIn(check),
  "trade.delivered@2": ({ check }) => deliveredIn(check),
  "trade.accepted@1": ({ by }) =>
    by === "buyer" ? "需方验收通过。" : "验收期届满，需方未提出异议，视为验收通过。",
  "trade.disputed@1": ({ reason }, { statement }) =>
    `需方对交付提出争议（${word(reason)}）${where("：", text(statement))}。`,
  "trade.resolved@1": ({ reason }, { release, refund, note }) => {
    const parts = legs(amount(release), amount(refund))
    if (reason === "undelivered") return `未能交付，款项退还需方${parts}。`
    if (reason === "disputeUnanswered") return `争议未在期限内处理，款项退还需方${parts}。`
    return `交易机构对争议作出处理${parts}${where("。说明：", text(note))}。`
  },
  "trade.resolved@2": (_, { release, refund, note }) =>
    `全部待结算款退还需方${legs(amount(release), amount(refund))}${where("：", text(note))}。`,
  "trade.settled@1": ({ payment }) => (payment ? "货款已付给供方，交易结算完成。" : "该免费交易已完成。"),
  "trade.refunded@1": () => "款项已退还需方，交易结束。",
  "trade.invoiced@1": (_, { invoice }) => `供方填写了发票号码${where("：", text(invoice))}。`,
  "trade.chargedBack@1": () => "需方开户行已最终收回款项，交易结束。",
  "trade.frozen@1": () => frozen,
  "trade.unfrozen@1": ({ deadline }) => unfrozen(deadline),
  "trade.frozen@2": () => frozen,
  "trade.unfrozen@2": ({ deadline }) => unfrozen(deadline),

  "payment.started@1": ({ rail }, { amount: sum }) =>
    `发起付款${where(" ", amount(sum))}（${railWords[rail].zh}）。`,
  "payment.failed@1": ({ reason }) => `付款失败（${word(reason)}）。`,
  "payment.held@1": ({ rail }, { amount: sum }) =>
    `款项${where(" ", amount(sum), " ")}已到账（${railWords[rail].zh}），列为待结算款。`,
  "payment.prepaid@1": (_, { amount: sum }) => `需方以预存款支付${where(" ", amount(sum))}，列为待结算款。`,
  "payment.parted@1": (_, { release, fee, refund }) =>
    `已确定待结算款的分配${legs(amount(release), amount(refund))}${where("，其中服务费 ", amount(fee))}。`,
  "payment.parted@2": (_, { release, fee, tax, refund }) =>
    `已确定待结算款的分配${legs(amount(release), amount(refund))}${where("，其中服务费 ", amount(fee))}${where(
      "，税额 ",
      amountIfAny(tax),
    )}。`,
  "payment.released@1": (_, { amount: sum }) => `已向供方付款${where(" ", amount(sum))}。`,
  "payment.refunded@1": (_, { amount: sum }) => `已向需方退款${where(" ", amount(sum))}。`,
  "payment.givenBack@1": (_, { amount: sum, fee }) =>
    `货款中的${where(" ", amount(sum), " ") || "一部分"}退还需方${where("，其中服务费 ", amount(fee))}。`,
  "payment.redirected@1": () => "运营机构已确认供方的收款账户。",
  "payment.netted@1": (_, { amount: sum }) =>
    `应付供方款项中扣留${where(" ", amount(sum), " ") || "一部分"}，用于抵扣供方欠款。`,

  "refund.asked@1": ({ reason }, { amount: sum, note }) =>
    `运营机构申请退款${where(" ", amount(sum))}（${word(reason)}）${where("：", text(note))}，待第二人复核。`,
  "refund.decided@1": ({ source, reason }, { amount: sum, note }) =>
    `已决定退款${where(" ", amount(sum))}，从${
      source === "held" ? "待结算款" : "已付供方的款项"
    }中退还（${word(reason)}）${where("：", text(note))}。`,
  "refund.dropped@1": () => "退款申请未通过复核。",
  "refund.repaid@1": (_, { amount: sum }) => `退款${where(" ", amount(sum), " ")}已退至需方。`,
  "refund.returned@1": (_, { amount: sum }) =>
    `退款${where(" ", amount(sum), " ")}被需方账户退回，将重新退款。`,
  "refund.offset@1": (_, { amount: sum }) =>
    `退款被退回，其中${where(" ", amount(sum), " ")}需方已通过拒付取得，冲抵平台承担的拒付损失。`,
  "refund.lowered@1": (_, { amount: sum }) =>
    `拒付成立，需方已由银行收回款项，退款减少${where(" ", amount(sum)) || "相应金额"}。`,
  "refund.chargedBack@1": (_, { amount: sum }) =>
    `拒付成立，需方已由银行收回款项，退款${where(" ", amount(sum), " ")}不再支付。`,
  "refund.bankAsked@1": (_, { to, note }) =>
    `支付机构拒绝该笔退款，运营机构申请改由银行退款${where("，收款账户 ", text(to))}${where("：", text(note))}，待第二人复核。`,
  "refund.bankDropped@1": () => "改由银行退款的申请未通过复核。",
  "refund.toBank@1": (_, { to }) => `该笔退款改由银行付出${where("，收款账户 ", text(to))}。`,

  "debt.opened@1": ({ cause, start }, { amount: sum }) =>
    cause === "topUp"
      ? `充值款被开户行收回，预存款不足${where("，尚欠 ", amount(sum))}，记为该主体欠款。`
      : `因${cause === "refund" ? "退款" : "拒付"}，供方须退回已收款项${where(" ", amount(sum))}，${
          start === "reversing" ? "正在撤回转账" : "记为欠款"
        }。`,
  "debt.owed@1": (_, { reason }) => `转账无法撤回${where("（", coded(reason), "）")}，该金额记为供方欠款。`,
  "debt.reversed@1": ({ settled }, { amount: sum }) =>
    `已从供方账户撤回${where(" ", amount(sum)) || "款项"}${paidUp(settled)}。`,
  "debt.netted@1": ({ settled, trade }, { amount: sum }) =>
    `已从${trade ? "供方另一笔" : "该主体一笔"}应付款中抵扣${where(" ", amount(sum)) || "欠款"}${paidUp(settled)}。`,
  "debt.repaid@1": ({ settled, trade }, { amount: sum }) =>
    `${owing(trade)}已通过对公转账偿还${where(" ", amount(sum)) || "欠款"}${paidUp(settled)}。`,
  "debt.takenBack@1": ({ settled, trade }, { amount: sum }) =>
    `已从${owing(trade)}预存款中扣还${where(" ", amount(sum)) || "欠款"}${paidUp(settled)}。`,
  "debt.writeOffAsked@1": ({ trade }, { note }) =>
    `运营机构申请核销${owing(trade)}欠款${where("：", text(note))}，待第二人复核。`,
  "debt.takeAsked@1": ({ trade }, { note }) =>
    `运营机构申请从${owing(trade)}预存款中扣还欠款${where("：", text(note))}，待第二人复核。`,
  "debt.writtenOff@1": ({ trade }, { amount: sum, note }) =>
    `平台已核销${owing(trade)}欠款${where(" ", amount(sum))}${where("：", text(note))}。`,
  "payment.contested@1": () => "该笔付款被提出拒付，银行裁定前款项不予划出。",
  "payment.cleared@1": () => "拒付已结束，该笔付款未受影响。",
  "payment.chargedBack@1": (_, { lost, release, refund }) =>
    `拒付败诉，从该笔付款中扣除${where(" ", amount(lost)) || "相应金额"}${legs(amount(release), amount(refund))}。`,
  "payment.releaseReturned@1": (_, { amount: sum, reason }) =>
    `向供方的银行付款${where(" ", amount(sum), " ")}被退回${where("（", text(reason), "）")}，将重新办理。`,
  "payment.refundReturned@1": (_, { amount: sum, reason }) =>
    `向需方的退款${where(" ", amount(sum), " ")}被退回${where("（", text(reason), "）")}，将重新办理。`,
  "payment.offset@1": (_, { amount: sum }) =>
    `退款被退回，其中${where(" ", amount(sum), " ") || "一部分"}需方已通过拒付取得，冲抵平台承担的拒付损失。`,
  "payment.bankAsked@1": (_, { to, note }) =>
    `支付机构拒绝向需方退款，运营机构申请改由银行退款${where("，收款账户 ", text(to))}${where("：", text(note))}，待第二人复核。`,
  "payment.bankDropped@1": () => "向需方改由银行退款的申请未通过复核。",
  "payment.toBank@1": (_, { to }) => `向需方的退款改由银行付出${where("，收款账户 ", text(to))}。`,

  "chargeback.opened@1": ({ reason }, { amount: sum }) =>
    `需方开户行提出拒付${where("，收回 ", amount(sum))}（${word(reason)}），款项在银行裁定前不可动用。`,
  "chargeback.answered@1": () => "交易机构已提交拒付申诉材料。",
  "chargeback.conceded@1": () => "交易机构已接受拒付，不再申诉。",
  "chargeback.won@1": (_, { amount: sum }) =>
    `银行裁定拒付不成立，款项${where(" ", amount(sum), " ")}已退回。`,
  "chargeback.lost@1": (_, { amount: sum }) =>
    `银行裁定拒付成立，款项${where(" ", amount(sum), " ")}不再退回。`,

  "payout.started@1": (_, { amount: sum }) =>
    `交易机构发起提现${where(" ", amount(sum))}，转入平台银行账户。`,
  "payout.paid@1": (_, { amount: sum }) => `提现${where(" ", amount(sum), " ")}已转入平台银行账户。`,
  "payout.failed@1": ({ reason }) => `提现失败（${word(reason)}），款项未划出。`,
  "payout.returned@1": ({ reason }, { amount: sum }) =>
    `提现${where(" ", amount(sum), " ")}被银行退回（${word(reason)}）。`,

  "correction.asked@1": ({ kind, reason }, { amount: sum, reference, note }) =>
    kind === "tax"
      ? `交易机构申请登记已缴税款${where(" ", amount(sum))}${where("，凭证号 ", text(reference))}${where("（", text(note), "）")}，待另一人复核。`
      : `交易机构说明支付机构的一笔待查款项${where(" ", amount(sum), " ")}（${word(reason)}）${where("：", text(note))}，待另一人复核。`,
  "correction.dropped@1": () => "调账申请已撤销，未记账。",
  "correction.matched@1": (_, { reference, journal }) =>
    `经两人确认，支付机构账单行${where(" ", text(reference), " ")}对应一组分录${where("（", text(journal), "）")}。`,
  "correction.bookedIn@1": ({ reason }, { amount: sum }) =>
    `支付机构转入的待查款项${where(" ", amount(sum), " ")}已记账（${word(reason)}）。`,
  "correction.bookedOut@1": ({ reason }, { amount: sum }) =>
    `支付机构转出的待查款项${where(" ", amount(sum), " ")}已记账（${word(reason)}）。`,
  "correction.taxPaid@1": (_, { amount: sum, reference }) =>
    `已向税务机关缴纳税款${where(" ", amount(sum))}${where("（凭证号 ", text(reference), "）")}。`,

  "balance.moved@1": ({ why }, { available, reserved }) =>
    `预存款变动：${balanceWords[why].zh}${where("；可用余额 ", amount(available))}${where("，预留 ", amountIfAny(reserved))}。`,
  "topUp.started@1": ({ rail }, { amount: sum }) =>
    `发起充值${where(" ", amount(sum))}（${railWords[rail].zh}）。`,
  "topUp.failed@1": ({ reason }) => `充值未成功（${word(reason)}）。`,
  "topUp.received@1": ({ rail }, { amount: sum }) =>
    `充值${where(" ", amount(sum), " ")}已到账（${railWords[rail].zh}），记入预存款。`,
  "topUp.contested@1": ({ reason }, { amount: sum }) =>
    `付款方开户行对充值提出拒付${where("，收回 ", amount(sum))}（${word(reason)}），银行裁定前预留相应余额。`,
  "topUp.cleared@1": (_, { amount: sum }) =>
    `银行裁定拒付不成立，充值款${where(" ", amount(sum), " ")}已退回。`,
  "topUp.lost@1": (_, { amount: sum, missing }) =>
    `银行裁定拒付成立，充值款${where(" ", amount(sum), " ")}不再退回${where("；余额不足部分 ", amountIfAny(missing), " 由该主体偿还")}。`,
  "withdrawal.asked@1": (_, { amount: sum }) => `申请从预存款转出${where(" ", amount(sum))}，待第二人批准。`,
  "withdrawal.approved@1": ({ by }) =>
    by === "party"
      ? "该主体的第二人已批准余额转出。"
      : "该主体没有可批准的第二人，由运营机构复核批准余额转出。",
  "withdrawal.refused@1": ({ by }, { note }) =>
    `余额转出已由${by === "party" ? "申请主体撤回" : "运营机构退回"}${where("：", text(note))}。`,
  "withdrawal.paid@1": ({ before }, { amount: sum }) =>
    `转出款项${where(" ", amount(sum), " ")}已付至该主体银行账户${paidBefore(before)}。`,
  "withdrawal.returned@1": (_, { amount: sum, note }) =>
    `转出款项${where(" ", amount(sum), " ")}被银行退回${where("（", text(note), "）")}，已恢复可用。`,

  "grant.issued@1": ({ expires }) => `需方获得数据授权，有效期至 ${time(expires)}。`,
  "grant.fetched@1": () => "需方获取了数据。",
  "grant.issued@2": (_, { expires }) => `需方获得数据授权${where("，有效期至 ", until(expires))}。`,
  "grant.fetched@2": () => "需方获取了数据。",
  "grant.revoked@1": ({ reason }) => `需方的授权已撤销（${word(reason)}）。`,

  "freeze.imposed@1": ({ scope, reason, expires }, { document }) =>
    `监管机构${where("依据文书 ", text(document), " ")}冻结了${freezeScopeWords[scope].zh}（${freezeReason(
      reason,
      "zh",
    )}），至 ${time(expires)}。`,
  "freeze.lifted@1": ({ scope, by }, { document }) =>
    by === "order"
      ? `监管机构${where("依据文书 ", text(document), " ")}解除了对${freezeScopeWords[scope].zh}的冻结。`
      : `对${freezeScopeWords[scope].zh}的冻结到期结束。`,

  "hold.placed@1": ({ reason }, { document }) =>
    `监管机构对一个主体作出保全（${word(reason)}${where("；", text(document))}），其内容不得删除。`,
  "hold.lifted@1": (_, { document }) => `监管机构解除了一项保全${where("（", text(document), "）")}。`,
  "erasure.requested@1": ({ kind, reason }) =>
    `收到删除申请：${kind === "account" ? "个人账户" : "主体资料中的一个字段"}（${word(reason)}）。`,
  "erasure.requested@2": ({ reason }) => `收到删除申请：一项数据产品的数据（${word(reason)}）。`,
  "erasure.held@1": ({ rule, until }) =>
    `该删除申请暂缓（${word(rule)}）${until === null ? "" : `，至 ${time(until)}`}。`,
  "erasure.refused@1": ({ reason }, { note }) =>
    `运营机构不予删除（${word(reason)}${where("；", text(note))}）。`,
  "data.erased@1": ({ kind, reason, places }) =>
    kind === "account"
      ? `一个个人账户已删除（${word(reason)}）。`
      : `${places.length} 个保密值已删除（${word(reason)}）。`,
  "data.erased@2": ({ reason }) => `一项数据产品的数据已删除（${word(reason)}），其文件的密钥已销毁。`,
  "erasure.finished@1": () => "删除已执行完毕：值、盐和密钥均已清除。",

  "settlement.booked@1": ({ lines }) => `资金账簿与支付机构账单对账，共入账 ${lines} 项。`,
  "bankFile.imported@1": ({ lines, added }, { period }) =>
    `导入平台银行账户${where(" ", text(period), " ")}的银行对账单：共 ${lines} 笔明细，其中新增 ${added} 笔。`,
  "index.sealed@1": ({ size, keys }) => `封存线索总表：前 ${size} 条记录，共 ${keys} 条线索。`,

  "key.rotated@1": ({ reason }) => `日志自此改用新密钥签名（${rotationWords[reason].zh}）。`,

  "audit.exported@1": ({ from, to }, { reason }) =>
    `导出了第 ${from} 至 ${to - 1} 号记录${where("（", text(reason), "）")}。`,
  "audit.exported@2": ({ filter }, { reason }) =>
    `导出了${filterWords[filter].zh}的全部记录${where("（", text(reason), "）")}。`,
  "audit.opened@1": ({ purpose, values }) => `监管方查看了 ${values} 项保密内容（${word(purpose)}）。`,
}
