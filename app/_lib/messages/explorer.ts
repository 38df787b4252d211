import type { Locale } from "#contracts/localized-text.ts"

/** What the explorer's one box finds, and the pages of checkpoints. */
const zh = {
  boxHelp: "可输入：",
  boxKinds: [
    "记录序号",
    "交易或其他编号",
    "存证证明编号",
    "SHA-256（文件、合同或记录）",
    "供方名称或统一社会信用代码",
    "检查点根哈希",
  ],
  thread: (kind: string, id: string, total: number) => `${kind} ${id} 共有 ${total} 条记录，按发生先后排列。`,
  threadKinds: {
    trade: "交易",
    payment: "付款",
    grant: "授权",
    listing: "挂牌",
    registration: "登记",
    request: "需求",
    round: "匹配轮次",
    freeze: "暂停或冻结",
    export: "导出",
    index: "线索总表",
  } as Readonly<Record<string, string>>,
  threadOther: "线索",
  lastOf: "最近一条：",
  tradePrivacy: "交易以随机编号公开其步骤；谁与谁交易、标的和金额为保密内容，只以承诺值出现。",
  version: (total: number) => `该哈希是一个数据版本的哈希，有 ${total} 条记录写明它。`,
  agreement: (trade: string, total: number) =>
    `该哈希是一份合同的哈希，所属交易 ${trade} 有 ${total} 条记录。`,
  fileFound: "该文件在日志中",
  fileIn: (name: string, version: string) =>
    `它是数据版本 ${version} 中的文件 ${name}，自下列记录封存以来一个字节也没有变：`,
  fileWaiting: (name: string, version: string) => `它是数据版本 ${version} 中的文件 ${name}，记录尚未封存。`,
  fileOf: "所属数据产品：",
  fileNotFound: "该文件不在日志中",
  fileNotFoundLead: (hash: string) =>
    `公开目录中没有任何数据版本含有 SHA-256 为 ${hash} 的文件。哪怕只差一个字节，哈希也完全不同。未挂牌的数据不能按文件查到。`,
  party: (records: number) =>
    records === 0 ? "该主体在公开目录中还没有记录。" : `该主体在公开目录中有 ${records} 条登记与挂牌记录。`,
  partyPrivacy: "主体参与的交易、付款和其他事项不公开；当事人在自己的页面查看，监管机构在监管页面查找。",
  partyCard: "主体名片",
  parties: (count: number, text: string) => `有 ${count} 个供方的名称含有“${text}”，请选择。`,
  partyColumns: { name: "名称", country: "国家或地区", state: "身份核验" },
  verified: "已核验",
  notVerified: "未核验",
  otherLog: (text: string) => `${text} 不是本市场的存证证明编号`,
  otherLogLead:
    "编号“#”前的八位字符是日志名称，它与本市场的日志不同。请在签发该证明的市场查找，或在核验页面离线核验该证明文件。",
  searchCatalogue: "在数据目录中搜索",
  privacy:
    "只查找公开日志和公开目录中的内容，对任何人给出同样的回答。您自己的交易请在“交易”页面查看；监管机构请使用监管页面的查找。",
  dropFile: "或将文件拖到这里：只在本机计算 SHA-256，文件不会上传，仅用哈希值查找。任意大小均可。",
  dropNoScript: "计算哈希需要 JavaScript；也可用 sha256sum 算出后粘贴到上面。",
  dropHere: "松开以在本机计算哈希",
  hashing: (name: string) => `正在本机计算 ${name} 的 SHA-256`,
  hashed: (percent: string) => `${percent}%`,
  verifyTrade: "核验这些记录",

  heads: "检查点历史",
  headsLead:
    "每封存一批记录，日志就签署一个检查点：记录总数和由全部记录算出的根哈希。后一个检查点必须延续前一个，任何人都能验证。",
  allHeads: "查看检查点历史",
  head: (size: string) => `${size} 条记录的检查点`,
  headSentence: (time: string, added: string, range: string) =>
    `签署于 ${time}，比上一个检查点多 ${added} 条记录（${range}）。`,
  headEmpty: (time: string) => `签署于 ${time}，当时日志还没有记录。`,
  range: (from: number, to: number) => (from === to ? `记录 ${from}` : `记录 ${from} 至 ${to}`),
  columns: { size: "记录数", root: "根哈希", at: "签署时间", signatures: "签名", note: "原文" },
  signedBy: (log: number, witnesses: number) => {
    if (log === 0) return "没有已知公钥的签名"
    return witnesses === 0 ? "日志签名" : `日志签名，${witnesses} 个见证方联署`
  },
  signatureBad: "有签名不符",
  note: "检查点原文",
  rawNote: "下载检查点原文",
  rawProof: "下载一致性证明",
  noHeads: "还没有检查点",
  noHeadsLead: "第一条记录封存后即签署第一个检查点。",
  newest: "最新",
  newerHead: "后一个",
  olderHead: "前一个",
  neighbours: "相邻检查点",
  aboutHead: "检查点信息",
  records: "新增的记录",

  signatures: "签名与联署",
  signaturesLead:
    "日志用自己的密钥签名；见证方在自己的机器上核对它延续以往的检查点后联署，并写明自己的时间。以下均已按公钥重新验证。",
  signer: "签名者",
  role: "身份",
  roles: { log: "本日志", witness: "见证方", unknown: "未知公钥" },
  verdict: "结果",
  fits: "签名有效",
  misfit: "签名不符",
  unknownKey: "公钥不在本市场已知之列，未作判断",
  witnessTime: "见证时间",
  noWitness: "没有见证方联署这个检查点。",

  growth: "一致性路径",
  growthLead: (from: string, size: string, hashes: string) =>
    `用 ${hashes} 个哈希，同时算出 ${from} 条记录时的根和 ${size} 条记录时的根：两者都对上，说明前 ${from} 条记录此后没有增删或改动。`,
  growthAlt: (from: number, size: number) =>
    `检查点 ${from} 与检查点 ${size} 的一致性路径图：左线通向前一个根，右线通向本检查点的根；文字说明见下。`,
  inWords: "用文字说明",
  growthHolds: "两个根都与签名一致",
  growthFails: "算出的根与签名不一致",
  growthSeed: (from: number, to: number) => `从两棵树共有的部分开始（${zh.range(from, to)}）`,
  growthBoth: (from: number, to: number) => `与左侧哈希合并（${zh.range(from, to)}），两棵树都含有它`,
  growthNew: (from: number, to: number) => `与右侧哈希合并（${zh.range(from, to)}），只有本检查点含有它`,
  earlierRoot: "前一个根",
  thisRoot: "本检查点的根",
  earlierRootOf: (size: number) => `检查点 ${size} 的根`,
  gives: { earlier: "前一棵树得到", later: "本树得到" },
  compareWith: "与更早的检查点比较",
  compareHint: "填写一个更早检查点的记录数",
  compare: "比较",
  notEarlier: (from: string) => `没有记录数为 ${from} 的更早检查点；下面与前一个检查点比较。`,
  firstOfAll: "此前的日志没有记录，任何日志都延续空日志，无须证明。",

  fixedBy: "最早由此检查点固定",
  fixedAt: (size: string) => `${size} 条记录的检查点`,
  logFiles: "日志文件",
  hashTile: "哈希瓦片",
  entryTile: "记录瓦片",
  logFilesLead: "按 C2SP tlog-tiles 格式发布，任何工具都可读取。",
  hex: "十六进制",
  hexLead: (bytes: number) => `共 ${bytes} 字节；计算记录哈希时在前面加一个字节 00。`,
  elsewhere: "用自己保存的检查点核验",
}

