/**
 * A refusal is an expected "no": a value, never thrown. The list is closed, each code is named after the rule
 * that was broken, and its order is its precedence: when several rules are broken, the first one here is told.
 * This one table turns a code into an HTTP status, a retry hint and sentences. Bugs are thrown instead.
 */
type Spec = {
  /** HTTP status. Things of another party are 404, as if they did not exist. */
  http: 400 | 401 | 402 | 403 | 404 | 409 | 410 | 413 | 415 | 416 | 422 | 423 | 429 | 500 | 503
  /** True when the same call may succeed later without the caller changing anything. */
  transient?: true
  en: string
  zh: string
}

export const refusals = {
  // The edge: what the door could not read.
  malformed_request: { http: 400, en: "The request could not be read.", zh: "无法读取该请求。" },
  cross_site: {
    http: 403,
    en: "This was sent by another site's page and has not been carried out.",
    zh: "该请求由其他网站的页面发出，未予执行。",
  },
  invalid_input: { http: 400, en: "Some of what was entered is not valid.", zh: "填写的内容有误。" },
  body_too_large: { http: 413, en: "This is larger than accepted here.", zh: "内容超过允许的大小。" },
  too_many_requests: {
    http: 429,
    transient: true,
    en: "Too many requests; please wait a moment.",
    zh: "请求过于频繁，请稍候再试。",
  },

  // Who is asking.
  not_signed_in: { http: 401, en: "Please sign in first.", zh: "请先登录。" },
  bad_credentials: { http: 401, en: "E-mail or password is wrong.", zh: "邮箱或密码错误。" },
  email_taken: { http: 409, en: "An account with this e-mail exists already.", zh: "该邮箱已注册。" },
  password_too_weak: {
    http: 400,
    en: "The password needs at least 10 characters.",
    zh: "密码至少需要 10 个字符。",
  },
  no_party: { http: 403, en: "Choose or register an organisation first.", zh: "请先选择或登记一个主体。" },
  role_not_allowed: {
    http: 403,
    en: "Your organisation's role does not allow this.",
    zh: "您所属主体的角色不允许此操作。",
  },
  member_role_not_allowed: {
    http: 403,
    en: "Your role within the organisation does not allow this.",
    zh: "您在本主体内的角色不允许此操作。",
  },
  own_matter: {
    http: 403,
    en: "This concerns your own organisation; another operator has to decide it.",
    zh: "此事项涉及您所属的主体，须由其他运营机构办理。",
  },
  not_found: {
    http: 404,
    en: "There is no such thing, or it is not yours to see.",
    zh: "不存在，或您无权查看。",
  },

  // The command itself.
  command_reused: {
    http: 409,
    en: "This action's id was already used for another action.",
    zh: "该操作编号已用于另一项操作。",
  },
  stale_version: {
    http: 409,
    transient: true,
    en: "It changed meanwhile; reload and look again.",
    zh: "内容已发生变化，请刷新后再试。",
  },
  too_busy: {
    http: 503,
    transient: true,
    en: "The market is busy; please try again.",
    zh: "系统繁忙，请稍后再试。",
  },

  // Supervision stands before the trade's own rules.
  frozen: {
    http: 423,
    en: "Supervision has frozen this; it cannot go on until it is released.",
    zh: "已被监管冻结，解除前不能继续。",
  },
  freeze_not_active: { http: 409, en: "This freeze is no longer active.", zh: "该冻结已不再有效。" },
  legal_basis_missing: {
    http: 400,
    en: "A reason code and a document number are needed.",
    zh: "须填写理由代码和文书编号。",
  },
  retention_not_over: {
    http: 409,
    en: "This must be kept until its retention ends.",
    zh: "保存期限届满前不得删除。",
  },

  not_erasable: {
    http: 409,
    en: "This cannot be erased by itself: a trade, an order or the book consists of it.",
    zh: "该项内容构成交易、监管文书或资金账簿，不能单独删除。",
  },
  product_in_trade: {
    http: 409,
    en: "A trade over this product is under way; its data can be erased once every trade has ended.",
    zh: "该产品尚有进行中的交易，须待所有交易结束后方可删除其数据。",
  },
  product_erased: {
    http: 410,
    en: "The data of this product were erased.",
    zh: "该产品的数据已删除。",
  },
  erasure_asked: {
    http: 409,
    en: "This erasure was asked for with the same reason already, and that request has not ended.",
    zh: "已有同一理由的删除申请，尚未办结。",
  },
  erasure_state: {
    http: 409,
    en: "The erasure's state does not allow this.",
    zh: "删除申请的当前状态不允许此操作。",
  },
  erasure_own_request: {
    http: 403,
    en: "Whoever asked for an erasure does not decide on it; somebody else has to.",
    zh: "提出删除申请的人不能自行决定，须由另一人办理。",
  },
  hold_active: {
    http: 409,
    en: "Supervision holds this: nothing of it is erased until the hold is lifted.",
    zh: "监管机构已要求保全，解除前不得删除。",
  },
  hold_state: { http: 409, en: "The hold's state does not allow this.", zh: "保全的当前状态不允许此操作。" },

  // Parties.
  party_not_verified: {
    http: 403,
    en: "Both organisations must be verified before a trade is paid.",
    zh: "付款前双方主体均须通过身份核验。",
  },
  party_already_verified: {
    http: 409,
    en: "This organisation is verified already.",
    zh: "该主体已通过核验。",
  },
  party_state: {
    http: 409,
    en: "The organisation's state does not allow this.",
    zh: "主体的当前状态不允许此操作。",
  },
  credit_code_malformed: {
    http: 422,
    en: "A unified social credit code has 18 digits and capital letters, without I, O, S, V and Z.",
    zh: "统一社会信用代码由 18 位数字和大写字母组成，不使用 I、O、S、V、Z。",
  },
  credit_code_check_digit: {
    http: 422,
    en: "The unified social credit code's check digit is wrong.",
    zh: "统一社会信用代码的校验位不正确。",
  },
  vat_id_malformed: {
    http: 422,
    en: "The VAT id does not have the form of its country.",
    zh: "增值税号格式与所属国家不符。",
  },
  identifier_taken: {
    http: 409,
    en: "An organisation with this identifier is registered already.",
    zh: "该证件号码已登记。",
  },
  member_exists: { http: 409, en: "This person is a member already.", zh: "该成员已存在。" },
  last_administrator: {
    http: 409,
    en: "An organisation needs at least one administrator.",
    zh: "主体至少需要一名管理员。",
  },

  // Files.
  upload_not_open: {
    http: 409,
    en: "This upload is finished or was cancelled.",
    zh: "该上传已完成或已取消。",
  },
  file_empty: { http: 422, en: "The file is empty.", zh: "文件为空。" },
  file_type_unknown: {
    http: 415,
    en: "Only CSV, JSON, JSON Lines and Parquet files can be listed now.",
    zh: "目前仅支持 CSV、JSON、JSON Lines 和 Parquet 文件。",
  },
  file_malformed: {
    http: 422,
    en: "The file could not be read as what it claims to be.",
    zh: "无法按所声明的格式读取该文件。",
  },
  file_encoding_unknown: {
    http: 422,
    en: "The file's text is neither UTF-8, UTF-16 nor GB18030.",
    zh: "文件编码不是 UTF-8、UTF-16 或 GB18030。",
  },
  file_has_no_rows: { http: 422, en: "The file has no rows.", zh: "文件没有数据行。" },
  too_many_columns: {
    http: 422,
    en: "The file has more columns than accepted (4,096).",
    zh: "文件列数超过上限（4,096 列）。",
  },
  file_is_archive: {
    http: 415,
    en: "This is an archive; upload the data file itself.",
    zh: "这是压缩包，请直接上传数据文件。",
  },
  profile_over_limit: {
    http: 422,
    en: "Measuring the file took more memory or time than allowed.",
    zh: "测量该文件超出内存或时间限制。",
  },
  profile_not_ready: {
    http: 409,
    transient: true,
    en: "The file is still being measured.",
    zh: "文件仍在测量中。",
  },

  // Rights gate and registration.
  source_missing: { http: 422, en: "The data's source is not stated.", zh: "未说明数据来源。" },
  licence_missing: {
    http: 422,
    en: "The right to trade the data (licence or other basis) is not stated.",
    zh: "未说明可交易该数据的权利依据（许可或其他依据）。",
  },
  licence_forbids_trade: {
    http: 422,
    en: "The source's licence does not allow this use.",
    zh: "来源许可不允许此种使用。",
  },
  operation_right_missing: {
    http: 422,
    en: "Selling needs the right of operation (数据经营权).",
    zh: "出售须具备数据经营权。",
  },
  grade_core_refused: { http: 422, en: "Core data cannot be traded here.", zh: "核心数据不得在此交易。" },
  grade_approval_missing: {
    http: 422,
    en: "Important data needs an approval document.",
    zh: "重要数据须有审批文件。",
  },
  personal_data_basis_missing: {
    http: 422,
    en: "Personal data needs a legal basis and an impact assessment.",
    zh: "个人信息须说明合法性基础并完成影响评估。",
  },
  cross_border_document_missing: {
    http: 422,
    en: "Transfer abroad needs its document.",
    zh: "数据出境须有相应文件。",
  },
  registration_not_reviewed: {
    http: 409,
    en: "The registration has not passed review.",
    zh: "登记尚未通过审核。",
  },
  registration_state: {
    http: 409,
    en: "The registration's state does not allow this.",
    zh: "登记的当前状态不允许此操作。",
  },

  // Rights policies.
  policy_contradictory: {
    http: 422,
    en: "The rights policy allows and forbids the same thing.",
    zh: "使用许可策略对同一事项既允许又禁止。",
  },
  policy_exceeds_rights: {
    http: 422,
    en: "The rights policy gives more than the source allows.",
    zh: "使用许可策略超出来源许可的范围。",
  },
  purpose_not_permitted: {
    http: 422,
    en: "The rights do not allow the wanted use.",
    zh: "权利不允许所需的用途。",
  },

  // Listings and plans.
  listing_state: {
    http: 409,
    en: "The listing's state does not allow this.",
    zh: "挂牌的当前状态不允许此操作。",
  },
  listing_not_published: { http: 409, en: "This listing is not for sale.", zh: "该产品未在挂牌中。" },
  price_invalid: {
    http: 422,
    en: "The price must be a positive amount with the decimals of its currency; in KWD the third is 0.",
    zh: "价格须为正数，且小数位数符合币种规定；科威特第纳尔的第三位小数须为 0。",
  },
  tax_rate_invalid: {
    http: 422,
    en: "The tax rate must be a percentage from 0 to 50 with two decimals at most.",
    zh: "税率须为 0 至 50 之间的百分数，最多两位小数。",
  },
  currency_unknown: { http: 422, en: "This currency is not known here.", zh: "不支持该币种。" },
  plan_not_found: { http: 404, en: "This plan is not offered.", zh: "没有该定价方案。" },
  no_seat_left: { http: 409, en: "The last seat has just been taken.", zh: "名额已满。" },

  // Requests and matches.
  request_state: {
    http: 409,
    en: "The request's state does not allow this.",
    zh: "需求的当前状态不允许此操作。",
  },
  price_over_cap: { http: 422, en: "The price is over the request's cap.", zh: "价格超过需求的上限。" },
  match_not_eligible: {
    http: 409,
    en: "This match was refused by the rules and cannot be taken.",
    zh: "该匹配未通过规则，不能采用。",
  },

  // Trades.
  own_listing: { http: 409, en: "An organisation cannot buy from itself.", zh: "主体不能与自己交易。" },
  trade_step_not_allowed: {
    http: 409,
    en: "The trade is not at the step where this can be done.",
    zh: "交易当前所处步骤不允许此操作。",
  },
  agreement_changed: {
    http: 409,
    en: "The agreement is not the one that was shown; read it again.",
    zh: "合同文本已变化，请重新阅读。",
  },
  already_confirmed: { http: 409, en: "You have confirmed this agreement already.", zh: "您已确认该合同。" },
  deadline_passed: { http: 409, en: "The time for this step is over.", zh: "该步骤的期限已过。" },
  deadline_not_reached: { http: 409, en: "The time for this step has not come.", zh: "该步骤的期限尚未到。" },
  approver_is_requester: {
    http: 403,
    en: "By your organisation's rules somebody other than the requester approves a purchase of this amount.",
    zh: "按贵方采购规则，该金额的采购须由发起人以外的成员批准。",
  },
  approval_needs_administrator: {
    http: 403,
    en: "By your organisation's rules an administrator approves a purchase of this amount.",
    zh: "按贵方采购规则，该金额的采购须由管理员批准。",
  },
  budget_exceeded: {
    http: 409,
    en: "This purchase exceeds your organisation's budget for the year. An administrator can change it.",
    zh: "该采购超出贵方本年度预算。管理员可以调整预算。",
  },
  too_many_invoices: {
    http: 409,
    en: "The invoice of this trade has been changed as often as it may.",
    zh: "该订单的发票号码更改次数已达上限。",
  },
  invoice_number_invalid: {
    http: 422,
    en: "An e-invoice of mainland China has a number of 20 digits; elsewhere it has up to 40 letters and digits.",
    zh: "数电票号码为 20 位数字；境外发票号码为不超过 40 位的字母和数字。",
  },
  trade_not_funded: { http: 402, en: "The trade is not funded.", zh: "交易尚未付款。" },
  delivery_check_failed: {
    http: 409,
    en: "What was delivered is not what was registered.",
    zh: "交付内容与登记内容不符。",
  },
  dispute_open: {
    http: 409,
    en: "A dispute is open; nothing moves until it is resolved.",
    zh: "争议处理中，资金暂不划转。",
  },
  split_invalid: {
    http: 422,
    en: "The parts of the split must add up to what is held.",
    zh: "分配金额之和须等于待结算款。",
  },

  // Money.
  chargeback_open: {
    http: 409,
    en: "A chargeback is open against this payment; nothing leaves it until the bank has decided.",
    zh: "该笔付款有未决的拒付，银行裁定前款项不予划出。",
  },
  chargeback_state: {
    http: 409,
    en: "The chargeback's state does not allow this.",
    zh: "拒付的当前状态不允许此操作。",
  },
  chargeback_waits: {
    http: 409,
    transient: true,
    en: "The provider has not said yet what became of money that was on its way.",
    zh: "支付机构尚未确认在途款项的结果。",
  },
  // A bank's statement that an operator brings, and what its lines confirm.
  bank_file_empty: { http: 422, en: "The file is empty.", zh: "文件为空。" },
  bank_file_encoding: {
    http: 415,
    en: "The file is no text in UTF-8 or GB18030; a workbook has to be saved as CSV first.",
    zh: "文件不是 UTF-8 或 GB18030 文本；如为电子表格，请先另存为 CSV。",
  },
  bank_file_form: {
    http: 415,
    en: "This is no statement that can be read: neither a camt.053 nor a CSV with headings for date and amount.",
    zh: "无法识别该对账单：既不是 camt.053，也不是含“日期”和“金额”表头的 CSV。",
  },
  bank_file_csv: {
    http: 422,
    en: "Row {row}: the CSV is broken there (quotes or the number of columns).",
    zh: "第 {row} 行：CSV 格式有误（引号或列数不符）。",
  },
  bank_file_doctype: {
    http: 422,
    en: "Row {row}: the XML declares a document type; such a file is not read.",
    zh: "第 {row} 行：XML 含文档类型声明，此类文件不予读取。",
  },
  bank_file_xml: { http: 422, en: "Row {row}: the XML is broken there.", zh: "第 {row} 行：XML 格式有误。" },
  bank_file_deep: {
    http: 422,
    en: "Row {row}: the XML is nested deeper, or one part of it is larger, than a statement is.",
    zh: "第 {row} 行：XML 嵌套过深，或其中一部分过大，不符合对账单格式。",
  },
  bank_file_lines: {
    http: 413,
    en: "The file has more than {most} lines; export a shorter period.",
    zh: "文件超过 {most} 笔明细，请导出较短的期间。",
  },
  bank_file_no_lines: {
    http: 422,
    en: "The file has no line that is booked.",
    zh: "文件中没有已入账的明细。",
  },
  bank_file_account: {
    http: 409,
    en: "Row {row}: this is a statement of another account than the market's own.",
    zh: "第 {row} 行：该对账单不属于本平台的银行账户。",
  },
  bank_file_currency: {
    http: 409,
    en: "Row {row}: the currency there is not {expected}, which was chosen for this file.",
    zh: "第 {row} 行：币种与所选的 {expected} 不一致。",
  },
  bank_row_date: {
    http: 422,
    en: "Row {row}: the date cannot be read; write it as 2026-11-27.",
    zh: "第 {row} 行：日期无法识别，请使用 2026-11-27 的格式。",
  },
  bank_row_future: {
    http: 422,
    en: "Row {row}: the date lies in the future.",
    zh: "第 {row} 行：日期晚于今天。",
  },
  bank_row_amount: {
    http: 422,
    en: "Row {row}: the amount cannot be read, has no clear direction, or has too many decimals.",
    zh: "第 {row} 行：金额无法识别、收支方向不明或小数位过多。",
  },
  bank_row_formula: {
    http: 422,
    en: "Row {row}: a cell holds a formula; save the file with values only.",
    zh: "第 {row} 行：单元格含公式，请仅保留数值后再导出。",
  },
  bank_row_text: {
    http: 422,
    en: "Row {row}: a text there is longer than a transfer's can be, or no plain text.",
    zh: "第 {row} 行：文字过长或含有非文本字符。",
  },
  bank_row_balance: {
    http: 422,
    en: "Row {row}: the balance is not what the balance before it and the amount come to.",
    zh: "第 {row} 行：余额与上一余额加本行金额不符。",
  },
  bank_file_balance: {
    http: 422,
    en: "Row {row}: opening balance and lines do not come to the closing balance there.",
    zh: "第 {row} 行：期初余额加全部明细与期末余额不符。",
  },
  bank_line_changed: {
    http: 409,
    en: "Row {row}: an earlier file told the line with this number otherwise; nothing was imported. Ask the bank which is right.",
    zh: "第 {row} 行：此流水号在先前导入的文件中内容不同；未导入任何明细，请向银行核实。",
  },
  bank_line_state: {
    http: 409,
    en: "This line has been dealt with meanwhile.",
    zh: "该笔明细已被处理。",
  },
  bank_match_differs: {
    http: 409,
    en: "This is no longer the match that was shown; look at the line again.",
    zh: "匹配结果已与所示不同，请重新查看该笔明细。",
  },
  bank_number_used: {
    http: 409,
    en: "This number of the bank's has confirmed something else already; one transfer pays for one thing.",
    zh: "该银行流水号已用于确认另一笔款项；一笔转账只能确认一项。",
  },

  payout_too_large: {
    http: 409,
    en: "This is more than the platform's own money at the provider.",
    zh: "超过平台在支付机构的自有资金。",
  },
  correction_state: {
    http: 409,
    en: "The correction's state does not allow this.",
    zh: "调账的当前状态不允许此操作。",
  },
  tax_too_large: {
    http: 409,
    en: "This is more than is owed as tax.",
    zh: "超过应交税费的余额。",
  },
  payout_state: {
    http: 409,
    en: "The payout's state does not allow this.",
    zh: "提现的当前状态不允许此操作。",
  },
  payment_state: {
    http: 409,
    en: "The payment's state does not allow this.",
    zh: "付款的当前状态不允许此操作。",
  },
  payment_mismatch: {
    http: 409,
    en: "The payment's amount, currency or reference is not ours.",
    zh: "付款的金额、币种或参考号与订单不符。",
  },
  held_funds_too_small: { http: 409, en: "Less is held than this would move.", zh: "待结算款不足。" },
  refund_too_large: {
    http: 409,
    en: "This is more than can still be given back of this payment.",
    zh: "超过该笔付款可退还的金额。",
  },
  too_many_refunds: {
    http: 409,
    en: "This payment has had as many refunds as it may; only all that is left can still be given back.",
    zh: "该笔付款的退款次数已达上限，仅可一次退还全部余额。",
  },
  refund_state: {
    http: 409,
    en: "The refund's state does not allow this.",
    zh: "退款的当前状态不允许此操作。",
  },
  refund_not_refused: {
    http: 409,
    en: "The provider has not refused the last attempt of this refund, or its outcome is not known: it cannot be paid by bank yet.",
    zh: "支付机构尚未拒绝该笔退款的最近一次尝试，或其结果尚不明确，暂不能改由银行退款。",
  },
  refund_waits: {
    http: 409,
    en: "The seller gave this back after being paid; it goes to the buyer once the seller has paid their part of it.",
    zh: "供方在收款之后自行退款，须待其还清应退部分后才能退给需方。",
  },
  debt_state: {
    http: 409,
    en: "The debt's state does not allow this.",
    zh: "欠款的当前状态不允许此操作。",
  },
  debt_too_small: { http: 409, en: "Less is owed than this.", zh: "超过尚欠的金额。" },
  second_person: {
    http: 403,
    en: "A second person of the operator's has to confirm this.",
    zh: "须由运营机构的另一人复核确认。",
  },
  amount_changed: {
    http: 409,
    en: "The amount has changed since this page was read; reload, and compare it with what was paid.",
    zh: "金额在打开本页后发生变化，请刷新后与实际付款核对。",
  },
  payee_changed: {
    http: 409,
    en: "The seller's account has changed since this release was decided; an operator has to confirm the new one first.",
    zh: "供方的收款账户在确定付款后发生变更，须先由运营机构确认新账户。",
  },
  payee_not_ready: {
    http: 409,
    transient: true,
    en: "The seller's payout account is not active yet.",
    zh: "供方收款账户尚未启用。",
  },
  balance_too_small: {
    http: 409,
    en: "The balance does not suffice for this.",
    zh: "预存款余额不足。",
  },
  top_up_state: {
    http: 409,
    en: "The top-up's state does not allow this.",
    zh: "充值的当前状态不允许此操作。",
  },
  too_many_top_ups: {
    http: 409,
    en: "As many top-ups as may are waiting for their money; cancel those that you no longer want.",
    zh: "待到账的充值已达上限，请先取消不再需要的充值。",
  },
  withdrawal_state: {
    http: 409,
    en: "The withdrawal's state does not allow this.",
    zh: "余额转出的当前状态不允许此操作。",
  },
  withdrawal_maybe_paid: {
    http: 409,
    en: "This withdrawal is approved, so the bank may have paid it already; say that you have looked and it has not.",
    zh: "该笔余额转出已批准，银行可能已付出；请先核对，并声明尚未付出。",
  },
  withdrawal_owing: {
    http: 409,
    en: "The organisation owes the platform money in this currency; take the withdrawal back, or pay what is owed first.",
    zh: "该主体尚欠平台该币种款项；请撤回转出，或先清偿欠款。",
  },
  too_many_withdrawals: {
    http: 409,
    en: "As many withdrawals as may are under way.",
    zh: "办理中的余额转出已达上限。",
  },
  withdrawal_other_person: {
    http: 403,
    en: "Whoever has had a part in a withdrawal does not take its next step; somebody else has to.",
    zh: "已参与该笔余额转出的人不能办理下一步，须由另一人办理。",
  },
  withdrawal_own_approver: {
    http: 409,
    en: "The organisation has another member who may approve this; the operator approves only where there is none.",
    zh: "该主体另有可批准的成员，须由其批准；仅在没有时由运营机构复核。",
  },
  withdrawal_account_changed: {
    http: 409,
    en: "The organisation has another bank account now than when this was asked; refuse it, and let them ask anew.",
    zh: "申请之后该主体变更了银行账户；请退回该笔申请，由其重新提出。",
  },
  bank_account_missing: {
    http: 409,
    en: "The organisation has no bank account on record yet.",
    zh: "主体尚未登记银行账户。",
  },
  rail_not_available: {
    http: 422,
    en: "This way of paying is not available for this trade.",
    zh: "该交易不能使用这种付款方式。",
  },
  provider_unavailable: {
    http: 503,
    transient: true,
    en: "The payment provider does not answer; nothing was charged twice.",
    zh: "支付服务暂无响应；不会重复扣款。",
  },
  webhook_signature: {
    http: 400,
    en: "The webhook's signature is wrong, stale or from the future.",
    zh: "回调签名错误、过期或时间超前。",
  },
  webhook_mode: {
    http: 400,
    en: "This is an event of the other mode: live and test are kept apart.",
    zh: "该回调属于另一模式：正式环境与测试环境互不相通。",
  },

  // Delivery.
  grant_not_begun: {
    http: 403,
    en: "The agreed time of use has not begun yet.",
    zh: "约定的使用期限尚未开始。",
  },
  grant_used_up: {
    http: 403,
    en: "The agreed number of downloads is used up.",
    zh: "约定的下载次数已用完。",
  },
  grant_expired: { http: 410, en: "This grant has expired.", zh: "授权已过期。" },
  grant_revoked: { http: 403, en: "This grant was revoked.", zh: "授权已撤销。" },
  range_not_satisfiable: { http: 416, en: "The file has no such range.", zh: "文件没有该范围。" },

  // The ledger.
  log_behind: {
    http: 503,
    en: "The database is behind the last published checkpoint; sealing has stopped so as not to fork the log.",
    zh: "数据库落后于最近公布的检查点；为避免日志分叉，已停止封存。",
  },
  key_change_open: {
    http: 409,
    en: "The log's last change of key is not finished: its record is on its way, or the key before is still kept.",
    zh: "日志上一次密钥更换尚未完成：更换记录尚在处理，或原密钥仍被保留。",
  },
  log_key_missing: {
    http: 503,
    en: "The log's signing key is missing or another one; sealing has stopped.",
    zh: "日志签名密钥缺失或不匹配；已停止封存。",
  },
  certificate_of_other_log: {
    http: 404,
    en: "This certificate's number belongs to another log than this market's.",
    zh: "该存证证明编号属于另一日志，不是本市场的日志。",
  },
  not_sealed_yet: {
    http: 409,
    transient: true,
    en: "The record is not sealed yet; try again in a moment.",
    zh: "记录尚未封存，请稍候。",
  },
  export_withdrawn: {
    http: 410,
    en: "This bundle held values that have been erased since, and was deleted; ask for a new one.",
    zh: "该导出包含有此后已删除的内容，已被销毁；请重新申请导出。",
  },
  range_invalid: { http: 400, en: "The range is not valid.", zh: "范围无效。" },

  internal: {
    http: 500,
    en: "Something went wrong on our side; nothing was half-written.",
    zh: "系统内部错误；没有写入任何不完整的内容。",
  },
} as const satisfies Record<string, Spec>

