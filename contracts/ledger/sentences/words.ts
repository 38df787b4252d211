import type { BalanceReason } from "../../balance.ts"
import type { Locale } from "../../localized-text.ts"
import { decimal, isZero, type Money, money } from "../../money.ts"
import type { Rail } from "../../payment.ts"
import { type Duty, regionName } from "../../remit.ts"
import type { FreezeReason, FreezeScope } from "../../supervision.ts"
import { addMs, hourMs, type Time } from "../../time.ts"
import type { Side, TradeState } from "../../trade.ts"
import type { Json } from "../fact.ts"
import type { FilterKind } from "../filter.ts"
import type { RotationReason } from "../rotation-reason.ts"

/** The words that sentences about facts share, in both languages. */
type Words = Readonly<Record<Locale, string>>

export const sideWords = {
  buyer: { en: "the buyer", zh: "需方" },
  seller: { en: "the seller", zh: "供方" },
} as const satisfies Record<Side, Words>

export const railWords = {
  card: { en: "by card", zh: "银行卡支付" },
  bank: { en: "by bank transfer", zh: "对公转账" },
  balance: { en: "from the prepaid balance", zh: "预存款支付" },
} as const satisfies Record<Rail, Words>

const dutyWords = {
  data: { en: "data", zh: "数据" },
  funds: { en: "funds", zh: "资金" },
} as const satisfies Record<Duty, Words>

/** "data and funds": what a regulator is entrusted with. */
export const dutiesIn = (duties: readonly string[], locale: Locale): string =>
  duties.map((duty) => dutyWords[duty as Duty]?.[locale] ?? duty).join(locale === "zh" ? "、" : " and ")

export const regionsIn = (regions: readonly string[], locale: Locale): string =>
  regions.map((region) => regionName(region, locale)).join(locale === "zh" ? "、" : ", ")

export const tradeStateWords = {
  proposed: { en: "proposed", zh: "待确认" },
  agreed: { en: "agreed", zh: "已达成合同" },
  funding: { en: "being paid", zh: "付款中" },
  funded: { en: "paid, awaiting delivery", zh: "已付款，待交付" },
  delivered: { en: "delivered, awaiting acceptance", zh: "已交付，待验收" },
  accepted: { en: "accepted", zh: "已验收" },
  disputed: { en: "in dispute", zh: "争议中" },
  resolved: { en: "decided", zh: "争议已处理" },
  settled: { en: "settled", zh: "已结算" },
  refunded: { en: "refunded", zh: "已退款" },
  cancelled: { en: "cancelled", zh: "已取消" },
  expired: { en: "expired", zh: "已过期" },
} as const satisfies Record<TradeState, Words>

export const freezeScopeWords = {
  trade: { en: "a trade", zh: "一笔交易" },
  listing: { en: "a listing and its trades", zh: "一项挂牌及其交易" },
  party: { en: "a party and its trades", zh: "一个主体及其交易" },
} as const satisfies Record<FreezeScope, Words>

export const freezeReasonWords = {
  unlawfulSource: { en: "unlawful source of the data", zh: "数据来源不合法" },
  personalInformation: { en: "protection of personal information", zh: "个人信息保护" },
  importantData: { en: "protection of important data", zh: "重要数据保护" },
  crossBorder: { en: "cross-border transfer", zh: "数据出境" },
  fraud: { en: "suspected fraud", zh: "涉嫌欺诈" },
  courtOrder: { en: "court order", zh: "法院文书" },
  other: { en: "another reason", zh: "其他原因" },
} as const satisfies Record<FreezeReason, Words>

export const rotationWords = {
  scheduled: { en: "as scheduled", zh: "按计划更换" },
  custody: { en: "because other people or another machine hold it now", zh: "因保管人员或设备变更" },
  compromised: { en: "because somebody else may have the key before", zh: "因原密钥可能已被他人掌握" },
} as const satisfies Record<RotationReason, Words>

/** Why a prepaid balance moved, as the rest of "A prepaid balance changed: …". */
export const balanceWords = {
  toppedUp: { en: "a top-up arrived", zh: "充值到账" },
  paid: { en: "a trade was paid from it", zh: "支付交易款" },
  earned: { en: "the proceeds of a trade came in", zh: "交易收入入账" },
  refunded: { en: "a refund came in", zh: "退款入账" },
  takenBack: { en: "what was owed was taken from it", zh: "扣还欠款" },
  reserved: { en: "an amount was set aside for a withdrawal", zh: "为转出预留金额" },
  freed: { en: "an amount that had been set aside is available again", zh: "预留金额恢复可用" },
  withdrawn: { en: "a withdrawal was paid out", zh: "余额已转出" },
  returned: { en: "a withdrawal came back from the bank", zh: "转出被银行退回" },
  contested: { en: "an amount was set aside for a chargeback", zh: "因拒付预留金额" },
  cleared: { en: "the chargeback of a top-up is over", zh: "充值的拒付已结束" },
  lost: { en: "the bank keeps a top-up that it took back", zh: "充值的拒付成立，款项扣除" },
} as const satisfies Record<BalanceReason, Words>

