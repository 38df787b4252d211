import type { Locale } from "#contracts/localized-text.ts"
import type { OpeningPurpose } from "#server/ledger/opening-rules.ts"

/** Confidential values: opening them, and the list of who did. */
const zh = {
  openedValues: "保密内容",
  closed: "保密内容未打开",
  closedLead: {
    trade: "主体名称、价款、资金分录和合同文本属保密内容。打开需要说明目的；每次打开都会写入存证日志。",
    party: "证件号码、授权代表和记录中的其他保密内容未打开。打开需要说明目的；每次打开都会写入存证日志。",
    freeze: "文书号、对象和说明在记录中是保密内容。打开需要说明目的；每次打开都会写入存证日志。",
  },
  open: "打开保密内容",
  opening: "正在打开…",
  openTitle: "打开保密内容",
  openLead:
    "这次打开会立即成为一条存证记录，写明时间、目的和查看项数；查看的是哪些记录，只有监管机构能看到。",
  purpose: "目的",
  purposes: {
    review: "日常审核",
    dispute: "争议处理",
    inspection: "监督检查",
    investigation: "立案调查",
    request: "当事人申请",
  } satisfies Record<OpeningPurpose, string>,
  opened: "保密内容已打开",
  openedLead: (purpose: string, until: string) =>
    `目的：${purpose}。${until} 前您可以再次查看，之后需要重新打开。`,
  openedRecord: (index: number) => `已记为存证记录 ${index}`,
  openedWaits: "存证记录正在封存",
  openedOver: "这次打开已经结束，或不属于您。如需查看，请重新打开。",
  hide: "关闭",
  openingsLead: "监管机构和运营机构每次打开保密内容的记录。打开本身即一条存证记录，任何人不能删除。",
  openingColumns: {
    at: "时间",
    who: "由谁",
    purpose: "目的",
    what: "打开了什么",
    values: "项数",
    record: "存证",
  },
  noOpenings: "还没有打开过保密内容",
  noOpeningsLead: "在交易或主体的页面打开保密内容后，会列在这里。",
  singleRecords: (count: number) => `${count} 条记录`,
}

const en: typeof zh = {
  openedValues: "Confidential values",
  closed: "Confidential values are closed",
  closedLead: {
    trade:
      "The parties' names, the price, the book's entries and the agreement are confidential. Opening them takes a purpose, and each opening becomes a ledger record.",
    party:
      "The registry number, the authorised person and the other confidential values of the records are closed. Opening them takes a purpose, and each opening becomes a ledger record.",
    freeze:
      "The document, the target and the note are confidential in the records. Opening them takes a purpose, and each opening becomes a ledger record.",
  },
  open: "Open confidential values",
  opening: "Opening…",
  openTitle: "Open confidential values",
  openLead:
    "This opening becomes a ledger record at once, with its time, its purpose and how many values it opened; which records they were, only supervision can see.",
  purpose: "Purpose",
  purposes: {
    review: "Regular review",
    dispute: "Handling of a dispute",
    inspection: "Inspection",
    investigation: "Investigation",
    request: "Request of a party",
  },
  opened: "Confidential values are open",
  openedLead: (purpose, until) =>
    `Purpose: ${purpose}. You can look again until ${until}; after that it takes another opening.`,
  openedRecord: (index) => `Kept as record ${index}`,
  openedWaits: "Its record is being sealed",
  openedOver: "This opening has ended, or it is not yours. Open the values again to see them.",
  hide: "Close",
  openingsLead:
    "Each time supervision or the operator opened confidential values. An opening is a ledger record itself; nobody can remove it.",
  openingColumns: {
    at: "Time",
    who: "By whom",
    purpose: "Purpose",
    what: "What was opened",
    values: "Values",
    record: "Record",
  },
  noOpenings: "Nothing has been opened yet",
  noOpeningsLead: "When confidential values are opened on the page of a trade or a party, it shows here.",
  singleRecords: (count) => `${count} ${count === 1 ? "record" : "records"}`,
}

export const openingWords = { zh, en } satisfies Record<Locale, typeof zh>