const en: typeof zh = {
  boxHelp: "Takes",
  boxKinds: [
    "a record's number",
    "the id of a trade or anything else",
    "a certificate's number",
    "the SHA-256 of a file, agreement or record",
    "a seller's name or registry number",
    "a checkpoint's root",
  ],
  thread: (kind, id, total) => `${kind} ${id} has ${total} ${total === 1 ? "record" : "records"}, in order.`,
  threadKinds: {
    trade: "Trade",
    payment: "Payment",
    grant: "Grant",
    listing: "Listing",
    registration: "Registration",
    request: "Request",
    round: "Round of matching",
    freeze: "Freeze",
    export: "Export",
    index: "Thread index",
  },
  threadOther: "Thread",
  lastOf: "The latest:",
  tradePrivacy:
    "A trade's steps are public under a random id. Who trades with whom, what and for how much is confidential and stands here only as commitments.",
  version: (total) =>
    `This is the hash of a data version; ${total} ${total === 1 ? "record states" : "records state"} it.`,
  agreement: (trade, total) =>
    `This is the hash of an agreement; its trade ${trade} has ${total} ${total === 1 ? "record" : "records"}.`,
  fileFound: "This file is in the log",
  fileIn: (name, version) =>
    `It is the file ${name} of data version ${version}, of which not a byte has changed since it was fixed by`,
  fileWaiting: (name, version) =>
    `It is the file ${name} of data version ${version}, whose record waits to be sealed.`,
  fileOf: "Data product:",
  fileNotFound: "This file is not in the log",
  fileNotFoundLead: (hash) =>
    `No data version in the public catalogue holds a file whose SHA-256 is ${hash}. One byte of difference changes the whole hash. Data that was never listed cannot be found by its files.`,
  party: (records) =>
    records === 0
      ? "This organisation has no record in the public catalogue yet."
      : `This organisation has ${records} ${records === 1 ? "record" : "records"} of registrations and listings in the public catalogue.`,
  partyPrivacy:
    "The trades, payments and other affairs of an organisation are not public. It sees them on its own pages, and supervision finds them on its desk.",
  partyCard: "The organisation's card",
  parties: (count, text) => `${count} sellers have “${text}” in their name; choose one.`,
  partyColumns: { name: "Name", country: "Country or region", state: "Verification" },
  verified: "Verified",
  notVerified: "Not verified",
  otherLog: (text) => `${text} is not a certificate number of this market`,
  otherLogLead:
    "The eight characters before “#” name a log, and it is not this market's. Look in the market that issued the certificate, or verify its file on the verify page.",
  searchCatalogue: "Search the catalogue",
  privacy:
    "Only the public log and the public catalogue are searched, and everyone gets the same answer. Your own trades are on the page Trades; supervision has a search of its own.",
  dropFile:
    "Or drop a file here: its SHA-256 is computed on this device. The file is not uploaded; only the hash is looked up. Any size will do.",
  dropNoScript: "Computing a hash needs JavaScript; you can also run sha256sum and paste the result above.",
  dropHere: "Let go to compute the hash on this device",
  hashing: (name) => `Computing the SHA-256 of ${name} on this device`,
  hashed: (percent) => `${percent}%`,
  verifyTrade: "Verify these records",

  heads: "Checkpoint history",
  headsLead:
    "With each batch of records the log signs a checkpoint: how many records there are, and the root hash over all of them. Each must continue the one before, and anyone can check that.",
  allHeads: "Checkpoint history",
  head: (size) => `Checkpoint of ${size} records`,
  headSentence: (time, added, range) =>
    `Signed ${time}, with ${added} more ${added === "1" ? "record" : "records"} than the checkpoint before (${range}).`,
  headEmpty: (time) => `Signed ${time}, when the log held no record yet.`,
  range: (from, to) => (from === to ? `record ${from}` : `records ${from} to ${to}`),
  columns: { size: "Records", root: "Root hash", at: "Signed", signatures: "Signatures", note: "Raw" },
  signedBy: (log, witnesses) => {
    if (log === 0) return "By no known key"
    if (witnesses === 0) return "By the log"
    return `By the log and ${witnesses} ${witnesses === 1 ? "witness" : "witnesses"}`
  },
  signatureBad: "A signature does not fit",
  note: "Raw note",
  rawNote: "Download the signed note",
  rawProof: "Download the consistency proof",
  noHeads: "No checkpoint yet",
  noHeadsLead: "The first is signed when the first record is sealed.",
  newest: "Newest",
  newerHead: "Newer",
  olderHead: "Older",
  neighbours: "Checkpoints beside this one",
  aboutHead: "About this checkpoint",
  records: "Records added",

  signatures: "Signatures",
  signaturesLead:
    "The log signs with its own key. A witness cosigns on a machine of its own, once it has checked that the checkpoint continues all that it saw before, and states its own time. All were checked again for this page.",
  signer: "Signer",
  role: "Who",
  roles: { log: "This log", witness: "Witness", unknown: "Unknown key" },
  verdict: "Finding",
  fits: "Signature fits",
  misfit: "Signature does not fit",
  unknownKey: "Not a key that this market knows; not judged",
  witnessTime: "Witnessed",
  noWitness: "No witness has cosigned this checkpoint.",

  growth: "Consistency",
  growthLead: (from, size, hashes) =>
    `${hashes} ${hashes === "1" ? "hash gives" : "hashes give"} both the root of ${from} records and the root of ${size}. As both fit, none of the first ${from} records was added, removed or changed since.`,
  growthAlt: (from, size) =>
    `The consistency path between the checkpoints of ${from} and ${size} records: the left line leads to the earlier root, the right line to this one's; told in words below.`,
  inWords: "In words",
  growthHolds: "Both roots fit what is signed",
  growthFails: "The hashes do not give the signed roots",
  growthSeed: (from, to) => `Starts with a part that both trees have (${en.range(from, to)})`,
  growthBoth: (from, to) => `joined with the hash on the left (${en.range(from, to)}), which both trees have`,
  growthNew: (from, to) =>
    `joined with the hash on the right (${en.range(from, to)}), which only this checkpoint has`,
  earlierRoot: "Earlier root",
  thisRoot: "This root",
  earlierRootOf: (size) => `Root of checkpoint ${size}`,
  gives: { earlier: "the earlier tree gets", later: "this tree gets" },
  compareWith: "Compare with an earlier checkpoint",
  compareHint: "How many records the earlier checkpoint has",
  compare: "Compare",
  notEarlier: (from) =>
    `There is no earlier checkpoint of ${from} records; the one before is compared instead.`,
  firstOfAll:
    "Before this the log held no record. Every log continues the empty one; there is nothing to prove.",

  fixedBy: "First fixed by",
  fixedAt: (size) => `the checkpoint of ${size} records`,
  logFiles: "Files of the log",
  hashTile: "Hash tile",
  entryTile: "Entry bundle",
  logFilesLead: "Published as C2SP tlog-tiles, which any tool can read.",
  hex: "Hexadecimal",
  hexLead: (bytes) => `${bytes} bytes; the record's hash is computed with one byte 00 in front.`,
  elsewhere: "Verify against a checkpoint of your own",
}

export const explorer = { zh, en } satisfies Record<Locale, typeof zh>
