import type { Locale } from "#contracts/localized-text.ts"

/** Words of the page on which a buyer proposes a trade. */
const zh = {
  title: "发起交易",
  lead: "先说明打算怎样使用，再发起。发起不收款：双方确认合同之后才付款。",
  useTitle: "使用目的",
  languageTitle: "合同",
  language: "合同文本的语言",
  languageHint: "双方确认的就是这一文本，以其哈希为准。",
  languages: { zh: "中文", en: "英文" } satisfies Record<Locale, string>,
  permitted: "许可策略允许该用途",
  denied: "许可策略不允许该用途",
  deniedNext: "请去掉未授予的用途，或按条件声明用途、行业或接收对象。",
  noAction: "请至少选择一种用途。",
  abroad: (seller: string, buyer: string) =>
    `供方在 ${seller}，贵方在 ${buyer}：交付本身即为向境外提供数据，一并核对。`,
  duties: "由此承担的义务",
  rightsTitle: "该数据可以、不得与必须做什么",
  plan: "方案",
  otherPlan: "换一个方案",
  next: "接下来",
  steps: {
    standing: "供方已预先确认，您确认合同后即成立。",
    approval: "供方须在 7 天内确认；逾期提议失效，不产生任何费用。",
    pay: "合同成立后 3 天内付款；款项存为待结算款。",
    free: "合同成立后市场立即交付，无须付款。",
    accept: (days: string) => `交付后 ${days}内验收或提出异议。`,
  },
  propose: "发起交易",
  proposing: "正在发起……",
  notVerified: "贵方尚未通过身份核验",
  notVerifiedLead: "现在可以发起，付款前须通过核验。",
  verify: "去核验主体",
  cannot: "现在不能发起交易",
  back: "返回挂牌",
}
const en: typeof zh = {
  title: "Propose a trade",
  lead: "Say what you want to do, then propose. Nothing is paid yet: payment comes after both sides have confirmed the agreement.",
  useTitle: "Purpose and use",
  languageTitle: "Agreement",
  language: "Language of the agreement",
  languageHint: "This text is what both sides confirm; its hash names it.",
  languages: { zh: "Chinese", en: "English" },
  permitted: "The rights policy permits this use",
  denied: "The rights policy does not permit this use",
  deniedNext:
    "Leave out the use that is not granted, or declare the purpose, industry or recipient that it asks for.",
  noAction: "Choose at least one use.",
  abroad: (seller, buyer) =>
    `The seller is in ${seller} and you are in ${buyer}: the delivery is itself a transfer abroad, and is checked with the rest.`,
  duties: "What you must then do",
  rightsTitle: "What may, may not and must be done with these data",
  plan: "Plan",
  otherPlan: "Choose another plan",
  next: "What happens next",
  steps: {
    standing: "The seller has confirmed in advance; the agreement is made when you confirm it.",
    approval: "The seller has 7 days to confirm; after that the proposal lapses and nothing is owed.",
    pay: "You pay within 3 days of the agreement; the money is held.",
    free: "The market delivers as soon as the agreement is made; nothing is paid.",
    accept: (days) => `After delivery you have ${days} to accept or to object.`,
  },
  propose: "Propose the trade",
  proposing: "Proposing…",
  notVerified: "Your organisation is not verified yet",
  notVerifiedLead: "You can propose now; verification is needed before the payment.",
  verify: "Have the organisation verified",
  cannot: "A trade cannot be proposed now",
  back: "Back to the listing",
}

export const propose = { zh, en } satisfies Record<Locale, typeof zh>
