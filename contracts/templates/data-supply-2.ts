import { dataSupplyEn } from "./data-supply-en.ts"
import { dataSupplyZh } from "./data-supply-zh.ts"
import type { Template, TemplateLine } from "./template.ts"

/** The second version says what of the price is tax, and who pays it to the tax office; all else is the first. */
const paymentZh: readonly TemplateLine[] = [
  { when: "paid", text: "价款：{price}，一次付清。需方通过平台付款，款项作为待结算款由{holder}持有。" },
  { when: "taxCharged", text: "价款为含税价，其中不含税金额 {net}，税率 {taxRate}，税额 {tax}。" },
  {
    when: "reverseCharge",
    text: "本交易适用反向征收：供方不收取增值税，增值税由需方在其所在国申报缴纳。",
  },
  { when: "untaxed", text: "供方未单列税额。" },
  {
    when: "paid",
    text: "需方验收后，待结算款扣除平台服务费和税额后结算给供方；本合同约定退款的，退还需方，所含税额按比例一并退还。",
  },
  {
    when: "taxCharged",
    text: "税额随价款收取，由平台单独记账，代供方向税务机关缴纳；供方仍为销售方，发票由供方开具。",
  },
  { when: "free", text: "本合同项下的数据免费提供，不产生价款。" },
  "平台出具结算单；发票由有开票义务的一方依税务规定开具。",
]

const paymentEn: readonly TemplateLine[] = [
  {
    when: "paid",
    text: "Price: {price}, paid once. The buyer pays through the market; the amount is kept as held funds by {holder}.",
  },
  {
    when: "taxCharged",
    text: "The price includes tax: {net} without tax, a rate of {taxRate}, and {tax} of tax.",
  },
  {
    when: "reverseCharge",
    text: "Reverse charge: the seller charges no VAT; the buyer accounts for it in its own country.",
  },
  { when: "untaxed", text: "The seller states no tax." },
  {
    when: "paid",
    text: "After acceptance the held funds, less the market's fee and the tax, are paid to the seller. Where this agreement provides for a refund, they go back to the buyer, with the tax in proportion.",
  },
  {
    when: "taxCharged",
    text: "The tax is collected with the price, recorded apart, and paid to the tax office by the market for the seller, who stays the seller of record and issues the invoice.",
  },
  { when: "free", text: "The data under this agreement are supplied free of charge." },
  "The market issues a statement. Tax invoices are issued by whoever the tax rules oblige.",
]

function revise(first: Template, heading: string, lines: readonly TemplateLine[]): Template {
  const clauses = first.clauses.map((clause) => (clause.heading === heading ? { heading, lines } : clause))
  return { ...first, version: 2, clauses }
}

export const dataSupply2Zh = revise(dataSupplyZh, "费用与支付", paymentZh)
export const dataSupply2En = revise(dataSupplyEn, "Fees and payment", paymentEn)
