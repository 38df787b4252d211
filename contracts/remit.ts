import { z } from "zod"
import { countryName, isCountry } from "./country.ts"
import { type IdKind, kindOfId } from "./ids.ts"
import type { Locale, LocalizedText } from "./localized-text.ts"

/**
 * What a regulator is there for. `data`: what is traded and whether it may be (data authorities); `funds`: payments
 * and the book (financial supervision). Parties, trades and freezes concern both.
 */
export const duties = ["data", "funds"] as const
export type Duty = (typeof duties)[number]

/**
 * What a regulator may see and do: things of parties of these regions, as far as its duties go. A region is `all`,
 * a country (ISO 3166-1), or a province of mainland China as `CN-` and the first two digits of GB/T 2260. A country
 * covers its provinces. Without a region or a duty a regulator sees nothing.
 */
export type Remit = { regions: string[]; duties: Duty[] }

export const wholeRemit: Remit = { regions: ["all"], duties: [...duties] }
export const noRemit: Remit = { regions: [], duties: [] }

/** GB/T 2260: the provinces, autonomous regions and municipalities of the mainland. */
export const provinces = {
  "11": { zh: "北京市", en: "Beijing" },
  "12": { zh: "天津市", en: "Tianjin" },
  "13": { zh: "河北省", en: "Hebei" },
  "14": { zh: "山西省", en: "Shanxi" },
  "15": { zh: "内蒙古自治区", en: "Inner Mongolia" },
  "21": { zh: "辽宁省", en: "Liaoning" },
  "22": { zh: "吉林省", en: "Jilin" },
  "23": { zh: "黑龙江省", en: "Heilongjiang" },
  "31": { zh: "上海市", en: "Shanghai" },
  "32": { zh: "江苏省", en: "Jiangsu" },
  "33": { zh: "浙江省", en: "Zhejiang" },
  "34": { zh: "安徽省", en: "Anhui" },
  "35": { zh: "福建省", en: "Fujian" },
  "36": { zh: "江西省", en: "Jiangxi" },
  "37": { zh: "山东省", en: "Shandong" },
  "41": { zh: "河南省", en: "Henan" },
  "42": { zh: "湖北省", en: "Hubei" },
  "43": { zh: "湖南省", en: "Hunan" },
  "44": { zh: "广东省", en: "Guangdong" },
  "45": { zh: "广西壮族自治区", en: "Guangxi" },
  "46": { zh: "海南省", en: "Hainan" },
  "50": { zh: "重庆市", en: "Chongqing" },
  "51": { zh: "四川省", en: "Sichuan" },
  "52": { zh: "贵州省", en: "Guizhou" },
  "53": { zh: "云南省", en: "Yunnan" },
  "54": { zh: "西藏自治区", en: "Tibet" },
  "61": { zh: "陕西省", en: "Shaanxi" },
  "62": { zh: "甘肃省", en: "Gansu" },
  "63": { zh: "青海省", en: "Qinghai" },
  "64": { zh: "宁夏回族自治区", en: "Ningxia" },
  "65": { zh: "新疆维吾尔自治区", en: "Xinjiang" },
} as const satisfies Record<string, Pick<LocalizedText, "zh" | "en">>

/**
 * Where a party is registered. On the mainland the third to eighth digit of its unified social credit code name the
 * administrative division of its registry (GB 32100), of which the first two are the province.
 */
export const regionOf = ({ country, identifier }: { country: string; identifier: string }): string =>
  country === "CN" ? `CN-${identifier.slice(2, 4)}` : country

export function regionName(region: string, locale: Locale): string {
  if (region === "all") return locale === "zh" ? "全部地区" : "all regions"
  if (!region.startsWith("CN-")) return countryName(region, locale)
  const code = region.slice(3)
  if (Object.hasOwn(provinces, code)) return provinces[code as keyof typeof provinces][locale]
  return locale === "zh" ? `中国内地（区划 ${code}）` : `China (mainland), division ${code}`
}

export const isRegion = (text: string): boolean =>
  text === "all" || isCountry(text) || (text.startsWith("CN-") && Object.hasOwn(provinces, text.slice(3)))

export const coversAll = ({ regions }: Remit): boolean => regions.includes("all")

export const isWhole = (remit: Remit): boolean =>
  coversAll(remit) && duties.every((duty) => remit.duties.includes(duty))

export const coversRegion = (remit: Remit, region: string): boolean =>
  coversAll(remit) || remit.regions.includes(region) || remit.regions.includes(region.slice(0, 2))

/** Which duties a kind of thing concerns; what is not here is nobody's but the whole market's. */
const kindDuties: Partial<Record<IdKind, readonly Duty[]>> = {
  party: duties,
  trade: duties,
  agreement: duties,
  freeze: duties,
  hold: duties,
  export: duties,
  erasure: duties,
  command: duties,
  payment: ["funds"],
  listing: ["data"],
  product: ["data"],
  version: ["data"],
  registration: ["data"],
  request: ["data"],
  round: ["data"],
  grant: ["data"],
}

export const concernsKind = (remit: Remit, kind: IdKind): boolean =>
  (kindDuties[kind] ?? []).some((duty) => remit.duties.includes(duty))

/** The same of the thing that an id names. */
export function concernsId(remit: Remit, id: string): boolean {
  const kind = kindOfId(id)
  return kind !== null && concernsKind(remit, kind)
}

const region = z.string().refine(isRegion, { message: "not a region" })
const unique = (values: readonly string[]): boolean => new Set(values).size === values.length

/** No region and no duty takes a remit away. `version` is that of the party that the operator saw. */
export const entrustInput = z.strictObject({
  commandId: z.custom<`cmd_${string}`>((text) => typeof text === "string" && kindOfId(text) === "command"),
  party: z.custom<`pty_${string}`>((text) => typeof text === "string" && kindOfId(text) === "party"),
  version: z.int().min(1),
  regions: z.array(region).max(60).refine(unique, { message: "a region twice" }),
  duties: z.array(z.enum(duties)).refine(unique, { message: "a duty twice" }),
})
export type Entrust = z.infer<typeof entrustInput>
