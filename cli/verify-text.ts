import type { CertificateReport } from "#contracts/ledger/certificate.ts"
import type { Failure } from "#contracts/ledger/failure.ts"
import {
  limits,
  type Report,
  reportSentences,
  type Verdict,
  witnessSentence,
} from "#contracts/ledger/report.ts"

export type Language = "zh" | "en"

const words = {
  en: {
    record: "record",
    file: "file",
    log: "Log",
    records: "records",
    root: "Root",
    key: "Key",
    more: "more failures",
  },
  zh: {
    record: "记录",
    file: "文件",
    log: "日志",
    records: "条记录",
    root: "树根",
    key: "公钥",
    more: "处问题未列出",
  },
} as const

/** Control and formatting characters out of a bundle, such as those that turn text around, must not reach a terminal. */
const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, "\u{FFFD}")

/** A failure as a line: where, what, and its code for those who search. */
export function failureLine(failure: Failure, language: Language): string {
  const word = words[language]
  const places = [
    failure.record === undefined ? null : `${word.record} ${failure.record}`,
    failure.file === undefined ? null : `${word.file} ${failure.file}`,
  ].filter((place) => place !== null)
  const where = places.length === 0 ? "" : `${places.join(", ")}: `
  return printable(`  ✗ ${where}${failure[language]} [${failure.code}]`)
}

export function reportText(report: Report, language: Language): string {
  const word = words[language]
  const lines = reportSentences(report).map((sentence) => printable(sentence[language]))
  if (report.log !== null) {
    lines.push(
      "",
      `${word.log}: ${report.log}, ${report.size} ${word.records}`,
      `${word.root}: ${report.root}`,
    )
    if (report.key !== null) lines.push(`${word.key}: ${report.key.name}+${report.key.keyId}`)
  }
  if (report.failures.length > 0) lines.push("")
  for (const failure of report.failures) lines.push(failureLine(failure, language))
  if (report.failureCount > report.failures.length)
    lines.push(`  … ${report.failureCount - report.failures.length} ${word.more}`)
  lines.push("", ...limits.map((sentence) => sentence[language]))
  return `${lines.join("\n")}\n`
}

export const certificateVerdict = (report: CertificateReport): Verdict =>
  report.failures.length > 0 ? "broken" : report.authenticated ? "intact" : "unauthenticated"

const certificateVerdicts = {
  intact: {
    en: "The record is in the log, and the log's head is signed by your key.",
    zh: "记录在日志中，且日志头由您的公钥验证签名。",
  },
  unauthenticated: {
    en: "The record is in a log of this name, but without your key (--vkey) nothing shows who signed it.",
    zh: "记录在该名称的日志中；但未提供公钥（--vkey），无法证明由谁签名。",
  },
  broken: { en: "NOT VALID.", zh: "证明无效。" },
} as const satisfies Record<Verdict, Record<Language, string>>

const compromised = {
  en: "The record is in a log of this name, but your key has been given up because somebody else may have it: nothing shows who signed. Get the newest key from someone you trust, or ask for witnesses.",
  zh: "记录在该名称的日志中；但您的公钥对应的密钥可能已被他人掌握并停用，无法证明由谁签名。请另行取得最新公钥，或使用见证策略。",
}

export function certificateText(report: CertificateReport, language: Language): string {
  const word = words[language]
  const verdict = certificateVerdict(report)
  const isDoubtful = verdict === "unauthenticated" && report.compromised
  const lines: string[] = [(isDoubtful ? compromised : certificateVerdicts[verdict])[language]]
  if (report.witnesses !== null) lines.push(witnessSentence(report.witnesses)[language])
  if (report.head !== null) {
    const { origin, size } = report.head.unverifiedCheckpoint
    lines.push("", `${word.log}: ${origin}, ${size} ${word.records}`)
  }
  if (report.index !== null) lines.push(`${word.record}: ${report.index}`)
  if (report.leaf !== null && "type" in report.leaf) lines.push(`${report.leaf.type}, ${report.leaf.at}`)
  if (report.failures.length > 0) lines.push("")
  for (const failure of report.failures) lines.push(failureLine(failure, language))
  return `${lines.map(printable).join("\n")}\n`
}
