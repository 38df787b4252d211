import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type AgreementFacts, agreementHash, renderAgreement } from "./agreement.ts"
import { contentHash } from "./content-hash.ts"
import { fromForm } from "./rights/form.ts"
import { openEvidence, openForm } from "./rights/rights.test-data.ts"
import { taxOn } from "./tax.ts"
import { currentTemplate, findTemplate } from "./templates/catalogue.ts"
import {
  circumstances,
  listFields,
  scalarFields,
  type Template,
  type TemplateLine,
} from "./templates/template.ts"

const facts: AgreementFacts = {
  trade: "trd_01jdd000000000000000000001",
  proposedAt: "2026-11-24T03:50:00.000Z",
  market: { original: "zh", zh: "权衡演示市场", en: "Quanheng demo market" },
  holder: { original: "zh", zh: "权衡演示市场", en: "the Quanheng demo market" },
  seller: {
    name: { original: "zh", zh: "北方气象数据有限公司", en: "Northern Weather Data" },
    identifierKind: "creditCode",
    identifier: "91350100M000100Y43",
    country: "CN",
  },
  buyer: {
    name: { original: "en", en: "Rhein Analytik GmbH" },
    identifierKind: "vat",
    identifier: "DE136695976",
    country: "DE",
  },
  listing: "lst_01jdd000000000000000000001",
  title: { original: "en", en: "Daily weather of Seattle", zh: "西雅图逐日天气" },
  form: "file",
  format: "csv",
  rows: 1461,
  bytes: 48_219,
  versionHash: "ab".repeat(32),
  registrationNumber: "QH-2026-000001",
  evidence: openEvidence,
  policy: fromForm({ ...openForm, commercial: false, terms: { ...openForm.terms, deleteAfterDays: 90 } }),
  use: { actions: ["use", "derive"], purpose: "research" },
  plan: {
    price: { minor: "19950", currency: "CNY" },
    approval: false,
    template: currentTemplate("data-supply"),
    deliveryHours: 72,
    acceptanceHours: 168,
  },
  tax: {
    treatment: "charged",
    basisPoints: 1_300,
    net: { minor: "17655", currency: "CNY" },
    tax: { minor: "2295", currency: "CNY" },
  },
  nonce: "0123456789abcdef0123456789abcdef",
}

const textOf = (line: TemplateLine): string => (typeof line === "string" ? line : line.text)
const linesOf = (template: Template): TemplateLine[] => [
  ...template.opening,
  ...template.clauses.flatMap((clause) => clause.lines),
  ...template.closing,
]

describe("the templates", () => {
  const [zh, en] = (["zh", "en"] as const).map((locale) => findTemplate("data-supply", 2, locale) as Template)

  it("use every field there is and no other, in both languages alike", () => {
    const known = [...scalarFields, ...listFields].sort()
    for (const template of [zh, en]) {
      const used = linesOf(template as Template).flatMap((line) =>
        [...textOf(line).matchAll(/\{(\w+)\}/g)].map((match) => match[1]),
      )
      expect([...new Set(used)].sort()).toEqual(known)
    }
  })

  it("stand clause by clause beside one another", () => {
    const shape = (template: Template | undefined) =>
      template?.clauses.map((clause) =>
        clause.lines.map((line) => (typeof line === "string" ? "" : line.when)),
      )
    expect(shape(zh)).toEqual(shape(en))
    expect(zh?.clauses.length).toBe(14)
    const used = linesOf(zh as Template).flatMap((line) => (typeof line === "string" ? [] : [line.when]))
    expect([...new Set(used)].sort()).toEqual([...circumstances].sort())
  })

  it("have a hash that is fixed: a published wording is never edited", () => {
    const [zh, en] = (["zh", "en"] as const).map((locale) => findTemplate("data-supply", 1, locale))
    expect(contentHash({ en, zh })).toBe("4332effbc7a9c9384017e447a081a1429b0e588506b37b1a20ce36bf2dd5586a")
    expect(currentTemplate("data-supply")).toEqual({
      id: "data-supply",
      version: 2,
      hash: "94094b45d98f1509f2da967bac363a919d563abf112a98cba7414f468ac595b1",
    })
  })
})

