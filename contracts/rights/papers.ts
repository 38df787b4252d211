import { type Refusal, refuse } from "../refusal.ts"
import { effectiveGrade, type RightsEvidence, rights, rightWords } from "../registration.ts"
import type { Time } from "../time.ts"
import { boundsOf } from "./basis.ts"

/** The four parts of a registration that a seller sees at a glance. */
export const stripParts = ["source", "rights", "grade", "crossBorder"] as const
export type StripPart = (typeof stripParts)[number]
export const stripWords = {
  source: { en: "Source", zh: "来源" },
  rights: { en: "Rights", zh: "权利" },
  grade: { en: "Grade and personal data", zh: "分级与个人信息" },
  crossBorder: { en: "Cross-border", zh: "跨境" },
} as const satisfies Record<StripPart, { en: string; zh: string }>

/** What is missing, as a sentence that names the paper, and the refusal the gate gives for it. */
export type MissingPaper = { part: StripPart; refusal: Refusal; en: string; zh: string }

export type StripState = { part: StripPart; state: "ok" | "missing"; missing: MissingPaper[] }

/** The state of each part; `missing` names the papers. The same checks as the gate's. */
export function strip(evidence: RightsEvidence, at: Time): StripState[] {
  const papers = missingPapers(evidence, at)
  return stripParts.map((part) => {
    const missing = papers.filter((paper) => paper.part === part)
    return { part, state: missing.length === 0 ? "ok" : "missing", missing }
  })
}

/** Every paper that a registration's own statements call for and do not give; `at` judges terms. */
export const missingPapers = (evidence: RightsEvidence, at: Time): MissingPaper[] => [
  ...sourcePapers(evidence),
  ...basisPapers(evidence, at),
  ...rightPapers(evidence),
  ...gradePapers(evidence),
  ...crossBorderPapers(evidence),
]

function sourcePapers({ source }: RightsEvidence): MissingPaper[] {
  const missing = (at: string, en: string, zh: string): MissingPaper => ({
    part: "source",
    refusal: refuse("source_missing", at),
    en,
    zh,
  })
  if (source.name === null)
    return [missing("source.name", "Say where the data come from.", "请填写数据来源的名称。")]
  if (source.obtained === "public-download" && source.url === null)
    return [missing("source.url", "Give the address of the public source.", "请填写公开来源的网址。")]
  return []
}

function basisPapers(evidence: RightsEvidence, at: Time): MissingPaper[] {
  const missing = (place: string, en: string, zh: string): MissingPaper => ({
    part: "rights",
    refusal: refuse("licence_missing", place),
    en,
    zh,
  })
  const { basis, authorisedOperation: operation } = evidence
  if (basis.kind === "unstated")
    return [
      missing(
        "basis",
        "Name the licence, contract or other basis on which the data may be traded.",
        "请说明可交易该数据的许可、合同或其他依据。",
      ),
    ]
  const needed = basis.kind === "authorised-operation" || evidence.source.obtained === "authorised-operation"
  if (needed && operation === null)
    return [
      missing(
        "authorisedOperation",
        "The agreement of the authorised operation is missing.",
        "缺少公共数据授权运营协议。",
      ),
    ]
  if (operation !== null && (at < operation.from || at >= operation.until))
    return [
      missing(
        "authorisedOperation.until",
        "The authorised operation's term does not include today.",
        "授权运营协议不在有效期内。",
      ),
    ]
  return []
}

function rightPapers(evidence: RightsEvidence): MissingPaper[] {
  const bounds = boundsOf(evidence.basis)
  return rights.flatMap((right): MissingPaper[] => {
    const held = evidence.rights[right]
    const words = rightWords[right]
    // Only the right of operation is a condition of selling; the others need papers where they are claimed.
    const code = right === "operation" ? "operation_right_missing" : "licence_missing"
    const missing = (en: string, zh: string): MissingPaper[] => [
      { part: "rights", refusal: refuse(code, `rights.${right}`), en, zh },
    ]
    if (held.by === "nobody" && right === "operation")
      return missing("Selling needs the right of operation.", "出售须具备数据经营权。")
    if (held.by === "authorised" && held.document === null)
      return missing(
        `The document that authorises the ${words.en} is missing.`,
        `缺少授予${words.zh}的授权文件。`,
      )
    if (held.by === "licence" && bounds === null)
      return missing(
        `The ${words.en} is said to come from a licence, but no licence is named.`,
        `${words.zh}称来自许可，但未说明许可。`,
      )
    if (held.by === "licence" && right === "operation" && !bounds?.grants.includes("distribute"))
      return missing("The licence does not allow the data to be passed on.", "该许可不允许向他人提供数据。")
    return []
  })
}

function gradePapers(evidence: RightsEvidence): MissingPaper[] {
  const found: MissingPaper[] = []
  const add = (refusal: Refusal, en: string, zh: string) => found.push({ part: "grade", refusal, en, zh })
  const grade = effectiveGrade(evidence)
  if (grade === "core")
    add(refuse("grade_core_refused", "grade"), "Core data cannot be traded.", "核心数据不得交易。")
  if (grade === "important" && evidence.grade.approval === null)
    add(
      refuse("grade_approval_missing", "grade.approval"),
      "Important data need the approval document.",
      "重要数据须提供审批文件。",
    )
  const personal = evidence.personalData
  if (evidence.dataClass === "personal" && !personal.present)
    add(
      refuse("personal_data_basis_missing", "personalData"),
      "The class is personal data, but no personal data are declared.",
      "类别为个人数据，但未申报含有个人信息。",
    )
  if (personal.present && personal.basis === null)
    add(
      refuse("personal_data_basis_missing", "personalData.basis"),
      "Name the legal basis for the personal information.",
      "请说明处理个人信息的合法性基础。",
    )
  if (personal.present && personal.impactAssessment === null)
    add(
      refuse("personal_data_basis_missing", "personalData.impactAssessment"),
      "The personal information impact assessment is missing.",
      "缺少个人信息保护影响评估报告。",
    )
  return found
}

function crossBorderPapers(evidence: RightsEvidence): MissingPaper[] {
  const { crossBorder: plan } = evidence
  if (!plan.planned) return []
  const missing = (at: string, en: string, zh: string): MissingPaper[] => [
    { part: "crossBorder", refusal: refuse("cross_border_document_missing", `crossBorder.${at}`), en, zh },
  ]
  if (plan.mechanism === null)
    return missing("mechanism", "Choose the mechanism of the transfer abroad.", "请选择数据出境的合规路径。")
  const important = effectiveGrade(evidence) !== "general"
  if (important && plan.mechanism !== "security-assessment")
    return missing(
      "mechanism",
      "Important data go abroad only after a security assessment.",
      "重要数据出境须通过安全评估。",
    )
  if (plan.mechanism !== "exempt") {
    if (plan.document !== null) return []
    return missing("document", "The document of the transfer abroad is missing.", "缺少数据出境的相应文件。")
  }
  if (evidence.personalData.present)
    return missing("mechanism", "Personal data are not exempt here.", "含个人信息的数据在此不适用豁免。")
  if (plan.ground !== null) return []
  return missing("ground", "Say on which ground the transfer is exempt.", "请说明豁免的理由。")
}
