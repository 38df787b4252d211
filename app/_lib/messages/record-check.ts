import type { Locale } from "#contracts/localized-text.ts"

/** Checking records and checkpoints in the reader's own browser. */
const zh = {
  title: "自行核验",
  one: "在本浏览器中核验",
  many: (count: number) => `在本浏览器中核验全部 ${count} 条记录`,
  leadRecords: "在本机重新计算哈希、证明路径和签名，不依赖本站的说法。",
  leadHead: "在本机验证签名，并验证本检查点延续更早的检查点，不依赖本站的说法。",
  checking: "正在核验",
  progress: (done: number, all: number) => `正在核验 ${done} / ${all}`,
  good: "核验通过",
  goodFirst: "内容相符，但公钥是首次见到",
  goodOne: (index: number, size: number) =>
    `记录 ${index} 确在 ${size} 条记录的日志中，日志头由下述公钥验证签名。`,
  goodMany: (count: number, size: number) =>
    `${count} 条记录均在 ${size} 条记录的日志中，日志头由下述公钥验证签名。`,
  goodHead: (size: number) => `${size} 条记录的检查点由下述公钥验证签名。`,
  goodGrowth: (from: number, size: number) =>
    `${size} 条记录的检查点由下述公钥验证签名，并延续 ${from} 条记录的检查点：其间没有增删或改动旧记录。`,
  values: (count: number) => `${count} 项保密值与记录中的承诺值相符。`,
  keyFrom: {
    site: (since: string) => `公钥自 ${since} 起保存在本浏览器，当时取自本站。`,
    reader: (since: string) => `公钥由您于 ${since} 填入，保存在本浏览器。`,
  },
  keyFirst:
    "本浏览器此前没有保存本日志的公钥，刚刚从本站取得并保存下来，日后若更换即会提示。它还不能证明由谁签名：请与从其他途径得到的公钥比对。",
  keyTurned: "日志此后更换过密钥：更换记录已验证，由这把公钥一路通向现在的公钥。",
  otherKey: "本站现在提供的公钥与本浏览器保存的不同",
  otherKeyLead: (since: string) =>
    `本次核验使用自 ${since} 起保存的公钥。除非市场已公布更换密钥，否则本站可能在向您出示另一本日志；请先向监管机构或从其他途径求证，再决定是否改用。`,
  keptKey: "保存的公钥：",
  servedKey: "本站提供的公钥：",
  takeServed: "已求证，改用本站现在的公钥",
  whichKey: "使用哪把公钥？",
  noKey: "本浏览器还没有保存公钥。",
  noKeyLead:
    "核验时将采用本站提供的公钥并保存下来，以后更换即会提示。要证明由谁签名，请填入从其他途径得到的公钥。",
  ownKey: "您自己的公钥",
  ownKeyHint: "形如 quanheng/…+1a2b3c4d+A… 的一行，或含见证方要求的信任策略。",
  useKey: "保存并以此核验",
  enterKey: "请先填入公钥",
  badKey: "公钥的格式不对：应为一行，含名称、密钥编号和公钥，以加号相连。",
  noScript: "在浏览器中核验需要 JavaScript；也可下载证明，用 verify.mjs 离线核验。",
  bad: "核验未通过",
  record: (index: number) => `记录 ${index}`,
  broken: (index: number, why: readonly string[]) => `记录 ${index}：${why.join("；")}`,
  misfit: (path: string) => `保密值 ${path} 与承诺值不符`,
  differs: "本页显示的内容与证明中的记录不同",
  unreachable: "未能取得证明，没有得出结论；请稍后再试。",
  waiting: "等待封存",
  headFirst: (size: number) => `本浏览器保存了这份 ${size} 条记录的检查点；下次核验将确认日志自此只增不改。`,
  headSame: (size: number, since: string) => `与本浏览器于 ${since} 保存的检查点相同（${size} 条记录）。`,
  headGrown: (from: number, size: number, since: string) =>
    `日志延续本浏览器于 ${since} 保存的检查点：由 ${from} 条增至 ${size} 条，其间只增不改。`,
  headOlder: (size: number, kept: number, since: string) =>
    `这份检查点（${size} 条）早于本浏览器于 ${since} 保存的检查点（${kept} 条），后者是它的延续。`,
  headUnreachable: (kept: number, since: string) =>
    `未能取得与本浏览器于 ${since} 保存的检查点（${kept} 条）比对所需的证明，尚未比对；请稍后再试。`,
  headUnasked: (kept: number, since: string) =>
    `本浏览器于 ${since} 保存过该日志 ${kept} 条记录的检查点。与其比对需向本站取一份证明。`,
  compareHead: "与保存的检查点比对",
  headContradicts: "与本浏览器保存的检查点矛盾",
  headContradictsLead: (kept: number, size: number, since: string) =>
    `本浏览器曾于 ${since} 核验并保存 ${kept} 条记录的检查点。现在出示的检查点（${size} 条）与它不是同一日志的前后状态，或者拿不出前后一致的证明。日志只能增长：要么存在两个版本，要么已退回到从前。请把下面两份检查点都保存下来，交监管机构或见证方核实；核实之前，不要采信这次出示的内容。`,
  keptNote: "保存的检查点",
  shownNote: "现在出示的检查点",
  headKept: (size: number, since: string) => `本浏览器保存着 ${size} 条记录的检查点（${since}）。`,
  forgetHead: "不再保存这份检查点",
}

