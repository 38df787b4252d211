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
}

export const recordCheck = { zh, en } satisfies Record<Locale, typeof zh>
