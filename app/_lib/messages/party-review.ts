import type { Locale } from "#contracts/localized-text.ts"

/** An organisation that asks to be verified. */
const zh = {
  party: "主体",
  country: "国家或地区",
  identifier: "证件号码",
  identifierKinds: { creditCode: "统一社会信用代码", vat: "增值税号" },
  authorisedPerson: "授权代表",
  roles: "角色",
  check: "格式校验",
  checks: {
    creditCode: "18 位，校验位正确（GB 32100）",
    vat: "格式符合该国家的规定",
  },
  checkFails: "未通过：",
  checkNote: "由平台计算。格式正确不代表证件真实，须与登记机关的信息核对。",
  bankAccount: "收款账户",
  noBankAccount: "未填写",
  verify: "通过核验",
  verifyTitle: "通过主体核验",
  verifyLead: "通过后，该主体可以付款和收款。核验方式将公开记入存证日志，依据仅双方可见。",
  method: "核验方式",
  evidence: "核验依据",
  evidenceHint: "例如查询的系统、查询时间和编号。",
  rejectPartyTitle: "退回主体核验",
  rejectPartyLead: "主体会看到理由，可更正后再次提交。",
  partyVerified: "该主体已通过核验。",
  verifiedHow: (method: string, time: string) => `核验方式：${method}；时间：${time}`,
}

const en: typeof zh = {
  party: "Organisation",
  country: "Country",
  identifier: "Identifier",
  identifierKinds: { creditCode: "Unified social credit code", vat: "VAT id" },
  authorisedPerson: "Authorised person",
  roles: "Roles",
  check: "Form check",
  checks: {
    creditCode: "18 characters, the check digit is right (GB 32100)",
    vat: "Has the form of its country",
  },
  checkFails: "Fails: ",
  checkNote:
    "Computed by the platform. A right form does not make a paper genuine: compare it with the registry.",
  bankAccount: "Bank account",
  noBankAccount: "None given",
  verify: "Verify",
  verifyTitle: "Verify this organisation",
  verifyLead:
    "It can then pay and be paid. The method is public in the ledger; the evidence is for the two of you only.",
  method: "How it was checked",
  evidence: "Evidence",
  evidenceHint: "For example which registry was asked, when, and the number of the extract.",
  rejectPartyTitle: "Send the organisation back",
  rejectPartyLead: "It reads the reason, and may correct itself and submit again.",
  partyVerified: "This organisation is verified.",
  verifiedHow: (method, time) => `${method}, ${time}`,
}

export const partyReview = { zh, en } satisfies Record<Locale, typeof zh>
