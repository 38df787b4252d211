import type { Locale } from "../localized-text.ts"
import type {
  Action,
  ConstraintName,
  DutyKind,
  Industry,
  Purpose,
  Recipient,
  TrainingKind,
} from "../rights.ts"

type Words = Readonly<Record<Locale, string>>

/** What each word of the rights vocabulary is called on pages and in agreements. */
export const actionWords = {
  use: { en: "use the data inside the organisation", zh: "在本组织内部使用数据" },
  reproduce: { en: "make copies", zh: "复制数据" },
  distribute: { en: "pass the data on to others", zh: "向他人分发数据" },
  derive: { en: "make new data or results from it", zh: "加工形成衍生数据或成果" },
  aggregate: { en: "combine it with other data", zh: "与其他数据汇聚融合" },
  commercialise: { en: "use it to earn money", zh: "用于商业目的" },
  train: { en: "train or run artificial intelligence models with it", zh: "用于人工智能模型" },
  "transfer-abroad": { en: "transfer the data abroad", zh: "向境外提供数据" },
} as const satisfies Record<Action, Words>

export const trainingWords = {
  "pre-train": { en: "pre-training", zh: "预训练" },
  "fine-tune": { en: "fine-tuning", zh: "微调" },
  evaluate: { en: "evaluation", zh: "评测" },
  retrieve: { en: "retrieval at answering time", zh: "检索增强" },
} as const satisfies Record<TrainingKind, Words>

export const purposeWords = {
  research: { en: "research", zh: "科学研究" },
  education: { en: "education", zh: "教育教学" },
  statistics: { en: "statistics", zh: "统计分析" },
  "public-service": { en: "public services", zh: "公共服务" },
  journalism: { en: "journalism", zh: "新闻报道" },
  "internal-analysis": { en: "internal analysis", zh: "内部分析" },
  "risk-control": { en: "risk control", zh: "风险控制" },
  "product-development": { en: "product development", zh: "产品研发" },
  advertising: { en: "advertising", zh: "广告营销" },
} as const satisfies Record<Purpose, Words>

export const industryWords = {
  agriculture: { en: "agriculture", zh: "农业" },
  manufacturing: { en: "manufacturing", zh: "制造业" },
  energy: { en: "energy", zh: "能源" },
  construction: { en: "construction", zh: "建筑业" },
  retail: { en: "retail and trade", zh: "商贸零售" },
  transport: { en: "transport", zh: "交通运输" },
  technology: { en: "information technology", zh: "信息技术" },
  finance: { en: "finance", zh: "金融" },
  health: { en: "health care", zh: "医疗健康" },
  education: { en: "education", zh: "教育" },
  government: { en: "government", zh: "政务" },
  media: { en: "media and culture", zh: "文化传媒" },
  science: { en: "science", zh: "科技研究" },
} as const satisfies Record<Industry, Words>

export const recipientWords = {
  "own-staff": { en: "own staff", zh: "本组织人员" },
  affiliates: { en: "affiliated companies", zh: "关联企业" },
  contractors: { en: "contractors", zh: "受托处理方" },
  customers: { en: "customers", zh: "客户" },
  public: { en: "the public", zh: "公众" },
} as const satisfies Record<Recipient, Words>

export const dutyWords = {
  compensate: { en: "payment", zh: "付费" },
  attribute: { en: "attribution", zh: "署名" },
  "delete-after": { en: "deletion", zh: "到期删除" },
  report: { en: "reporting", zh: "使用报告" },
} as const satisfies Record<DutyKind, Words>

export const constraintWords = {
  purpose: { en: "purpose", zh: "用途" },
  industry: { en: "industry", zh: "行业" },
  recipient: { en: "recipient", zh: "接收对象" },
  training: { en: "kind of training", zh: "训练方式" },
  region: { en: "region", zh: "地域" },
  from: { en: "start", zh: "开始时间" },
  until: { en: "end", zh: "截止时间" },
  count: { en: "number of downloads", zh: "下载次数" },
  seats: { en: "number of users", zh: "使用人数" },
} as const satisfies Record<ConstraintName, Words>

/** "a, b and c" in the reader's language. */
export function listWords(words: readonly string[], locale: Locale): string {
  if (locale === "zh") return words.join("、")
  if (words.length < 2) return words.join("")
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`
}
