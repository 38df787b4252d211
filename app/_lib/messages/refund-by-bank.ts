/** Paying by bank a refund that the payment provider refuses. */
const zh = {
  byBank: "申请改由银行退款",
  byBankTitle: "改由银行退款",
  byBankLead:
    "支付机构一再拒绝时使用。请先通过已登记的联系方式向需方核实账户。另一人复核后不再向支付机构发起退款。",
  byBankAccountHint: "开户行、户名与账号，写在一行。仅需方与运营机构可见。",
  byBankNoteHint: "支付机构拒绝的原因，以及账户如何核实。",
  byBankAsked: (note: string) => `已申请改由银行退款：${note}。须由另一人复核。`,
  byBankConfirm: "复核银行退款",
  byBankConfirmLead: "您以第二人身份确认：该笔退款由银行付至上述账户，不再向支付机构发起退款。",
  byBankDrop: "不改由银行退款",
  byBankDropLead: "申请将结束，系统继续通过支付机构退款。",
  legRefused: "支付机构拒绝将这笔款项退还需方。系统会按间隔重试；若不会再成功，可改由银行退款。",
}

const en: typeof zh = {
  byBank: "Ask to pay by bank",
  byBankTitle: "Pay this refund by bank",
  byBankLead:
    "For a refund that the provider keeps refusing. Ask the buyer for their account by a contact that was known before. Once a second person has confirmed it, the provider is not asked again.",
  byBankAccountHint: "Bank, holder and number in one line. Only the buyer and the operator read it.",
  byBankNoteHint: "Why the provider refuses, and how the account was checked.",
  byBankAsked: (note) => `Somebody has asked to pay it by bank: ${note}. A second person has to confirm it.`,
  byBankConfirm: "Confirm payment by bank",
  byBankConfirmLead:
    "As the second person you confirm that this refund is paid by bank to the account shown, and that the provider is not asked again.",
  byBankDrop: "Do not pay by bank",
  byBankDropLead: "The request ends, and the provider is asked again.",
  legRefused:
    "The provider refuses to send this money back to the buyer. It is asked again from time to time; if that will not succeed, the refund can be paid by bank.",
}

export const refundByBank = { zh, en }
