import type { Locale } from "#contracts/localized-text.ts"

const zh = {
  pdf: "下载 PDF",
  ownPdf: "下载 PDF（含贵方可见的保密内容）",
  ownJson: "下载 JSON（含贵方可见的保密内容）",
  ownLead: "这两份文件另含贵方有权查看的保密内容及其盐值，请勿随意转交。",
  ownShort: "PDF 和 JSON 含贵方可见的保密内容；转交他人请用证明页面上的公开版本。",
  files: "存证证明",
  page: "查看与打印",
  short: { pdf: "PDF", json: "JSON", proof: ".tlog-proof" },
  filesOf: (index: number) => `记录 ${index} 的存证证明`,
  qr: (url: string) => `二维码，内容为 ${url}`,
  record: "记录",
  proof: "证明",
  index: "序号",
  indexOf: (index: string, size: string) => `第 ${index} 条（从 0 起数），检查点共覆盖 ${size} 条`,
  leafHash: "记录哈希",
  root: "检查点根哈希",
  key: "签署密钥",
  opened: "向贵方披露的保密内容",
  openedLead: "公开日志中只有这些内容的承诺值。原值与盐在附件中，核验时逐项比对。转交本文件即披露这些内容。",
  scan: "扫描二维码，或在任何浏览器中打开以下网址，无须账户：",
  offline: (file: string) =>
    `或离线核验：取出本 PDF 的附件 ${file}，凭您自己保存的 log.vkey 核验（任一导出包中都有 verify.mjs）：`,
  onlyPrint: "本 PDF 只是打印件，谁都能做出外观相同的文件；能作证明的是附件中的存证证明。",
  attached: "机器可读的存证证明，可用 verify.mjs 离线核验",
  fileName: (number: string) => `存证证明-${number}.pdf`,
}

const en: typeof zh = {
  pdf: "Download PDF",
  ownPdf: "Download PDF with the values you may read",
  ownJson: "Download JSON with the values you may read",
  ownLead:
    "These two also hold the confidential values that you may read, with their salts. Hand them on with care.",
  ownShort:
    "PDF and JSON hold the confidential values that you may read; to hand one on, take the public one from its page.",
  files: "Certificate",
  page: "Read and print",
  short: { pdf: "PDF", json: "JSON", proof: ".tlog-proof" },
  filesOf: (index) => `Certificate of record ${index}`,
  qr: (url) => `QR code of ${url}`,
  record: "Record",
  proof: "Proof",
  index: "Position",
  indexOf: (index, size) => `${index}, counted from 0; the checkpoint covers ${size} records`,
  leafHash: "Record hash",
  root: "Root of the checkpoint",
  key: "Signing key",
  opened: "Confidential values opened to you",
  openedLead:
    "The public log holds only commitments to these. The values and their salts are in the attachment, and a check compares each. Whoever gets this file gets them.",
  scan: "Scan the code, or open this address in any browser; no account is needed:",
  offline: (file) =>
    `Or offline: save the attachment ${file} of this PDF and check it with the log.vkey that you kept; verify.mjs is in every export bundle:`,
  onlyPrint:
    "This PDF is only a print, and anybody can make one that looks the same; what proves is the certificate attached to it.",
  attached: "The certificate for programs; verify.mjs checks it offline",
  fileName: (number) => `certificate-${number}.pdf`,
}

export const certificate = { zh, en } satisfies Record<Locale, typeof zh>
