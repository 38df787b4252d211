import type { Locale } from "#contracts/localized-text.ts"
import { defaultLocale } from "./locale.ts"

/** The only maker of addresses. Filters and cursors are query members, left out when empty. */
export type Query = Readonly<Record<string, string | number | readonly string[] | null | undefined>>

export const listingTabs = [
  "overview",
  "data",
  "quality",
  "rights",
  "versions",
  "delivery",
  "ledger",
] as const
export type ListingTab = (typeof listingTabs)[number]

export const productSteps = ["file", "registration", "rights", "listing"] as const
export type ProductStep = (typeof productSteps)[number]

export const operatorQueues = [
  "registrations",
  "parties",
  "payments",
  "disputes",
  "chargebacks",
  "erasures",
] as const
export type OperatorQueue = (typeof operatorQueues)[number]

/** `?a=1&b=x&b=y`, members in the order given; an empty text when nothing is left. */
export function queryText(query: Query): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== "") search.append(name, String(one))
    }
  }
  const text = search.toString()
  return text === "" ? "" : `?${text}`
}

const segment = (text: string | number) => encodeURIComponent(String(text))

/** Every page of the market in one language: `const to = paths(locale); <Link href={to.trade(id)}>`. */
export function paths(locale: Locale) {
  const root = `/${locale}`
  return {
    home: () => root,
    search: (query: Query = {}) => `${root}/search${queryText(query)}`,
    listing: (id: string, tab: ListingTab = "overview", query: Query = {}) =>
      `${root}/listings/${segment(id)}${tab === "overview" ? "" : `/${tab}`}${queryText(query)}`,

    studio: (query: Query = {}) => `${root}/studio${queryText(query)}`,
    newProduct: () => `${root}/studio/new`,
    product: (id: string, step?: ProductStep) =>
      `${root}/studio/products/${segment(id)}${step ? `/${step}` : ""}`,

    requests: (query: Query = {}) => `${root}/requests${queryText(query)}`,
    newRequest: () => `${root}/requests/new`,
    request: (id: string, query: Query = {}) => `${root}/requests/${segment(id)}${queryText(query)}`,

    trades: (query: Query = {}) => `${root}/trades${queryText(query)}`,
    trade: (id: string) => `${root}/trades/${segment(id)}`,
    newTrade: (listing: string, plan: string) => `${root}/trades/new${queryText({ listing, plan })}`,
    checkout: (trade: string) => `${root}/trades/${segment(trade)}/checkout`,
    agreement: (trade: string) => `${root}/trades/${segment(trade)}/agreement`,
    delivery: (trade: string) => `${root}/trades/${segment(trade)}/delivery`,
    statement: (trade: string) => `${root}/trades/${segment(trade)}/statement`,
    statementPdf: (trade: string) => `${root}/trades/${segment(trade)}/statement/statement.pdf`,

    operator: () => `${root}/operator`,
    operatorQueue: (queue: OperatorQueue, query: Query = {}) =>
      `${root}/operator/${queue}${queryText(query)}`,
    payouts: () => `${root}/operator/payouts`,
    bankFiles: (query: Query = {}) => `${root}/operator/bank-files${queryText(query)}`,
    bankFile: (id: string, query: Query = {}) =>
      `${root}/operator/bank-files/${segment(id)}${queryText(query)}`,
    bankLine: (file: string, line: string, query: Query = {}) =>
      `${root}/operator/bank-files/${segment(file)}/lines/${segment(line)}${queryText(query)}`,
    finance: () => `${root}/operator/finance`,
    corrections: () => `${root}/operator/finance/corrections`,
    journals: (query: Query = {}) => `${root}/operator/finance/journals${queryText(query)}`,
    regulators: () => `${root}/operator/regulators`,
    operatorItem: (queue: OperatorQueue, id: string) => `${root}/operator/${queue}/${segment(id)}`,

    supervision: (query: Query = {}) => `${root}/supervision${queryText(query)}`,
    supervisedTrade: (id: string, query: Query = {}) =>
      `${root}/supervision/trades/${segment(id)}${queryText(query)}`,
    supervisedParty: (id: string, query: Query = {}) =>
      `${root}/supervision/parties/${segment(id)}${queryText(query)}`,
    freezes: (query: Query = {}) => `${root}/supervision/freezes${queryText(query)}`,
    newFreeze: (scope: string, target: string) =>
      `${root}/supervision/freezes/new${queryText({ scope, target })}`,
    freeze: (id: string) => `${root}/supervision/freezes/${segment(id)}`,
    exports: (query: Query = {}) => `${root}/supervision/exports${queryText(query)}`,
    exportRun: (id: string) => `${root}/supervision/exports/${segment(id)}`,
    ownExports: (query: Query = {}) => `${root}/exports${queryText(query)}`,
    ownExport: (id: string) => `${root}/exports/${segment(id)}`,
    holds: () => `${root}/supervision/holds`,
    openings: (query: Query = {}) => `${root}/supervision/openings${queryText(query)}`,

    ledger: (query: Query = {}) => `${root}/ledger${queryText(query)}`,
    record: (index: number) => `${root}/ledger/records/${segment(index)}`,
    checkpoints: (query: Query = {}) => `${root}/ledger/checkpoints${queryText(query)}`,
    checkpoint: (size: number, query: Query = {}) =>
      `${root}/ledger/checkpoints/${segment(size)}${queryText(query)}`,
    certificate: (index: number) => `${root}/certificates/${segment(index)}`,
    certificatePdf: (index: number, query: Query = {}) =>
      `${root}/certificates/${segment(index)}/certificate.pdf${queryText(query)}`,
    verify: (query: Query = {}) => `${root}/verify${queryText(query)}`,

    signIn: (next?: string) => `${root}/sign-in${queryText({ next })}`,
    signUp: (next?: string) => `${root}/sign-up${queryText({ next })}`,
    account: () => `${root}/account`,
    balance: (query: Query = {}) => `${root}/account/balance${queryText(query)}`,
    ownErasures: () => `${root}/account/erasure`,
    ownParty: () => `${root}/account/party`,
    newParty: () => `${root}/account/party/new`,
    party: (id: string) => `${root}/parties/${segment(id)}`,
  }
}

