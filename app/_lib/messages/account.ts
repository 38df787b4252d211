const zh = {
  signIn: "登录",
  signInLead: "登录后可以购买、挂牌和管理交易；搜索和阅读无须登录。",
  signUp: "注册账户",
  signUpLead: "账户属于个人；注册后再登记或加入您代表的主体。",
  name: "姓名",
  email: "邮箱",
  password: "密码",
  passwordHint: "至少 10 个字符，可以粘贴。",
  remember: "在此设备上保持登录",
  working: "请稍候…",
  noAccount: "还没有账户？",
  haveAccount: "已有账户？",
}
const en: typeof zh = {
  signIn: "Sign in",
  signInLead: "Sign in to buy, to list and to follow your trades. Searching and reading need no account.",
  signUp: "Create an account",
  signUpLead: "An account is a person's. Register or join the organisation you act for afterwards.",
  name: "Name",
  email: "E-mail",
  password: "Password",
  passwordHint: "At least 10 characters; pasting is fine.",
  remember: "Stay signed in on this device",
  working: "One moment…",
  noAccount: "No account yet?",
  haveAccount: "Have an account already?",
}

export const account = { zh, en }