/** How a party's identity was checked, why things were refused or ended: codes that facts carry in clear. */
const codeWords: Readonly<Record<string, Words>> = {
  registryExtract: { en: "extract from the registry", zh: "登记机关信息核对" },
  licenceCopy: { en: "copy of the business licence", zh: "营业执照副本" },
  bankTransfer: { en: "transfer from the party's bank account", zh: "对公账户验证" },
  inPerson: { en: "in person", zh: "现场核验" },
  identifierUnknown: { en: "the identifier is not known to the registry", zh: "证件号码查无登记" },
  nameDiffers: { en: "the name differs", zh: "名称不一致" },
  personNotAuthorised: { en: "the person is not authorised", zh: "经办人未获授权" },
  evidenceMissing: { en: "evidence is missing", zh: "缺少证明材料" },
  name: { en: "name", zh: "名称" },
  country: { en: "country", zh: "国家或地区" },
  identifier: { en: "identifier", zh: "证件号码" },
  authorisedPerson: { en: "authorised person", zh: "授权经办人" },
  bankAccount: { en: "bank account", zh: "银行账户" },
  payee: { en: "payout account", zh: "收款账户" },
  billing: { en: "invoicing details", zh: "开票信息" },
  standard: { en: "standard", zh: "标准" },
  small: { en: "small seller", zh: "小微供方" },
  publicBody: { en: "public body", zh: "公共机构" },
  click: { en: "by a click", zh: "点击确认" },
  source: { en: "source", zh: "来源" },
  rights: { en: "rights", zh: "权利" },
  grade: { en: "grade", zh: "分级" },
  personalData: { en: "personal data", zh: "个人信息" },
  crossBorder: { en: "cross-border transfer", zh: "数据出境" },
  seller: { en: "the seller's decision", zh: "供方决定" },
  data: { en: "the data", zh: "数据原因" },
  supervision: { en: "supervision", zh: "监管要求" },
  expired: { en: "time ran out", zh: "超时" },
  declined: { en: "declined", zh: "被拒绝" },
  refunded: { en: "the money went back", zh: "已退款" },
  matched: { en: "a match was taken", zh: "已采用匹配结果" },
  withdrawn: { en: "withdrawn", zh: "已撤回" },
  review: { en: "review", zh: "审核" },
  dispute: { en: "dispute", zh: "争议处理" },
  inspection: { en: "inspection", zh: "监督检查" },
  investigation: { en: "investigation", zh: "调查" },
  request: { en: "request of the party", zh: "当事人申请" },
  notAsListed: { en: "not as listed", zh: "与挂牌说明不符" },
  incomplete: { en: "incomplete", zh: "内容不完整" },
  unreadable: { en: "unreadable", zh: "无法读取" },
  rightsProblem: { en: "a problem with the rights", zh: "权利存在问题" },
  evidence: { en: "evidence", zh: "核验依据" },
  note: { en: "note", zh: "说明" },
  consentWithdrawn: { en: "consent was withdrawn", zh: "撤回同意" },
  noLongerNeeded: { en: "no longer needed", zh: "不再需要" },
  unlawful: { en: "kept unlawfully", zh: "处理不合法" },
  ordered: { en: "ordered by an authority", zh: "主管机关要求" },
  identityNotProven: { en: "the asker's identity is not proven", zh: "申请人身份未能证明" },
  notTheirs: { en: "it is not the asker's", zh: "不属于申请人" },
  needed: { en: "it is still needed", zh: "仍然需要" },
  trade: { en: "records of trades are kept for ten years", zh: "交易信息保存十年" },
  identity: {
    en: "identities are kept for ten years after the last trade",
    zh: "身份信息自最后一笔交易结束起保存十年",
  },
  accounts: { en: "accounts are kept for thirty years", zh: "会计档案保存三十年" },
  delivery: { en: "buyers may still fetch the data", zh: "需方仍在授权期内" },
  dataErased: { en: "the data were erased", zh: "数据已删除" },
  legalHold: { en: "legal hold", zh: "监管保全" },
  litigation: { en: "litigation", zh: "诉讼" },
  audit: { en: "audit", zh: "审计" },
  agreed: { en: "as both sides agreed", zh: "双方协商一致" },
  duplicate: { en: "paid twice", zh: "重复付款" },
  bank: { en: "it had been paid by bank", zh: "原款项以对公转账支付" },
  noTransfer: { en: "nothing had been transferred", zh: "原款项未经转账支付" },
  balance: { en: "the account's balance does not suffice", zh: "账户余额不足" },
  account: { en: "the account does not allow it", zh: "账户不支持撤回" },
  payment_intent_payment_attempt_failed: { en: "the money did not come", zh: "款项未到账" },
  // What money in suspense turned out to be.
  journal: { en: "that of a journal", zh: "对应已有分录" },
  providerFee: { en: "the provider's fee or correction", zh: "支付机构的费用或更正" },
  ownMoney: { en: "the platform's own money", zh: "平台自有资金" },
  ownResult: { en: "the platform's own income or cost", zh: "平台其他收支" },
  taxPaid: { en: "tax paid", zh: "已缴税款" },
  // Why a bank took a payment back, and why a payout failed: a provider's codes.
  bank_cannot_process: { en: "the bank could not process it", zh: "银行无法处理" },
  credit_not_processed: { en: "a refund was not received", zh: "未收到退款" },
  fraudulent: { en: "the payer did not authorise it", zh: "持卡人否认交易" },
  general: { en: "no reason given", zh: "未说明原因" },
  product_not_received: { en: "not received", zh: "未收到货物" },
  product_unacceptable: { en: "not as described", zh: "与描述不符" },
  subscription_canceled: { en: "cancelled before", zh: "此前已取消" },
  unrecognized: { en: "not recognised by the payer", zh: "持卡人不认识该交易" },
  account_closed: { en: "the bank account is closed", zh: "银行账户已销户" },
  account_frozen: { en: "the bank account is frozen", zh: "银行账户已冻结" },
  could_not_process: { en: "the bank could not process it", zh: "银行无法处理" },
  incorrect_account_holder_name: { en: "the account holder's name is wrong", zh: "账户户名不符" },
  insufficient_funds: { en: "the balance does not suffice", zh: "余额不足" },
  balance_insufficient: { en: "the balance does not suffice", zh: "余额不足" },
  invalid_account_number: { en: "the account number is wrong", zh: "银行账号有误" },
  no_account: { en: "there is no such bank account", zh: "银行账户不存在" },
  other: { en: "another reason", zh: "其他原因" },
}

