import type { FailureCode } from "../../failure.ts"

/** What of the ledger finds each failure, as the page of the matrix tells it. */
const reading = "strict reading: one form for everything"
const manifest = "the signed manifest"
const signature = "the log's signature, checked with your key"
const rotation = "the chain of the log's keys"
const witnesses = "the witnesses' cosignatures, by your policy"
const canonical = "the canonical form of a record"
const place = "the position in each record"
const chain = "the hash chain"
const tree = "the hash tree under the signed root"
const threads = "the threads"
const kept = "the checkpoint that you kept"
const replay = "the replay of what the records mean"
const held = "the replay of held funds"
const journal = "the journal's hash in its record"
const book = "double entry in the book"
const table = "the comparison with the records"
const commitment = "the commitment in the record"
const name = "the file's name, which is its hash"
const proof = "the proof in the certificate"

const index = "the sealed index of threads"

export const catchers = {
  bundle_unreadable: reading,
  file_missing: manifest,
  file_too_large: "limits on what is read at once",
  file_changed: manifest,
  file_unlisted: manifest,
  file_name_unsafe: "the rule for names in a bundle",
  manifest_malformed: reading,
  manifest_changed: "the signature of the manifest",
  manifest_signature_bad: "the signature of the manifest",
  manifest_not_signed_by_key: "the signature of the manifest",
  manifest_disagrees: "the signed head beside the manifest",
  key_malformed: reading,
  checkpoint_malformed: reading,
  checkpoint_signature_bad: signature,
  checkpoint_not_signed_by_key: signature,
  checkpoint_by_former_key: rotation,
  rotation_malformed: reading,
  rotation_proof_wrong: "the proof of the change of keys",
  rotation_not_by_former_key: rotation,
  rotation_not_by_new_key: rotation,
  rotation_out_of_order: rotation,
  rotation_not_in_log: "the consistency proof from the handover",
  rotation_unproven: rotation,
  cosignature_bad: witnesses,
  quorum_missing: witnesses,
  root_mismatch: tree,
  since_malformed: reading,
  since_other_log: kept,
  since_signature_bad: signature,
  since_newer: kept,
  since_inconsistent: kept,
  since_not_provable: kept,
  consistency_wrong: "the consistency proof",
  record_malformed: canonical,
  record_of_other_log: "the log's name in each record",
  record_index_wrong: place,
  record_missing: place,
  record_out_of_order: place,
  record_beyond_range: place,
  chain_broken: chain,
  not_in_tree: tree,
  time_backwards: "the order of sealing times",
  thread_broken: threads,
  body_malformed: "the closed list of facts and their bodies",
  tile_mismatch: tree,
  tile_malformed: reading,
  entry_mismatch: table,
  csv_mismatch: table,
  disclosure_malformed: reading,
  disclosure_wrong: commitment,
  disclosure_stray: commitment,
  agreement_wrong: name,
  certificate_malformed: reading,
  certificate_without_record: proof,
  proof_wrong: proof,
  subject_missing: replay,
  version_gap: replay,
  index_wrong: "the map of all threads, built again",
  index_not_named: index,
  index_line_malformed: reading,
  index_proof_wrong: index,
  thread_not_counted: index,
  thread_incomplete: index,
  thread_record_missing: "every entry after the index",
  record_not_asked_for: "the filter",
  step_illegal: replay,
  step_while_frozen: replay,
  payment_step_illegal: replay,
  released_over_held: held,
  trade_without_payment: held,
  journal_missing: journal,
  journal_stray: journal,
  journal_changed: journal,
  journal_unbalanced: book,
  amount_mismatch: "the opened amounts beside the book",
  book_malformed: reading,
  trial_balance_wrong: "the sums over the book",
} as const satisfies Record<FailureCode, string>