describe("an agreement of the first version", () => {
  it("is rendered as it was, and says nothing of tax", () => {
    const template = { ...facts.plan.template, version: 1 }
    const text = renderAgreement({ ...facts, plan: { ...facts.plan, template } }, "en")
    expect(text).toContain("Price: 199.50 CNY, paid once.")
    expect(text).not.toContain("22.95")
  })
})

describe("renderAgreement", () => {
  it("says the trade's particulars in English", () => {
    const text = renderAgreement(facts, "en")
    for (const part of [
      facts.trade,
      "Northern Weather Data, unified social credit code 91350100M000100Y43, CN",
      "Rhein Analytik GmbH, VAT id DE136695976, DE",
      "199.50 CNY",
      "176.55 CNY without tax, a rate of 13%, and 22.95 CNY of tax",
      "within 72 hours",
      "within 168 hours",
      "  - Use it to earn money [by contract]",
      "  - Pay before delivery [enforced]",
      "  - Delete all the data within 90 days of delivery [by contract]",
      "A click is a confirmation. It is not a reliable electronic signature",
      "a transfer abroad",
      `Nonce: ${facts.nonce}`,
    ])
      expect(text).toContain(part)
    expect(text).not.toMatch(/\p{Script=Han}/u)
    expect(text).not.toMatch(/[{}]|undefined|null/)
    expect(text.endsWith("\n")).toBe(true)
  })

  it("says them in Chinese", () => {
    const text = renderAgreement(facts, "zh")
    for (const part of [
      "不含税金额 176.55 CNY，税率 13%，税额 22.95 CNY",
      "北方气象数据有限公司",
      "199.50 CNY",
      "点击属于确认",
      "合同约束",
      "西雅图逐日天气",
      facts.nonce,
    ])
      expect(text).toContain(part)
    expect(text).not.toMatch(/[{}]|undefined|null/)
  })

  it("leaves out what does not hold", () => {
    const free = {
      ...facts,
      buyer: { ...facts.buyer, country: "CN" },
      plan: { ...facts.plan, price: { minor: "0", currency: "CNY" } as const, approval: true },
      tax: taxOn({ minor: "0", currency: "CNY" }, undefined, facts.seller, facts.buyer),
    }
    const text = renderAgreement(free, "en")
    expect(text).toContain("supplied free of charge")
    expect(text).toContain("Both parties confirm by a click")
    for (const part of ["Pay before delivery", "transfer abroad.", "standing confirmation"])
      expect(text).not.toContain(part)
  })

  it("is the same for the same facts, and other for any other nonce", () => {
    const hash = (nonce: string) => agreementHash(renderAgreement({ ...facts, nonce }, "zh"))
    expect(hash(facts.nonce)).toBe(hash(facts.nonce))
    expect(hash(facts.nonce)).toMatch(/^[0-9a-f]{64}$/)
    expect(hash(facts.nonce)).not.toBe(hash("f".repeat(32)))
  })

  it("lets no text of a party add a line or fill a field", () => {
    const lines = renderAgreement(facts, "en").split("\n").length
    const hostile = fc.constantFrom(
      "x\n2.1 The buyer owes more.",
      "{nonce}",
      "{title} \u2028 9. End",
      "$& $1",
      "a\r\nb\u0000c",
    )
    fc.assert(
      fc.property(hostile, hostile, (title, name) => {
        const text = renderAgreement(
          {
            ...facts,
            title: { original: "en", en: title },
            buyer: { ...facts.buyer, name: { original: "en", en: name } },
          },
          "en",
        )
        expect(text.split("\n").length).toBe(lines)
        for (const control of ["\u2028", "\r", "\u0000"]) expect(text).not.toContain(control)
        expect(text.split(facts.nonce).length).toBe(2)
      }),
    )
  })

  it("takes no malformed nonce and no unknown template version", () => {
    expect(() => renderAgreement({ ...facts, nonce: "1234" }, "en")).toThrow()
    const template = { ...facts.plan.template, version: 99 }
    expect(() => renderAgreement({ ...facts, plan: { ...facts.plan, template } }, "en")).toThrow(/version 99/)
  })
})
