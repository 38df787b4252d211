import type { ErasedReport } from "./erased-values.ts"
import type { Filter } from "./export.ts"
import type { Failure } from "./failure.ts"
import type { RotationReason } from "./rotation-reason.ts"
import { filterWords, rotationWords } from "./sentences/words.ts"
import type { WitnessReport } from "./trust.ts"
import type { UnknownRecords } from "./verify-records.ts"

/**
 * `intact`: nothing wrong, and signed by a key that the reader brought. `unauthenticated`: nothing wrong, but the
 * key came out of the bundle itself, so whoever made the bundle could have made all of it. `broken`: something
 * does not fit.
 */
export type Verdict = "intact" | "unauthenticated" | "broken"

/** What a script sees of a verdict. */
export const exitCodes = { intact: 0, broken: 1, unauthenticated: 3 } as const satisfies Record<
  Verdict,
  number
>

export type RotationReport = {
  readonly record: number
  readonly from: string
  readonly to: string
  readonly reason: RotationReason
  readonly at: string
}

export type Report = {
  readonly verdict: Verdict
  /** The first failures, in the order of their discovery; `failureCount` tells of all. */
  readonly failures: readonly Failure[]
  readonly failureCount: number
  readonly log: string | null
  readonly size: number | null
  readonly root: string | null
  readonly range: { readonly from: number; readonly to: number } | null
  /** Of a filtered bundle: what it holds all of, how many threads that are, and how many records after the index were read. */
  readonly filter: (Filter & { readonly threads: number; readonly scanned: number }) | null
  /** Id and name of the key that the head was checked with, and whose it was. */
  readonly key: { readonly name: string; readonly keyId: string; readonly from: "reader" | "bundle" } | null
  /** The changes of the log's key, by the ids of the keys, and the records that tell of them. */
  readonly rotations: readonly RotationReport[]
  /** The reader's key leads to that of the head only through one that somebody else may have. */
  readonly compromised: boolean
  /** What the witnesses of the reader's policy have said of the head; null without a policy. */
  readonly witnesses: WitnessReport | null
  readonly checked: {
    readonly files: number
    readonly bytes: number
    readonly records: number
    readonly disclosures: number
    readonly journals: number
    readonly trades: number
    /** Maps of all threads (`index.sealed`) that were built again and compared. */
    readonly maps: number
    /** Size of the kept checkpoint that the log was shown to continue. */
    readonly since: number | null
  }
  readonly unknown: UnknownRecords
  /** What the records tell of erasures: values that no new bundle holds; their commitments stand. */
  readonly erased: ErasedReport
  /** The bundle begins after the log's start: states before it were taken as given. */
  readonly openingAssumed: boolean
}

type Sentence = { readonly en: string; readonly zh: string }

/** What no ledger can prove, told with every report. */
export const limits: readonly Sentence[] = [
  {
    en: "This shows that the records are complete and unchanged since they were sealed. It cannot show that what was entered was true.",
    zh: "以上证明记录自封存以来完整且未被更改；不能证明当初录入的内容属实。",
  },
]

/** The sentences of a report that are not failures, most important first. */
export function reportSentences(report: Report): Sentence[] {
  const sentences: Sentence[] = [verdictSentence(report)]
  const { unknown, checked, range, size } = report
  if (report.witnesses !== null) sentences.push(witnessSentence(report.witnesses))
  if (unknown.count > 0)
    sentences.push({
      en: `${unknown.count} records (first ${unknown.first}) are of an unknown version (${unknown.kinds.join(", ")}): hash, chain and root intact; a newer verifier can read them.`,
      zh: `${unknown.count} 条记录（首条 ${unknown.first}）为未知版本（${unknown.kinds.join("、")}）：哈希、链和树根完好；请使用更新的验证器解读。`,
    })
  if (report.filter !== null && report.verdict !== "broken") sentences.push(...filterSentences(report.filter))
  if (checked.maps > 0)
    sentences.push({
      en: `${checked.maps} indexes of all threads were built again from the records and are right.`,
      zh: `已从记录重新构建 ${checked.maps} 份线索总表，均正确。`,
    })
  if (report.erased.records.length > 0) sentences.push(erasedSentence(report.erased))
  if (report.openingAssumed && range !== null)
    sentences.push({
      en: `The bundle begins at record ${range.from}; the state of each trade before it is assumed.`,
      zh: `导出包自记录 ${range.from} 起；此前各笔交易的状态按既定处理。`,
    })
  sentences.push(...report.rotations.map(rotationSentence))
  if (checked.since !== null)
    sentences.push({
      en: `The log of ${size} records continues the checkpoint that you kept, of ${checked.since}.`,
      zh: `该日志（${size} 条）延续了您保存的检查点（${checked.since} 条）。`,
    })
  return sentences
}