export type RefusalCode = keyof typeof refusals

/** `at` names the field or the thing refused; `detail` holds plain facts (never secrets) for the sentence's reader. */
export type Refusal = {
  readonly refused: RefusalCode
  readonly at?: string
  readonly detail?: Readonly<Record<string, string | number>>
}

export function refuse(refused: RefusalCode, at?: string, detail?: Record<string, string | number>): Refusal {
  return { refused, ...(at === undefined ? {} : { at }), ...(detail === undefined ? {} : { detail }) }
}

/** An answer may have a member of the same name that is no code: a matching round tells which listings it refused. */
export function isRefusal(value: unknown): value is Refusal {
  return (
    typeof value === "object" && value !== null && "refused" in value && typeof value.refused === "string"
  )
}

const precedence = new Map(Object.keys(refusals).map((code, order) => [code, order]))

/** The refusal that is told when several rules are broken: the one that stands first in the table. */
export function firstRefusal(found: readonly Refusal[]): Refusal | null {
  let first: Refusal | null = null
  for (const refusal of found)
    if (first === null || (precedence.get(refusal.refused) ?? 0) < (precedence.get(first.refused) ?? 0))
      first = refusal
  return first
}

/** Orders refusals as the table does, to tell several at once. */
export const byPrecedence = (a: Refusal, b: Refusal): number =>
  (precedence.get(a.refused) ?? 0) - (precedence.get(b.refused) ?? 0)

export const transient = (code: RefusalCode): boolean => "transient" in refusals[code]

/** The sentence, with the facts that it names: `{row}` is the row of a file. */
export function sentence({ refused, detail }: Refusal, locale: "zh" | "en"): string {
  const text: string = refusals[refused][locale]
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(detail?.[name] ?? "—"))
}