/** A code's words, or the code itself where it has none: a fact may be older or newer than this list. */
export const word = (code: string, locale: Locale): string => codeWords[code]?.[locale] ?? code

/** A freeze's reason stands in clear as a code. */
export const freezeReason = (code: string, locale: Locale): string =>
  Object.hasOwn(freezeReasonWords, code) ? freezeReasonWords[code as FreezeReason][locale] : code

/** "129.00 CNY", or null where the amount was not opened. */
export function amount(value: Json | undefined): string | null {
  const parsed = money.safeParse(value)
  return parsed.success ? told(parsed.data) : null
}

/** An amount that is not worth a word where there is none. */
export function amountIfAny(value: Json | undefined): string | null {
  const parsed = money.safeParse(value)
  return parsed.success && !isZero(parsed.data) ? told(parsed.data) : null
}

const told = (value: Money): string => `${decimal(value)} ${value.currency}`

/** A text that was opened, or null. */
export const text = (value: Json | undefined): string | null =>
  typeof value === "string" && value !== "" ? value : null

/** Both languages of a text kept as `{original, zh?, en?}`; the reader's own where it is there. */
export function localized(value: Json | undefined, locale: Locale): string | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return text(value)
  const { original } = value
  return text(value[locale]) ?? (typeof original === "string" ? text(value[original]) : null)
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

/** "2026-11-24 11:50 UTC+8" in Chinese, "24 Nov 2026, 03:50 UTC" in English. */
export function moment(time: Time, locale: Locale): string {
  if (locale === "zh")
    return `${addMs(time, 8 * hourMs)
      .slice(0, 16)
      .replace("T", " ")} UTC+8`
  const month = months[Number(time.slice(5, 7)) - 1]
  return `${Number(time.slice(8, 10))} ${month} ${time.slice(0, 4)}, ${time.slice(11, 16)} UTC`
}

/** What a filtered export holds all records of. */
export const filterWords = {
  trade: { en: "one trade", zh: "一笔交易" },
  listing: { en: "one listing and its trades", zh: "一个挂牌及其交易" },
  party: { en: "one party and its trades", zh: "一个主体及其交易" },
} as const satisfies Record<FilterKind, Words>
