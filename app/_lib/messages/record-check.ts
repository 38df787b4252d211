import type { Locale } from "#contracts/localized-text.ts"

/** Checking records in the reader's own browser. */
const zh = {
  one: "在本浏览器中核验",
  many: (count: number) => `在本浏览器中核验全部 ${count} 条记录`,
  checking: "正在核验",
  progress: (done: number, all: number) => `正在核验 ${done} / ${all}`,
  good: "核验通过",
  goodOne: (index: number, size: number) =>
    `记录 ${index} 确在 ${size} 条记录的日志中，日志头由本浏览器保存的公钥验证签名。`,
  goodMany: (count: number, size: number) =>
    `${count} 条记录均在 ${size} 条记录的日志中，日志头由本浏览器保存的公钥验证签名。`,
  values: (count: number) => `${count} 项保密值与记录中的承诺值相符。`,
  key: (since: string) => `公钥自 ${since} 起保存在本浏览器。`,
  bad: "核验未通过",
  record: (index: number) => `记录 ${index}`,
  broken: (index: number, why: readonly string[]) => `记录 ${index}：${why.join("；")}`,
  misfit: (path: string) => `保密值 ${path} 与承诺值不符`,
  unreachable: "未能取得证明，没有得出结论；请稍后再试。",
  waiting: "等待封存",
}

const en: typeof zh = {
  one: "Verify in this browser",
  many: (count) => `Verify all ${count} records in this browser`,
  checking: "Verifying",
  progress: (done, all) => `Verifying ${done} of ${all}`,
  good: "Verified",
  goodOne: (index, size) =>
    `Record ${index} is in the log of ${size} records, whose head is signed by the key that this browser keeps.`,
  goodMany: (count, size) =>
    `All ${count} records are in the log of ${size} records, whose head is signed by the key that this browser keeps.`,
  values: (count) =>
    `${count} confidential ${count === 1 ? "value fits its" : "values fit their"} commitment.`,
  key: (since) => `The key has been kept in this browser since ${since}.`,
  bad: "Not verified",
  record: (index) => `Record ${index}`,
  broken: (index, why) => `Record ${index}: ${why.join("; ")}`,
  misfit: (path) => `the confidential value ${path} does not fit its commitment`,
  unreachable: "The proof could not be fetched, so there is no finding; try again.",
  waiting: "Waiting for its seal",
}

export const recordCheck = { zh, en } satisfies Record<Locale, typeof zh>
