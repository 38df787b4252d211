/** Text made safe for HTML, attribute values included. */
export const escapeHtml = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;")

export type PageLocale = "zh" | "en"

/** The page's language: the one asked for, else the session's, else English. */
export function pageLocale(asked: string | null, stored: string | null): PageLocale {
  const wanted = asked ?? stored ?? "en"
  return wanted.startsWith("zh") ? "zh" : "en"
}

const banner = {
  zh: "本地模拟，不涉及真实资金",
  en: "Local stand-in for Stripe, no real money",
}

const style = `
:root{color-scheme:light dark;--ink:#1a1f2b;--dim:#5b6472;--line:#d5d9e0;--paper:#fff;--ground:#f4f5f7;--accent:#0f5bd7;--bad:#b3261e;--warn:#fff3d6;--warn-ink:#5c4300}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaee;--dim:#a4adba;--line:#3a4250;--paper:#171b23;--ground:#0f1218;--accent:#7fb0ff;--bad:#ff9b92;--warn:#3b2f0f;--warn-ink:#ffe2a0}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
p.banner{margin:0;background:var(--warn);color:var(--warn-ink);padding:10px 20px;text-align:center;font-weight:600}
.languages{max-width:880px;margin:0 auto;padding:16px 20px 0;text-align:right}
main{max-width:880px;margin:0 auto;padding:16px 20px 48px;display:grid;gap:24px;grid-template-columns:1fr}
@media (min-width:760px){main.split{grid-template-columns:1fr 1fr;grid-template-rows:auto 1fr;align-items:start}main.split>:nth-child(2){grid-column:2;grid-row:1/span 2}}
.card{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:24px}
h1{font-size:20px;margin:0 0 12px}h2{font-size:15px;margin:0 0 8px}
.total{font-size:28px;font-weight:650;font-variant-numeric:tabular-nums;margin:4px 0 16px}
.dim{color:var(--dim)}dl{display:grid;grid-template-columns:1fr auto;gap:8px 16px;margin:0}dd{margin:0;font-variant-numeric:tabular-nums}
label{display:block;font-weight:600;margin:14px 0 4px}
input{width:100%;font:inherit;color:inherit;background:var(--ground);border:1px solid var(--dim);border-radius:6px;padding:9px 11px;font-variant-numeric:tabular-nums}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:12px}
button{width:100%;margin-top:20px;font:inherit;font-weight:650;padding:11px;border:0;border-radius:6px;background:var(--accent);color:var(--paper);cursor:pointer}
button.plain{background:none;color:var(--accent);border:1px solid var(--line);margin-top:10px}
a{color:var(--accent)}:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.error{border:1px solid var(--bad);color:var(--bad);border-radius:6px;padding:10px 12px;margin:0 0 12px}
table{border-collapse:collapse;width:100%;font-size:13px}td,th{text-align:left;padding:6px 0;border-top:1px solid var(--line)}td code{white-space:nowrap}main.split td code{padding-right:14px}
.wide main,.wide .languages{max-width:1240px}
.wide .card{padding:20px 24px;min-width:0}
.wide th{font-weight:600;color:var(--dim);white-space:nowrap}.wide td,.wide th{padding:7px 20px 7px 0}
.wide .n{text-align:right}.wide td.n,.wide time{font-variant-numeric:tabular-nums;white-space:nowrap}
.scroll{overflow-x:auto}.scroll td{white-space:nowrap}.scroll .row{flex-wrap:nowrap}
.wide .card>p{margin:4px 0}.wide .card>.row{margin-top:14px}
@media (max-width:600px){.wide .card{padding:16px}.wide td,.wide th{padding-right:14px}}
.row{display:flex;flex-wrap:wrap;gap:8px}
button.small{width:auto;margin:0;padding:4px 12px;min-height:30px;font-size:13px;font-weight:550;background:none;color:var(--accent);border:1px solid var(--dim);white-space:nowrap}
button.small:hover{border-color:var(--accent)}
.state{white-space:nowrap}.state::before{content:"";display:inline-block;width:8px;height:8px;border-radius:50%;margin-right:7px;background:var(--dim)}
.state.good::before{background:#1f8a4c}.state.bad::before{background:#cf3a30}.state.wait::before{background:#c98a00}
`

/** A whole page; `content` is HTML already. Works without JavaScript and loads nothing. */
export function page(
  locale: PageLocale,
  title: string,
  content: string,
  layout: "" | "split" | "wide" = "",
): string {
  const other = locale === "zh" ? "en" : "zh"
  return `<!doctype html>
<html${layout === "wide" ? ' class="wide"' : ""} lang="${locale === "zh" ? "zh-CN" : "en"}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><header><p class="banner">${banner[locale]}</p>
<p class="languages"><a href="?lang=${other}" lang="${other}">${other === "zh" ? "中文" : "English"}</a></p></header>
<main${layout === "" ? "" : ` class="${layout}"`}>${content}</main></body></html>
`
}
