import { type DemoProduct, free, oneOff, usGovernment } from "./product.ts"

const common = {
  package: "vega",
  seller: "seller-2@demo.example",
  domain: "environment",
  outcome: "published",
} as const

export const climate: DemoProduct[] = [
  {
    ...common,
    file: "seattle-weather.csv",
    title: { original: "en", zh: "西雅图逐日气象观测", en: "Daily weather in Seattle" },
    description: {
      original: "en",
      zh: "西雅图逐日降水量（毫米）、最高与最低气温（摄氏度）、风速，以及由原始观测字段归纳的天气类型（毛毛雨、雨、雪、晴、雾）。\n\n由NOAA观测数据整理，采用公制单位。原包注明主要用于教学；天气类型一列为归纳所得，不是原始观测值。",
      en: "Daily precipitation in millimetres, highest and lowest temperature in degrees Celsius, wind speed, and a kind of weather (drizzle, rain, snow, sun, fog) synthesised from several fields of the original observations.\n\nTransformed from NOAA's data into metric units. The package notes that it is meant for instruction, and that the kind of weather is derived, not observed.",
    },
    source: {
      name: "NOAA National Climatic Data Center",
      url: "https://www.ncdc.noaa.gov/cdo-web/datatools/records",
      states: "U.S. Government Dataset",
    },
    ground: usGovernment("NOAA National Climatic Data Center"),
    plans: [oneOff("99.00"), oneOff("399.00", { seats: 50 })],
  },
  {
    ...common,
    file: "co2-concentration.csv",
    title: {
      original: "en",
      zh: "莫纳罗亚大气二氧化碳浓度月值",
      en: "Monthly atmospheric CO2 at Mauna Loa",
    },
    description: {
      original: "en",
      zh: "夏威夷莫纳罗亚观测站1958年至2020年大气二氧化碳浓度月值（百万分比），以及扣除季节循环后的调整值。\n\n数值统一到每月15日24时；只含有有效数据的月份。按CC BY 4.0提供，使用时须注明Scripps CO2 Program。",
      en: "Monthly atmospheric CO2 concentration in parts per million from the Mauna Loa Observatory, Hawaii, 1958 to 2020, and the values with the seasonal cycle taken out.\n\nValues are adjusted to 24:00 on the 15th of each month; months without valid data are left out. Under CC BY 4.0: credit the Scripps CO2 Program.",
    },
    source: {
      name: "Scripps CO2 Program",
      url: "https://scrippsco2.ucsd.edu/data/atmospheric_co2/primary_mlo_co2_record",
      states: "Creative Commons Attribution 4.0",
    },
    ground: {
      kind: "licence",
      licence: "CC-BY-4.0",
      credit: "Scripps CO2 Program, Scripps Institution of Oceanography (CC BY 4.0)",
    },
    plans: [free],
  },
  {
    ...common,
    file: "global-temp.csv",
    title: { original: "en", zh: "全球陆海温度距平", en: "Global land and ocean temperature anomalies" },
    description: {
      original: "en",
      zh: "1880年至2023年全球陆地表面气温与海表水温合成的年平均距平（陆海温度指数），每年一行。\n\n来自美国国家航空航天局戈达德空间研究所GISTEMP。",
      en: "Yearly anomalies of combined land-surface air and sea-surface water temperature (Land-Ocean Temperature Index) from 1880 to 2023, one row a year.\n\nFrom GISTEMP of NASA's Goddard Institute for Space Studies.",
    },
    source: {
      name: "NASA Goddard Institute for Space Studies",
      url: "https://data.giss.nasa.gov/gistemp/",
      states: "U.S. Government Dataset",
    },
    ground: usGovernment("NASA GISS"),
    plans: [free],
  },
  {
    ...common,
    file: "species.csv",
    title: {
      original: "en",
      zh: "四种动物的县域全年栖息地占比",
      en: "Year-round habitat of four species by U.S. county",
    },
    description: {
      original: "en",
      zh: "美国本土各县中，旅鸫、白尾鹿、美国牛蛙和束带蛇全年栖息地所占面积百分比，由美国地质调查局物种栖息地栅格图与县界叠加计算。\n\n只含全年栖息地，不含夏季和冬季栖息地。县以FIPS代码标识。",
      en: "The share of each county of the contiguous United States that is year-round habitat of the American robin, white-tailed deer, American bullfrog and common gartersnake, from habitat rasters of the U.S. Geological Survey laid over county boundaries.\n\nSummer and winter habitat is not included. Counties are named by FIPS code.",
    },
    source: {
      name: "USGS Gap Analysis Project (GAP) Species Habitat Maps",
      url: "https://www.usgs.gov/programs/gap-analysis-project",
      states: "U.S. Government Dataset",
    },
    ground: usGovernment("USGS Gap Analysis Project"),
    plans: [oneOff("260.00")],
  },
  {
    ...common,
    file: "penguins.json",
    domain: "science",
    title: { original: "en", zh: "帕默群岛企鹅形态测量", en: "Palmer Archipelago penguins" },
    description: {
      original: "en",
      zh: "南极帕默群岛三种企鹅（阿德利、巴布亚、帽带）的形态测量记录：喙长、喙深、鳍长、体重与性别。\n\n由帕默站长期生态研究项目采集，测量单位统一，以CC0发布，可自由使用。",
      en: "Measurements of penguins of three species (Adelie, Gentoo, Chinstrap) from the Palmer Archipelago, Antarctica: beak length and depth, flipper length, body mass and sex.\n\nCollected within the long-term ecological research at Palmer Station, in standard units, and released under CC0.",
    },
    source: {
      name: "Palmer Station Antarctica LTER",
      url: "https://pal.lternet.edu/",
      states: "CC0 1.0 Universal",
    },
    ground: { kind: "licence", licence: "CC0-1.0", credit: "Palmer Station Antarctica LTER" },
    plans: [free],
  },
]
