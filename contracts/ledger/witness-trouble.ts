/** Why a witness has not cosigned: a closed list, each a sentence that tells the operator what it may mean. */
export type WitnessTrouble = { readonly code: WitnessTroubleCode; readonly detail: string }

type Sentence = readonly [en: string, zh: string]

/** `#` stands for the detail. */
const sentences = {
  unreachable: ["It cannot be reached: #.", "无法连接：#。"],
  slow: ["It did not answer within # seconds.", "# 秒内未作答复。"],
  unknown_log: [
    "It does not know this log: whoever runs it must give it the log's verifier key.",
    "该见证方未登记本日志：请其运行者添加本日志的验证公钥。",
  ],
  key_refused: [
    "It does not accept the signature of this log: it trusts another key.",
    "该见证方不接受本日志的签名：其信任的是另一把公钥。",
  ],
  unfit_answer: ["Its answer cannot be understood: #.", "答复无法理解：#。"],
  wrong_signature: [
    "What it answered is not its signature of this checkpoint.",
    "其答复并非该见证方对此检查点的签名。",
  ],
  ahead: [
    "It has seen this log with # records, more than there are here: was the database restored from an old backup?",
    "该见证方见过的本日志有 # 条记录，多于现有记录：数据库是否由旧备份恢复？",
  ],
  other_history: [
    "It has seen another history of this log, up to record #: somebody else may sign with the log's key.",
    "该见证方见过本日志的另一份历史（至第 # 条）：可能有他人使用本日志的签名密钥。",
  ],
} as const satisfies Record<string, Sentence>

export type WitnessTroubleCode = keyof typeof sentences

export function troubleSentence({ code, detail }: WitnessTrouble): { en: string; zh: string } {
  const [en, zh] = sentences[code]
  return { en: en.replace("#", () => detail), zh: zh.replace("#", () => detail) }
}
