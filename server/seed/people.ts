import type { PartyRole } from "#contracts/actor.ts"
import { creditCodeCheck } from "#contracts/credit-code.ts"

/** A party of the demo market and the one user who acts for it. All are made up, and say so in their names. */
export type DemoParty = {
  role: PartyRole
  name: { original: "zh" | "en"; zh: string; en: string }
  country: string
  identifier: string
  email: string
  /** Where the bank transfer rail pays to; sellers only. */
  bankAccount?: string
}

/** Division 999999 belongs to no registry, so that no such code is or will be anybody's. */
const creditCode = (number: number): string => {
  const body = `91999999DEM${number.toString().padStart(6, "0")}`
  return body + creditCodeCheck(body)
}

const account = (number: number): string => `演示账户 DEMO-${number.toString().padStart(4, "0")}`

export const operator: DemoParty = {
  role: "operator",
  name: { original: "zh", zh: "权衡演示交易中心", en: "Quanheng Demo Exchange" },
  country: "CN",
  identifier: creditCode(1),
  email: "operator-1@demo.example",
}

export const regulator: DemoParty = {
  role: "regulator",
  name: { original: "zh", zh: "演示监管机构", en: "Demo Supervision Office" },
  country: "CN",
  identifier: creditCode(2),
  email: "regulator-1@demo.example",
}

export const evaluator: DemoParty = {
  role: "evaluator",
  name: { original: "zh", zh: "演示数据质量评估所", en: "Demo Data Quality Laboratory" },
  country: "CN",
  identifier: creditCode(3),
  email: "evaluator-1@demo.example",
}

export const sellers = [
  {
    role: "seller",
    name: { original: "zh", zh: "演示行政区划数据社", en: "Demo Division Data Bureau" },
    country: "CN",
    identifier: creditCode(11),
    email: "seller-1@demo.example",
    bankAccount: account(11),
  },
  {
    role: "seller",
    name: { original: "en", zh: "演示气候数据台", en: "Demo Climate Data Desk" },
    country: "DE",
    identifier: "DE999999911",
    email: "seller-2@demo.example",
    bankAccount: account(12),
  },
  {
    role: "seller",
    name: { original: "zh", zh: "演示交通数据运营社", en: "Demo Transport Data Works" },
    country: "CN",
    identifier: creditCode(13),
    email: "seller-3@demo.example",
    bankAccount: account(13),
  },
  {
    role: "seller",
    name: { original: "en", zh: "演示经济统计书局", en: "Demo Economic Statistics Press" },
    country: "NO",
    identifier: "NO999999914MVA",
    email: "seller-4@demo.example",
    bankAccount: account(14),
  },
] as const satisfies DemoParty[]

export const buyers = [
  {
    role: "buyer",
    name: { original: "zh", zh: "演示研究院", en: "Demo Research Institute" },
    country: "CN",
    identifier: creditCode(21),
    email: "buyer-1@demo.example",
  },
  {
    role: "buyer",
    name: { original: "en", zh: "演示出版社", en: "Demo Newsroom" },
    country: "FR",
    identifier: "FRXX999999922",
    email: "buyer-2@demo.example",
  },
] as const satisfies DemoParty[]

/** The order is that of the printed list: the first of a role is its main one. */
export const demoParties: readonly DemoParty[] = [operator, regulator, ...sellers, ...buyers, evaluator]
