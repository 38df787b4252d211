import type { Failure } from "#contracts/ledger/failure.ts"
import { exitCodes, reportSentences, type Verdict, witnessSentence } from "#contracts/ledger/report.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { verify } from "../_lib/messages/verify.ts"
import type { Outcome } from "./protocol.ts"

export type Fact = { readonly name: string; readonly value: string; readonly mono?: boolean }

/** A verdict in plain sentences, for the page and for verify.html alike. */
export type Told = {
  readonly verdict: Verdict
  readonly title: string
  readonly exit: string
  readonly sentences: readonly string[]
  readonly tampering: string | null
  readonly failures: readonly { readonly where: string; readonly sentence: string; readonly code: string }[]
  readonly failureCount: number
  readonly counts: readonly Fact[]
  readonly facts: readonly Fact[]
}

type Verified = Extract<Outcome, { kind: "bundle" | "certificate" }>

export function tellOutcome(outcome: Verified, locale: Locale): Told {
  const t = verify[locale]
  const number = (value: number) => value.toLocaleString(locale === "zh" ? "zh-CN" : "en")
  const verdict = verdictOf(outcome)
  const { failures, failureCount } = failuresOf(outcome)
  // A record says more than a file does.
  const first = failures.find(({ record }) => record !== undefined) ?? failures[0]
  const unreadable = first?.code === "bundle_unreadable" && first.file === undefined
  const why = unreadable
    ? t.why.unreadable
    : verdict === "broken"
      ? [
          t.why.broken(failureCount),
          first ? `${whereOf(first, locale)}${locale === "zh" ? "：" : ": "}${printable(first[locale])}` : "",
        ].join(locale === "zh" ? "" : " ")
      : (compromisedWhy(outcome, locale) ?? t.why[verdict])
  const further =
    outcome.kind === "bundle" ? reportSentences(outcome.report).slice(1) : certificateSentences(outcome)
  const { tampering } = outcome
  return {
    verdict,
    title: unreadable ? t.verdict.unreadable : t.verdict[outcome.kind][verdict],
    exit: t.exit(exitCodes[verdict]),
    sentences: [why, ...further.map((one) => one[locale])],
    tampering:
      tampering === null
        ? null
        : `${t.tampered(number(tampering.offset), tampering.file, byte(tampering.from), byte(tampering.to))} ${
            verdict === "broken" ? t.tamperedFound : t.tamperedMissed
          }`,
    failures: failures.map((one) => ({
      where: whereOf(one, locale),
      sentence: printable(one[locale]),
      code: one.code,
    })),
    failureCount,
    counts: outcome.kind === "bundle" ? countsOf(outcome, locale, number) : [],
    facts: factsOf(outcome, locale, number),
  }
}

/** Why the reader's own key is not enough, where it was given up as stolen. */
function compromisedWhy(outcome: Verified, locale: Locale): string | null {
  const { compromised } = outcome.kind === "bundle" ? outcome.report : outcome
  if (!compromised || verdictOf(outcome) !== "unauthenticated") return null
  if (outcome.kind === "certificate") return verify[locale].why.compromised
  return reportSentences(outcome.report)[0]?.[locale] ?? null
}

const certificateSentences = ({ witnesses }: Extract<Verified, { kind: "certificate" }>) =>
  witnesses === null ? [] : [witnessSentence(witnesses)]

export function verdictOf(outcome: Verified): Verdict {
  if (outcome.kind === "bundle") return outcome.report.verdict
  if (outcome.failures.length > 0) return "broken"
  return outcome.authenticated ? "intact" : "unauthenticated"
}

const failuresOf = (outcome: Verified): { failures: readonly Failure[]; failureCount: number } =>
  outcome.kind === "bundle"
    ? outcome.report
    : { failures: outcome.failures, failureCount: outcome.failures.length }

/** What a bundle holds may be hostile: control characters and endless names are not passed on. */
const printable = (text: string): string => text.replaceAll(/\p{Cc}/gu, "\u{FFFD}").slice(0, 300)

const byte = (value: number): string => `0x${value.toString(16).padStart(2, "0")}`

function whereOf({ record, file }: Failure, locale: Locale): string {
  const t = verify[locale]
  const places = [
    record === undefined ? null : t.atRecord(record),
    file === undefined ? null : t.atFile(printable(file)),
  ].filter((place) => place !== null)
  return places.length === 0 ? t.whole : places.join(locale === "zh" ? "，" : ", ")
}

type Print = (value: number) => string

function countsOf({ report }: Extract<Verified, { kind: "bundle" }>, locale: Locale, number: Print): Fact[] {
  const t = verify[locale].counts
  return (["records", "files", "trades", "journals", "disclosures"] as const).map((name) => ({
    name: t[name],
    value: number(report.checked[name]),
  }))
}

function factsOf(outcome: Verified, locale: Locale, number: Print): Fact[] {
  const t = verify[locale]
  const took = { name: t.facts.took, value: t.facts.seconds((outcome.tookMs / 1000).toFixed(2)) }
  const facts: (Fact | null)[] =
    outcome.kind === "bundle"
      ? bundleFacts(outcome, locale, number)
      : [
          { name: t.facts.log, value: outcome.log ?? "", mono: true },
          outcome.index === null ? null : { name: t.facts.record, value: String(outcome.index) },
          { name: t.facts.type, value: outcome.type ?? "", mono: true },
          { name: t.facts.sealed, value: outcome.at ?? "", mono: true },
          outcome.size === null ? null : { name: t.facts.size, value: number(outcome.size) },
          outcome.rotations === 0 ? null : { name: t.facts.rotations, value: number(outcome.rotations) },
        ]
  return [...facts, took].filter((fact): fact is Fact => fact !== null && fact.value !== "")
}

function bundleFacts(
  { report }: Extract<Verified, { kind: "bundle" }>,
  locale: Locale,
  number: Print,
): (Fact | null)[] {
  const t = verify[locale]
  const { log, size, range, root, key } = report
  return [
    { name: t.facts.log, value: log ?? "", mono: true },
    size === null ? null : { name: t.facts.size, value: number(size) },
    range === null || range.to === range.from
      ? null
      : { name: t.facts.range, value: t.rangeText(number(range.from), number(range.to - 1)) },
    { name: t.facts.root, value: root ?? "", mono: true },
    key === null ? null : { name: t.facts.key, value: `${key.keyId} · ${t.facts.keyFrom[key.from]}` },
  ]
}
