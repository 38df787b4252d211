/**
 * Why something did not verify: a closed list of codes, each with a sentence in both languages. A failure names
 * the record, the file or both; `detail` is a plain fact for the sentence.
 */
export type Failure = {
  readonly code: FailureCode
  readonly record?: number
  readonly file?: string
  readonly en: string
  readonly zh: string
}

export type FailureContext = { readonly record?: number; readonly file?: string; readonly detail?: string }

type Sentence = readonly [en: string, zh: string]

/** `#` stands for the detail. */
const sentences = {
  // The bundle's own form.
  bundle_unreadable: ["The bundle cannot be read: #.", "无法读取导出包。"],
  file_missing: ["The file is missing from the bundle.", "导出包中缺少该文件。"],
  file_too_large: ["The file is larger than its kind can be.", "文件大小超出该类文件的上限。"],
  file_changed: [
    "The file is not the one in the signed manifest; found: #.",
    "文件与已签名清单不一致；实际为：#。",
  ],
  file_unlisted: ["The file is not in the signed manifest.", "文件未列入已签名清单。"],
  file_name_unsafe: ["The file's name is not allowed in a bundle.", "导出包中不允许使用该文件名。"],
  manifest_malformed: ["The manifest cannot be read: #.", "清单无法读取。"],
  manifest_changed: ["The manifest is not the one that was signed.", "清单与签名时的内容不一致。"],
  manifest_signature_bad: ["The manifest's signature is wrong.", "清单签名错误。"],
  manifest_not_signed_by_key: [
    "The manifest is not signed by your key.",
    "清单不是由您所持公钥对应的密钥签名。",
  ],
  manifest_disagrees: ["The manifest and the checkpoint disagree: #.", "清单与检查点不一致：#。"],
  key_malformed: ["The verifier key cannot be read: #.", "验证公钥无法读取。"],

  // The signed head.
  checkpoint_malformed: ["The checkpoint cannot be read: #.", "检查点无法读取。"],
  checkpoint_signature_bad: ["The checkpoint's signature is wrong.", "检查点签名错误。"],
  checkpoint_not_signed_by_key: [
    "The checkpoint is not signed by the key that you brought.",
    "检查点不是由您提供的公钥对应的密钥签名。",
  ],
  checkpoint_by_former_key: [
    "The checkpoint is signed only by a key that the log had given up before.",
    "检查点仅由日志此前已停用的密钥签名。",
  ],
  rotation_malformed: ["The proof of a change of keys cannot be read: #.", "密钥更换证明无法读取：#。"],
  rotation_proof_wrong: [
    "The proof does not lead from the record that changes the key to its checkpoint.",
    "证明不能从密钥更换记录推导到其检查点。",
  ],
  rotation_not_by_former_key: [
    "The change of keys is not signed by the key before: it did not announce the new one.",
    "密钥更换未经原密钥签名：原密钥并未公告新密钥。",
  ],
  rotation_not_by_new_key: [
    "The change of keys is not signed by the new key: nothing shows that the log has it.",
    "密钥更换未经新密钥签名：无法证明日志持有新密钥。",
  ],
  rotation_out_of_order: [
    "The change of keys does not follow from the one before, or from your key: number #.",
    "密钥更换与前一次更换（或您的公钥）不衔接：第 # 次。",
  ],
  rotation_not_in_log: [
    "The log does not continue the checkpoint under which its key was changed: #.",
    "日志与其更换密钥时的检查点不连续：#。",
  ],
  rotation_unproven: [
    "The record changes the log's key, and the bundle does not show that both keys signed it.",
    "该记录更换日志密钥，但导出包未能证明新旧两把密钥均已签名。",
  ],
  cosignature_bad: [
    "The checkpoint carries a wrong signature under a witness's name: #.",
    "检查点上以见证方名义的联署有误：#。",
  ],
  quorum_missing: [
    "Too few of your policy's witnesses have cosigned the checkpoint; missing: #.",
    "联署该检查点的见证方未达到您的策略要求；缺少：#。",
  ],
  root_mismatch: ["The tree's root is not the one in the checkpoint.", "树根与检查点不一致。"],
  since_malformed: ["The checkpoint that you kept cannot be read: #.", "您保存的检查点无法读取。"],
  since_other_log: ["The checkpoint that you kept is of another log: #.", "您保存的检查点属于另一日志：#。"],
  since_signature_bad: [
    "The checkpoint that you kept is not signed by your key.",
    "您保存的检查点并非由您的公钥签名。",
  ],
  since_newer: [
    "The log has become shorter: the checkpoint that you kept has more records: #.",
    "日志变短：您保存的检查点记录数更多：#。",
  ],
  since_inconsistent: [
    "The log does not continue the checkpoint that you kept: its past was changed.",
    "日志与您保存的检查点不连续：历史已被更改。",
  ],
  since_not_provable: [
    "The bundle holds no proof from the checkpoint that you kept: #.",
    "导出包中没有从您保存的检查点出发的证明：#。",
  ],
  consistency_wrong: ["The consistency proof is wrong: #.", "一致性证明错误。"],

  // Records.
  record_malformed: ["The record is not a canonical record: #.", "记录不符合规范格式。"],
  record_of_other_log: ["The record belongs to another log: #.", "记录属于另一日志：#。"],
  record_index_wrong: ["The record says another position: #.", "记录所载序号不符：#。"],
  record_missing: [
    "The record is missing; the next one found, or the end, is #.",
    "记录缺失；其后找到的记录或末尾为 #。",
  ],
  record_out_of_order: [
    "The record stands in a wrong place or twice: expected was #.",
    "记录位置错误或重复：此处应为记录 #。",
  ],
  record_beyond_range: [
    "The record lies outside of the exported range, which ends before #.",
    "记录超出导出范围（至 # 之前）。",
  ],
  chain_broken: [
    "The record's link to the one before does not fit: the chain is broken here.",
    "记录与前一条的哈希链接不符：链在此处断开。",
  ],
  not_in_tree: ["The record's bytes are not those in the log's tree.", "记录内容与日志哈希树不一致。"],
  time_backwards: ["The record was sealed before the one before it.", "封存时间早于前一条记录。"],
  thread_broken: ["The record's place in thread # does not fit.", "记录在线索 # 中的次序不符。"],
  record_not_asked_for: [
    "The record belongs to none of the threads that were asked for.",
    "该记录不属于所申请的任何线索。",
  ],
  thread_record_missing: [
    "The record belongs to thread # and is missing from the bundle.",
    "该记录属于线索 #，但导出包中缺少它。",
  ],
  thread_incomplete: [
    "Records of a thread are missing or too many, by the sealed index; records and last one, in the bundle and by the index: #.",
    "按线索总表，线索的记录有缺失或多余；导出包与总表所载条数及末条分别为：#。",
  ],
  thread_not_counted: [
    "The bundle does not show how many records the sealed index counts in thread #.",
    "导出包未给出线索总表中该线索的记录数：#。",
  ],
  index_line_malformed: ["A line of the sealed index cannot be read: #.", "线索总表的行无法读取：#。"],
  index_proof_wrong: [
    "The line does not lead to the root of the sealed index: bucket #.",
    "该行不能推导到线索总表的根：第 # 组。",
  ],
  index_not_named: [
    "The record is not the sealed index that the manifest names.",
    "该记录不是清单所指的线索总表。",
  ],
  index_wrong: [
    "The record's map of all threads is not that of the log; it should be: #.",
    "记录所载线索总表与日志不符，应为：#。",
  ],
  body_malformed: ["The record's body is not that of its type, in: #.", "记录内容不符合其类型，字段：#。"],
  tile_mismatch: ["The hash tile does not agree with the records below it.", "哈希块与其下的记录不一致。"],
  tile_malformed: ["The tile cannot be read: #.", "数据块无法读取。"],
  entry_mismatch: ["The published entry is not the record.", "公开条目与记录不一致。"],
  csv_mismatch: ["The row in the table is not that of the record.", "表格中的行与记录不一致。"],

  // Opened values and certificates.
  disclosure_malformed: ["The opened value cannot be read: #.", "披露内容无法读取。"],
  disclosure_wrong: ["The opened value is not the one committed to: #.", "披露内容与承诺值不符：#。"],
  disclosure_stray: [
    "The opened value belongs to no record of the range: #.",
    "披露内容不对应范围内任何记录：#。",
  ],
  agreement_wrong: [
    "The agreement's text does not have the hash of its name.",
    "合同文本与其哈希文件名不符。",
  ],
  certificate_malformed: ["The certificate cannot be read: #.", "存证证明无法读取。"],
  certificate_without_record: ["The certificate does not carry its record.", "存证证明未包含记录内容。"],
  proof_wrong: ["The proof does not lead from the record to the checkpoint.", "证明不能从记录推导到检查点。"],

  // The meaning.
  subject_missing: ["The record does not name the one # that it is about.", "记录未指明其所属对象：#。"],
  version_gap: ["The thing's version does not follow the one before: #.", "版本号与前一版本不连续：#。"],
  step_illegal: ["The trade took a step that is not allowed: #.", "交易出现不允许的步骤：#。"],
  step_while_frozen: ["The trade took a step while it was frozen: #.", "交易在冻结期间出现步骤：#。"],
  payment_step_illegal: ["The payment took a step that is not allowed: #.", "付款出现不允许的步骤：#。"],
  released_over_held: ["More left the held funds than had been held: #.", "划出金额超过待结算款：#。"],
  trade_without_payment: [
    "The trade ended by a payment that had not been made: #.",
    "交易以未完成的付款结束：#。",
  ],
  journal_missing: ["The record's journal is not in the book.", "资金账簿中缺少该记录对应的分录。"],
  journal_stray: ["The book has a journal that no record certifies: #.", "资金账簿中有未经存证的分录：#。"],
  journal_changed: [
    "The journal in the book is not the one that the record certifies.",
    "资金账簿分录与存证记录不一致。",
  ],
  journal_unbalanced: ["Debits and credits of the journal differ: #.", "分录借贷不平衡：#。"],
  amount_mismatch: ["The record's amount is not that of its journal: #.", "记录金额与分录不一致：#。"],
  book_malformed: ["A row of the book cannot be read: #.", "资金账簿有无法读取的行：#。"],
  trial_balance_wrong: ["The trial balance is not that of the book.", "试算平衡表与资金账簿不一致。"],
} as const satisfies Record<string, Sentence>

export type FailureCode = keyof typeof sentences
export const failureCodes = Object.keys(sentences) as readonly FailureCode[]

/** Names and details come out of a bundle; a sentence stays one that people read. */
const maxPart = 300
const short = (text: string): string => (text.length <= maxPart ? text : `${text.slice(0, maxPart)}…`)

export function failure(code: FailureCode, { record, file, detail }: FailureContext): Failure {
  const [en, zh] = sentences[code]
  const part = short(detail ?? "")
  return {
    code,
    ...(record === undefined ? {} : { record }),
    ...(file === undefined ? {} : { file: short(file) }),
    en: en.replace("#", () => part),
    zh: zh.replace("#", () => part),
  }
}

/** Collects failures, keeping the first ones: a badly damaged log should not fill the memory with sentences. */
export class FailureList {
  readonly kept: Failure[] = []
  count = 0
  private readonly limit: number

  constructor(limit = 200) {
    this.limit = limit
  }

  add(code: FailureCode, context: FailureContext): void {
    this.count += 1
    if (this.kept.length < this.limit) this.kept.push(failure(code, context))
  }
}