/** Which values cannot be there, and by which records: an erasure takes a value and leaves its commitment. */
function erasedSentence({ values, accounts, records }: ErasedReport): Sentence {
  return {
    en: `Erased: ${values} confidential values and ${accounts} accounts, as told in records ${records.join(", ")}; their commitments stand and are right.`,
    zh: `已删除：${values} 个保密值、${accounts} 个个人账户，见记录 ${records.join("、")}；相应承诺值仍在且无误。`,
  }
}

/** Which of the policy's witnesses signed, and when; and whom it lacks. */
export function witnessSentence({ met, cosigned, missing }: WitnessReport): Sentence {
  const by = cosigned.map(({ name, time }) => `${name} (${momentOf(time)})`)
  const en = [
    by.length > 0 ? `Cosigned by ${by.join(", ")}.` : "Cosigned by none of your policy's witnesses.",
    missing.length > 0 ? `Not by ${missing.join(", ")}.` : "",
    met ? "Your policy's quorum is reached." : "Your policy's quorum is NOT reached.",
  ]
  const zh = [
    by.length > 0 ? `已由见证方 ${by.join("、")} 联署。` : "您策略中的见证方均未签名。",
    missing.length > 0 ? `未签名：${missing.join("、")}。` : "",
    met ? "已达到您策略要求的见证数。" : "未达到您策略要求的见证数。",
  ]
  return { en: en.filter((part) => part !== "").join(" "), zh: zh.join("") }
}

/** A witness may write any number; a year beyond 9999 is told as that number. */
const momentOf = (seconds: number): string =>
  seconds < 253_402_300_800 ? new Date(seconds * 1000).toISOString().replace(".000Z", "Z") : `${seconds}`

function rotationSentence({ record, from, to, reason, at }: RotationReport): Sentence {
  const why = rotationWords[reason]
  return {
    en: `The log's key was changed in record ${record} (${at}): from ${from} to ${to}, ${why.en}.`,
    zh: `日志密钥已于记录 ${record}（${at}）更换：由 ${from} 更换为 ${to}，${why.zh}。`,
  }
}

function verdictSentence({ verdict, failureCount, checked, compromised }: Report): Sentence {
  const en = `${checked.records} records, ${checked.files} files, ${checked.trades} trades, ${checked.journals} journals, ${checked.disclosures} opened values`
  const zh = `${checked.records} 条记录、${checked.files} 个文件、${checked.trades} 笔交易、${checked.journals} 笔分录、${checked.disclosures} 个披露值`
  if (verdict === "broken")
    return {
      en: `NOT INTACT: ${failureCount} failures (${en}).`,
      zh: `不完整：发现 ${failureCount} 处问题（${zh}）。`,
    }
  if (verdict === "intact")
    return { en: `Intact and signed by your key: ${en}.`, zh: `完好，且由您的公钥验证签名：${zh}。` }
  if (compromised)
    return {
      en: `Intact, but not authenticated: your key has been given up because somebody else may have it, and could have announced another log's key. Get the newest key from someone you trust, or ask for witnesses (${en}).`,
      zh: `完好，但未经认证：您的公钥对应的密钥可能已被他人掌握并停用，持有者可能冒名公告新密钥。请另行取得最新公钥，或使用见证策略（${zh}）。`,
    }
  return {
    en: `Intact, but not authenticated: the key came from the bundle (${en}).`,
    zh: `完好，但未经认证：公钥取自导出包本身（${zh}）。`,
  }
}

/** What a filtered bundle proves, and what it leaves to an audit of the whole log. */
function filterSentences({ kind, keys, threads, scanned, index }: NonNullable<Report["filter"]>): Sentence[] {
  const { en, zh } = filterWords[kind]
  const told: Sentence = {
    en: `It holds every record of ${en} (${keys.join(", ")}; ${threads} ${threads === 1 ? "thread" : "threads"}).`,
    zh: `其中包含${zh}的全部记录（${keys.join("、")}；共 ${threads} 条线索）。`,
  }
  if (index === null || index.size === 0)
    return [
      told,
      {
        en: `Shown by reading all ${scanned} records of the log.`,
        zh: `依据：已逐条读取日志全部 ${scanned} 条记录。`,
      },
    ]
  return [
    told,
    {
      en: `Before record ${index.size} that is what the index sealed in record ${index.record} counts; the ${scanned} records from there on were read one by one. That the index counts rightly is shown only by verifying an export of the whole log.`,
      zh: `记录 ${index.size} 之前的部分，以记录 ${index.record} 封存的线索总表为准；其后 ${scanned} 条记录已逐条读取。线索总表本身是否正确，只能通过核验全部日志的导出来证明。`,
    },
  ]
}
