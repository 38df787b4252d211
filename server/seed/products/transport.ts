import { anyUse, type DemoProduct, free, oneOff, usGovernment } from "./product.ts"

const common = {
  package: "vega",
  seller: "seller-3@demo.example",
  domain: "transport",
  outcome: "published",
} as const

export const transport: DemoProduct[] = [
  {
    ...common,
    file: "birdstrikes.csv",
    title: { original: "zh", zh: "航空器野生动物撞击报告", en: "Wildlife strikes on aircraft" },
    description: {
      original: "zh",
      zh: "向美国联邦航空管理局报告的航空器野生动物撞击记录：机场、机型、航空公司、飞行阶段、动物种类与大小、损伤程度、修理费用和空速。\n\n可用于航空安全研究与风险评估。记录来自自愿和强制报告，不代表全部撞击事件。",
      en: "Wildlife strikes on aircraft as reported to the U.S. Federal Aviation Administration: airport, aircraft, operator, phase of flight, species and size of the animal, damage, cost of repair and air speed.\n\nFor research on flight safety and for weighing risks. Reported strikes only, not all that happened.",
    },
    source: {
      name: "FAA Wildlife Strike Database",
      url: "http://wildlife.faa.gov",
      states: "U.S. Government Dataset",
    },
    ground: usGovernment("FAA Wildlife Strike Database"),
    answers: { ...anyUse, training: ["evaluate", "retrieve"] },
    plans: [oneOff("300.00", { seats: 20 })],
  },
  {
    ...common,
    file: "airports.csv",
    title: { original: "zh", zh: "美国机场名录与坐标", en: "Airports of the United States" },
    description: {
      original: "zh",
      zh: "美国及其属地机场的代码、名称、所在城市与州，以及经纬度坐标，包括大型商业机场、区域机场和市镇机场。\n\n每行一个机场，可与航班、航线数据按代码关联。",
      en: "Codes, names, cities, states and coordinates of airports in the United States and its territories: major commercial, regional and municipal ones.\n\nOne row for each airport; joins with flight and route data by code.",
    },
    source: {
      name: "Airports (Data.gov)",
      url: "https://catalog.data.gov/dataset/airports-5e97a",
      states: "https://www.usa.gov/government-works",
    },
    ground: usGovernment("Data.gov"),
    plans: [free],
  },
  {
    ...common,
    file: "flights-airport.csv",
    title: {
      original: "zh",
      zh: "美国航线年航班量（2008年）",
      en: "Flights by route in the United States, 2008",
    },
    description: {
      original: "zh",
      zh: "2008年美国国内每条航线（出发机场、到达机场）的航班数，机场以IATA代码标识。\n\n来自美国运输统计局，可用于网络分析和客流研究。",
      en: "The number of flights in 2008 on each route between airports of the United States, which are named by IATA code.\n\nFrom the Bureau of Transportation Statistics; for network analysis and studies of traffic.",
    },
    source: {
      name: "U.S. Bureau of Transportation Statistics",
      url: "https://www.transtats.bts.gov/DL_SelectFields.asp?gnoyr_VQ=FGJ&QO_fu146_anzr=b0-gvzr",
      states: "U.S. Government Dataset",
    },
    ground: usGovernment("U.S. Bureau of Transportation Statistics"),
    plans: [oneOff("150.00")],
  },
  {
    ...common,
    file: "zipcodes.csv",
    as: {
      name: "zipcodes.parquet",
      types: {
        zip_code: "VARCHAR",
        latitude: "DOUBLE",
        longitude: "DOUBLE",
        city: "VARCHAR",
        state: "VARCHAR",
        county: "VARCHAR",
      },
    },
    domain: "geography",
    title: { original: "zh", zh: "美国邮政编码与坐标", en: "U.S. postal codes with coordinates" },
    description: {
      original: "zh",
      zh: "美国及波多黎各邮政编码对应的经纬度（WGS84）、城市、州和县，来自GeoNames。Parquet格式，邮政编码为文本，保留前导零。\n\n这是2017年的历史快照，已不是最新；行政边界与编码此后有变动。按CC BY 4.0提供，使用时须注明GeoNames。",
      en: "Postal codes of the United States and Puerto Rico with latitude and longitude (WGS84), city, state and county, from GeoNames. Parquet; postal codes are text, so that leading zeros stay.\n\nA snapshot of 2017 that is no longer current: boundaries and codes have changed since. Under CC BY 4.0: credit GeoNames.",
    },
    source: {
      name: "GeoNames Postal Codes",
      url: "https://download.geonames.org/export/zip/",
      states: "Creative Commons Attribution 4.0 International",
    },
    ground: { kind: "licence", licence: "CC-BY-4.0", credit: "GeoNames (CC BY 4.0)" },
    plans: [oneOff("120.00")],
  },
]