/** Doors that are not pages and have no language. */
export const doors = {
  checkpoint: "/ledger/checkpoint",
  verifierKey: "/ledger/log.vkey",
  proof: (index: number) => `/ledger/proof/${segment(index)}`,
  checkpointOf: (size: number) => `/ledger/checkpoint/${segment(size)}`,
  rotation: (n: number) => `/ledger/rotation/${segment(n)}`,
  consistency: (from: number, to: number) => `/ledger/consistency/${segment(from)}-${segment(to)}`,
  /** As contracts/ledger/tiles.ts names it. */
  tile: (path: string) => `/ledger/${path}`,
  certificateJson: (index: number, query: Query = {}) =>
    `/api/certificates/${segment(index)}${queryText(query)}`,
  verifierFile: (name: "verify.mjs" | "verify.html" | "worker.js") => `/verify/${name}`,
  bookFile: (query: Query = {}) => `/api/finance/book.csv${queryText(query)}`,
  exportFile: (id: string) => `/api/exports/${segment(id)}`,
  policy: (listing: string) => `/api/listings/${segment(listing)}/policy`,
  trpc: "/api/trpc",
  signOut: "/api/auth/sign-out",
  bankFiles: (query: Query) => `/api/bank-files${queryText(query)}`,
  upload: (id: string) => `/api/uploads/${segment(id)}`,
  grantFile: (grant: string, name: string) => `/api/grants/${segment(grant)}/files/${segment(name)}`,
  preferences: "/preferences",
} as const

/**
 * Where to go after signing in: only a path of our own pages, else home. A foreign address, a scheme or a
 * protocol-relative `//host` would make the sign-in page a springboard for phishing.
 */
export function safeNext(next: string | null | undefined, locale: Locale = defaultLocale): string {
  return next && /^\/(?:zh|en)(?:[/?#][^\\\s]*)?$/.test(next) ? next : paths(locale).home()
}
