import { anyUse, type DemoProduct, free, oneOff, usGovernment } from "./product.ts"

const common = {
  package: "vega",
  seller: "seller-4@demo.example",
  domain: "finance",
  outcome: "published",
} as const

export const economy: DemoProduct[] = [
  {
    ...common,
    file: "us-employment.csv",
    title: {
      original: "en",
      zh: "美国分行业就业人数月值（2006—2015年）",
      en: "U.S. employment by sector, monthly, 2006–2015",
    },
    description: {
      original: "en",
      zh: "2006年1月至2015年12月美国22个大行业的月度就业人数（千人，经季节调整），并含非农就业的环比变动一列。\n\n来自美国劳工统计局当前就业统计；环比变动一列为整理时计算所得。",
      en: "Monthly employment in 22 supersectors of the United States from January 2006 to December 2015, in thousands, seasonally adjusted, with a calculated column of the month-to-month change of nonfarm employment.\n\nFrom the Current Employment Statistics of the Bureau of Labor Statistics.",
    },
    source: {
      name: "U.S. Bureau of Labor Statistics Current Employment Statistics",
      url: "https://www.bls.gov/ces/",
      states: "U.S. Government Dataset",
    },
    ground: usGovernment("U.S. Bureau of Labor Statistics"),
    answers: {
      ...anyUse,
      purposes: ["research", "education", "statistics", "journalism", "internal-analysis"],
      commercial: false,
    },
    plans: [oneOff("500.00", { approval: true })],
  },
  {
    ...common,
    file: "unemployment-across-industries.json",
    title: { original: "en", zh: "美国分行业失业人数与失业率", en: "U.S. unemployment across industries" },
    description: {
      original: "en",
      zh: "2000年1月至2010年2月美国各行业失业人数（千人）与失业率（百分比）月值，包括11个私营行业以及农业、政府和自雇人员。\n\n来自当前人口调查；劳工统计局声明无法为检索后的数据或由其得出的分析担保。",
      en: "Monthly numbers of unemployed persons in thousands and unemployment rates in per cent from January 2000 to February 2010, for 11 private industries and for agricultural, government and self-employed workers.\n\nFrom the Current Population Survey. BLS.gov cannot vouch for the data or analyses derived from these data after the data have been retrieved from BLS.gov.",
    },
    source: {
      name: "U.S. Census Bureau Current Population Survey",
      url: "https://www.census.gov/programs-surveys/cps.html",
      states: "U.S. Government Dataset",
    },
    ground: usGovernment("U.S. Bureau of Labor Statistics"),
    plans: [oneOff("180.00")],
  },
  {
    ...common,
    file: "budget.json",
    title: {
      original: "en",
      zh: "美国联邦财政收入（2016财年预算）",
      en: "U.S. federal receipts, budget of fiscal year 2016",
    },
    description: {
      original: "en",
      zh: "美国管理和预算办公室2016财年预算中的联邦财政收入历史值与预测值，按来源、机构、局和账户分列，每个财年一列。\n\n文件为JSON数组，每个对象一个账户。",
      en: "Historical and forecast federal receipts as the Office of Management and Budget published them with the budget of fiscal year 2016, by source, agency, bureau and account, with a column for each fiscal year.\n\nA JSON array with one object for each account.",
    },
    source: {
      name: "Office of Management and Budget - Budget FY 2016 - Receipts",
      url: "https://www.govinfo.gov/app/details/BUDGET-2016-DB/BUDGET-2016-DB-3",
      states: "U.S. Government Dataset",
    },
    ground: usGovernment("U.S. Office of Management and Budget"),
    plans: [oneOff("220.00"), oneOff("1200.00", { seats: 5, approval: true })],
  },
  {
    ...common,
    file: "gapminder.json",
    domain: "society",
    title: {
      original: "en",
      zh: "各国人口、预期寿命与生育率",
      en: "Population, life expectancy and fertility by country",
    },
    description: {
      original: "en",
      zh: "1955年至2005年每五年一期的各国人口、预期寿命（年）与总和生育率，并含国家分组一列。\n\nGapminder以估计值补全缺口，并对历史数据采用现今国界，目的是呈现总体趋势而非精细的数值分析。按CC BY 4.0提供，使用时须注明Gapminder。",
      en: "Population, life expectancy in years and babies per woman by country, every five years from 1955 to 2005, with a column that groups the countries.\n\nGapminder fills gaps with estimates and uses today's boundaries for past years: the big picture rather than detailed numbers. Under CC BY 4.0: credit Gapminder.",
    },
    source: {
      name: "Gapminder Foundation",
      url: "https://www.gapminder.org/data/documentation/",
      states: "Creative Commons Attribution 4.0 International",
    },
    ground: { kind: "licence", licence: "CC-BY-4.0", credit: "Gapminder Foundation (CC BY 4.0)" },
    plans: [free],
  },
  {
    ...common,
    file: "wheat.json",
    domain: "agriculture",
    title: {
      original: "en",
      zh: "英国小麦价格与周工资（1565—1821年）",
      en: "Price of wheat and weekly wages, 1565–1821",
    },
    description: {
      original: "en",
      zh: "威廉·普莱费尔1822年著名图表中的数据：1565年至1821年每夸特小麦价格与周工资，每五年一行。\n\n经济史与统计图形教学的经典资料，属公有领域。",
      en: "The numbers of William Playfair's chart of 1822: the price of a quarter of wheat and weekly wages from 1565 to 1821, a row every five years.\n\nA classic of economic history and of teaching statistical graphics, in the public domain.",
    },
    source: {
      name: "1822 Playfair Chart",
      url: "https://commons.wikimedia.org/wiki/File:Chart_Showing_at_One_View_the_Price_of_the_Quarter_of_Wheat,_and_Wages_of_Labour_by_the_Week,_from_1565_to_1821.png",
      states: "Public Domain",
    },
    ground: { kind: "licence", licence: "public-domain", credit: "William Playfair, 1822" },
    plans: [free],
  },
  {
    ...common,
    file: "iowa-electricity.csv",
    domain: "energy",
    title: {
      original: "en",
      zh: "艾奥瓦州分能源年发电量",
      en: "Electricity generation in Iowa by source",
    },
    description: {
      original: "en",
      zh: "美国艾奥瓦州按能源（化石、核能、可再生）划分的年净发电量（千兆瓦时），可见风电的快速增长。\n\n来自美国能源信息署，2018年5月6日下载。",
      en: "Annual net generation of electricity in Iowa by source (fossil, nuclear, renewable), in thousand megawatthours, with the steep rise of wind power.\n\nFrom the U.S. Energy Information Administration, downloaded on 6 May 2018.",
    },
    source: {
      name: "U.S. Energy Information Administration",
      url: "https://www.eia.gov/beta/electricity/data/browser/",
      states: "U.S. Government Dataset",
    },
    ground: usGovernment("U.S. Energy Information Administration"),
    plans: [oneOff("30.00")],
  },
  {
    ...common,
    file: "income.json",
    domain: "society",
    title: {
      original: "en",
      zh: "美国各州家庭收入分布（2013年）",
      en: "Household income by U.S. state, 2013",
    },
    description: {
      original: "en",
      zh: "美国各州家庭在不同收入区间的占比，由美国人口普查局2013年社区调查三年期数据得出。\n\n本产品使用人口普查局数据接口，但未经其认可或认证。",
      en: "The share of households in income brackets for each state of the United States, from the American Community Survey 3-Year Data of 2013.\n\nThis product uses the Census Bureau Data API but is not endorsed or certified by the Census Bureau.",
    },
    source: {
      name: "U.S. Census Bureau American Community Survey 3-Year Data (2013)",
      url: "https://www.census.gov/data/developers/data-sets/acs-3year/2013.html",
      states: "U.S. Census Bureau API Terms of Service",
    },
    ground: {
      kind: "terms",
      basis: {
        kind: "terms",
        name: "U.S. Census Bureau API Terms of Service",
        url: "https://www.census.gov/data/developers/about/terms-of-service.html",
        allows: ["use", "reproduce", "distribute", "derive", "aggregate"],
        attribution: true,
      },
      credit:
        "This product uses the Census Bureau Data API but is not endorsed or certified by the Census Bureau.",
    },
    plans: [free],
    outcome: "submitted",
  },
  {
    ...common,
    file: "stocks.csv",
    title: {
      original: "en",
      zh: "五家公司月度股价（2000—2010年）",
      en: "Monthly stock prices of five companies, 2000–2010",
    },
    description: {
      original: "en",
      zh: "五家公司2000年至2010年的月度股价。原包既未说明来源，也未说明许可，因此不能通过权利审查。",
      en: "Monthly stock prices of five companies from 2000 to 2010. The package states neither a source nor a licence, so it does not pass the rights gate.",
    },
    source: null,
    ground: { kind: "unstated" },
    plans: [oneOff("60.00")],
    outcome: "refused",
  },
]
