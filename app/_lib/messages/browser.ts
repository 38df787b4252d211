import type { Locale } from "#contracts/localized-text.ts"

/** The few words that components in the browser need; what is written here is sent with every page. */
const zh = {
  copy: "复制",
  copied: "已复制",
  close: "关闭",
  cancel: "取消",
  error: "页面未能显示",
  errorWhy: "系统内部错误，没有写入任何不完整的内容。请重试；若仍不行，请把请求编号告知运营机构。",
  requestId: "请求编号",
  retry: "重试",
  goHome: "返回首页",
  offline: "未能连接到服务器；您的操作没有重复提交，可以放心重试。",
}

const en: typeof zh = {
  copy: "Copy",
  copied: "Copied",
  close: "Close",
  cancel: "Cancel",
  error: "This page could not be shown",
  errorWhy:
    "Something went wrong on our side; nothing was half-written. Try again; if it stays so, name the request id to the operator.",
  requestId: "Request id",
  retry: "Try again",
  goHome: "Go to the home page",
  offline: "The server could not be reached. Nothing was sent twice; it is safe to try again.",
}

export const browser = { zh, en } satisfies Record<Locale, typeof zh>