const en: typeof zh = {
  title: "Verify it yourself",
  one: "Verify in this browser",
  many: (count) => `Verify all ${count} records in this browser`,
  leadRecords: "Hashes, proof path and signature are computed again on this device, whatever this site says.",
  leadHead:
    "The signature, and that this checkpoint continues the earlier one, are checked on this device, whatever this site says.",
  checking: "Verifying",
  progress: (done, all) => `Verifying ${done} of ${all}`,
  good: "Verified",
  goodFirst: "Everything fits, by a key seen for the first time",
  goodOne: (index, size) =>
    `Record ${index} is in the log of ${size} records, whose head is signed by the key named here.`,
  goodMany: (count, size) =>
    `All ${count} records are in the log of ${size} records, whose head is signed by the key named here.`,
  goodHead: (size) => `The checkpoint of ${size} records is signed by the key named here.`,
  goodGrowth: (from, size) =>
    `The checkpoint of ${size} records is signed by the key named here and continues that of ${from}: no earlier record was added, removed or changed.`,
  values: (count) =>
    `${count} confidential ${count === 1 ? "value fits its" : "values fit their"} commitment.`,
  keyFrom: {
    site: (since) => `The key has been kept in this browser since ${since}, when this site showed it.`,
    reader: (since) => `The key was given by you on ${since} and is kept in this browser.`,
  },
  keyFirst:
    "This browser had kept no key of this log. It took the one that this site shows and keeps it from now on, so that a change is noticed. That does not yet show who signed: compare it with a key that you got in another way.",
  keyTurned:
    "The log has changed its key since: the changes are proven, and lead from this key to the one of today.",
  otherKey: "This site now shows another key than the one that this browser keeps",
  otherKeyLead: (since) =>
    `This check went by the key kept since ${since}. Unless the market has announced a new key, you may be shown another log; ask supervision, or look elsewhere, before you take the new one.`,
  keptKey: "The key kept:",
  servedKey: "The key that this site shows:",
  takeServed: "I have checked: use the site's key of today",
  whichKey: "Which key?",
  noKey: "This browser keeps none yet.",
  noKeyLead:
    "The check takes the key that this site shows and keeps it, so that a change is noticed later. To show who signed, enter a key that you got in another way.",
  ownKey: "A key of your own",
  ownKeyHint: "One line such as quanheng/…+1a2b3c4d+A…, or a trust policy with its witnesses.",
  useKey: "Keep it and verify",
  enterKey: "Enter a key first",
  badKey: "This is not a verifier key: it is one line with a name, a key id and a key, joined by plus signs.",
  noScript:
    "Verifying in the browser needs JavaScript; you can also download the proof and verify it offline with verify.mjs.",
  bad: "Not verified",
  record: (index) => `Record ${index}`,
  broken: (index, why) => `Record ${index}: ${why.join("; ")}`,
  misfit: (path) => `the confidential value ${path} does not fit its commitment`,
  differs: "this page shows something else than the record of the proof",
  unreachable: "The proof could not be fetched, so there is no finding; try again.",
  waiting: "Waiting for its seal",
  headFirst: (size) =>
    `This browser now keeps this checkpoint of ${size} records; the next check will show that the log has only grown since.`,
  headSame: (size, since) => `It is the checkpoint that this browser kept on ${since} (${size} records).`,
  headGrown: (from, size, since) =>
    `The log continues the checkpoint that this browser kept on ${since}: it grew from ${from} to ${size} records, and nothing before was changed.`,
  headOlder: (size, kept, since) =>
    `This checkpoint (${size} records) is older than the one that this browser kept on ${since} (${kept} records), which continues it.`,
  headUnreachable: (kept, since) =>
    `The proof for a comparison with the checkpoint kept on ${since} (${kept} records) could not be fetched, so nothing was compared; try again later.`,
  headUnasked: (kept, since) =>
    `On ${since} this browser kept a checkpoint of this log, of ${kept} records. To compare with it, a proof is asked of this site.`,
  compareHead: "Compare with the kept checkpoint",
  headContradicts: "This contradicts the checkpoint that this browser kept",
  headContradictsLead: (kept, size, since) =>
    `On ${since} this browser verified and kept a checkpoint of ${kept} records. The one shown now (${size} records) is not an earlier or later state of the same log, or nothing proves that it is. A log can only grow: either there are two versions of it, or it has gone back behind what it signed. Keep both checkpoints below and take them to supervision or to a witness; until that is cleared up, do not rely on what was shown now.`,
  keptNote: "The checkpoint kept",
  shownNote: "The checkpoint shown now",
  headKept: (size, since) => `This browser keeps a checkpoint of ${size} records (${since}).`,
  forgetHead: "Forget this checkpoint",
}

export const recordCheck = { zh, en } satisfies Record<Locale, typeof zh>
