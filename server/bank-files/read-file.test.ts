import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { referencesIn } from "#contracts/bank-file.ts"
import { type Currency, decimal } from "#contracts/money.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { keyLines } from "./line-keys.ts"
import type { ParsedFile } from "./parsed.ts"
import { readBankFile } from "./read-file.ts"

const utf8 = (text: string) => new TextEncoder().encode(text)
const read = (text: string | Uint8Array, currency: Currency = "CNY") =>
  readBankFile(typeof text === "string" ? utf8(text) : text, { currency, lastDay: "2026-11-28" })

function parsed(text: string | Uint8Array, currency: Currency = "CNY"): ParsedFile {
  const file = read(text, currency)
  if (isRefusal(file)) throw new Error(JSON.stringify(file))
  return file
}

/** Each line as `day ±amount number|who|text`. */
const told = ({ lines }: ParsedFile) =>
  lines.map(
    ({ date, direction, amount, reference, counterparty, text }) =>
      `${date} ${direction === "in" ? "+" : "-"}${decimal(amount)} ${[reference, counterparty, text].join("|")}`,
  )

const icbc = `账号：6222 0000,,户名：示例数据市场有限公司,,,,
期初余额,"1,000.00",,,,,
交易日期,摘要,借方发生额（支取）,贷方发生额（收入）,余额,对方户名,交易流水号
2026-11-25,货款 QH0123456789AB,,"1,990.00","2,990.00",上海甲公司,CN20261125001
2026/11/26,手续费,5.00,,"2,985.00",,CN20261126001
20261127,付款,1000,0.00,1985.00,杭州乙公司,"=""00123456"""
合计,,1005.00,1990.00,,,
`

describe("CSV", () => {
  test("as Chinese banks give it: headings with brackets, two columns, balances, a sum beneath", () => {
    const file = parsed(icbc)
    expect(told(file)).toEqual([
      "2026-11-25 +1990.00 CN20261125001|上海甲公司|货款 QH0123456789AB",
      "2026-11-26 -5.00 CN20261126001||手续费",
      "2026-11-27 -1000.00 00123456|杭州乙公司|付款",
    ])
    expect(file).toMatchObject({ account: { text: "6222 0000" }, opening: { minor: 100_000n } })
    expect(file.closing?.minor).toBe(198_500n)
  })

  test("in GB18030", () => {
    const line = "交易日期,金额,摘要\n2026-11-25,1.00,中国\n"
    const gb = Uint8Array.from(
      Buffer.from("bdbbd2d7c8d5c6da2cbdf0b6ee2cd5aad2aa0a323032362d31312d32352c312e30302cd6d0b9fa0a", "hex"),
    )
    expect(told(parsed(gb))).toEqual(told(parsed(line)))
  })

  test.each([
    ["one signed column", "Date,Amount,Description\n2026-11-25,-12.50,fee\n2026-11-25,+1,in\n"],
    [
      "semicolons and a decimal comma",
      "Date;Amount;Description\n25.11.2026;-12,50;fee\n25.11.2026;1,00;in\n",
    ],
    [
      "tabs, a mark of the order of bytes",
      "\ufeffDate\tAmount\tMemo\n2026-11-25\t-12.5\tfee\n2026-11-25\t1\tin\n",
    ],
    ["a word for the direction", "日期,金额,借贷标志,摘要\n2026-11-25,12.50,借,fee\n2026-11-25,1.00,贷,in\n"],
    ["full-width digits", "日期,收入,支出,摘要\n2026-11-25,,１２.５０,fee\n2026-11-25,１.００,,in\n"],
    ["newest first", "Date,Amount,Balance,Memo\n2026-11-25,-12.50,88.50,fee\n2026-11-25,1,101.00,in\n"],
    ["brackets for what went out", 'Date,Amount,Memo\n2026-11-25,"(12.50)",fee\n2026-11-25,1.00,in\n'],
    [
      "Windows lines and empty ones",
      "Date,Amount,Memo\r\n\r\n2026-11-25,-12.50,fee\r\n2026-11-25,1,in\r\n\r\n",
    ],
  ])("%s", (_what, text) => {
    expect(told(parsed(text)).sort()).toEqual(["2026-11-25 +1.00 ||in", "2026-11-25 -12.50 ||fee"])
  })

  const head = "Date,Amount,Balance,Currency,Memo\n"
  const good = "2026-11-25,1.00,101.00,CNY,a\n"
  test.each([
    ["", "bank_file_empty", undefined],
    [" \n\n", "bank_file_empty", undefined],
    ["PK\u0003\u0004", "bank_file_encoding", undefined],
    ["name,city\na,b\n", "bank_file_form", 1],
    [head, "bank_file_no_lines", 1],
    [`${head}${good}2026-11-25,1.00,"102.00,CNY,a\n`, "bank_file_csv", 3],
    [`${head}${good}2026-11-25,1.00\n`, "bank_file_csv", 3],
    [`${head}${good}2026-02-30,1.00,102.00,CNY,a\n`, "bank_row_date", 3],
    [`${head}${good}11/25/2026,1.00,102.00,CNY,a\n`, "bank_row_date", 3],
    [`${head}${good},1.00,102.00,CNY,a\n`, "bank_row_date", 3],
    [`${head}${good}2026-11-29,1.00,102.00,CNY,a\n`, "bank_row_future", 3],
    [`${head}${good}2026-11-25,1.001,102.00,CNY,a\n`, "bank_row_amount", 3],
    [`${head}${good}2026-11-25,1e3,102.00,CNY,a\n`, "bank_row_amount", 3],
    [`${head}${good}2026-11-25,,102.00,CNY,a\n`, "bank_row_amount", 3],
    [`${head}${good}2026-11-25,1.00,102.01,CNY,a\n`, "bank_row_balance", 3],
    [`${head}${good}2026-11-25,1.00,,CNY,a\n`, "bank_row_balance", 3],
    [`${head}${good}2026-11-25,1.00,102.00,USD,a\n`, "bank_file_currency", 3],
    [`${head}${good}2026-11-25,1.00,102.00,CNY,=1+1\n`, "bank_row_formula", 3],
    [`${head}${good}2026-11-25,1.00,102.00,CNY,"+cmd|' /C calc'!A0"\n`, "bank_row_formula", 3],
    [`${head}${good}2026-11-25,1.00,102.00,CNY,${"x".repeat(2_001)}\n`, "bank_row_text", 3],
    ["日期,收入,支出\n2026-11-25,-1.00,\n", "bank_row_amount", 2],
    ["日期,收入,支出\n2026-11-25,1.00,2.00\n", "bank_row_amount", 2],
    ["日期,金额,借贷标志\n2026-11-25,1.00,？\n", "bank_row_amount", 2],
    ["期初余额,1.00\n期末余额,3.00\n日期,金额\n2026-11-25,1.00\n", "bank_file_balance", 2],
    [`Date,Amount\n${"2026-11-25,1\n".repeat(10_001)}`, "bank_file_lines", 1],
    [`Date,Amount\n2026-11-25,1${",".repeat(400)}\n`, "bank_file_csv", 2],
  ])("%j is refused with %s at row %s", (text, refused, row) => {
    expect(read(text)).toMatchObject(row === undefined ? { refused } : { refused, detail: { row } })
  })

  test.each([
    "日期,收入,支出,摘要\n2026-11-25,,100.00,a\n2026-11-25,,-100.00,a\n2026-11-25,-5.00,,b\n",
    "日期,金额,借贷标志,摘要\n2026-11-25,100.00,借,a\n2026-11-25,-100.00,借,a\n2026-11-25,-5.00,贷,b\n",
  ])("with a minus beside amounts that have none tells of a reversal: %j", (text) => {
    expect(told(parsed(text))).toEqual([
      "2026-11-25 -100.00 ||a",
      "2026-11-25 +100.00 ||a 冲正 (reversal)",
      "2026-11-25 -5.00 ||b 冲正 (reversal)",
    ])
  })

  test.each(["1", ","])("of %j in ten thousands of rows is refused before they are kept", (row) => {
    expect(read(`Date,Amount\n${`${row}\n`.repeat(10_100)}`)).toMatchObject({ refused: "bank_file_lines" })
  })

  test("whose cells are nothing but open brackets is refused at once", () => {
    const began = performance.now()
    const direction = `日期,金额,借贷标志\n${`2026-11-25,1,${"（".repeat(1_900)}\n`.repeat(50)}`
    expect(read(`${"(".repeat(60_000)}\n`)).toMatchObject({ refused: "bank_file_form" })
    expect(read(direction)).toMatchObject({ refused: "bank_row_amount", at: "file" })
    expect(performance.now() - began).toBeLessThan(2_000)
  })

  test("more than the most bytes is not even decoded", () => {
    expect(read(new Uint8Array(5 * 2 ** 20 + 1))).toMatchObject({ refused: "body_too_large" })
  })
})

const camt = (
  entries: string,
  version = "02",
  { opening = "100.00", closing = "112.50", account = "" } = {},
) =>
  `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr>
<Stmt><Id>1</Id><Acct><Id>${account || "<IBAN>DE89370400440532013000</IBAN>"}</Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${opening}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${closing}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
${entries}</Stmt></BkToCstmrStmt></Document>`

const entry = (
  amount: string,
  direction: string,
  details: string,
  status = "<Sts>BOOK</Sts>",
  reference = "R1",
) =>
  `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>${status}<BookgDt><Dt>2026-11-25</Dt></BookgDt>
<AcctSvcrRef>${reference}</AcctSvcrRef><NtryDtls>${details}</NtryDtls></Ntry>`

const details = (text: string, who: string, more = "") =>
  `<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>${more}<RltdPties>${who}</RltdPties><RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls>`

describe("camt.053", () => {
  test.each([
    ["02", "<Dbtr><Nm>Acme &amp; Co</Nm></Dbtr>", "<Sts>BOOK</Sts>"],
    ["08", "<Dbtr><Pty><Nm>Acme &amp; Co</Nm></Pty></Dbtr>", "<Sts><Cd>BOOK</Cd></Sts>"],
    ["13", "<Dbtr><Pty><Nm>Acme &amp; Co</Nm></Pty></Dbtr>", "<Sts><Cd>BOOK</Cd></Sts>"],
  ])("version %s", (version, who, status) => {
    const file = parsed(camt(entry("12.5", "CRDT", details("QH 0123", who), status), version), "EUR")
    expect(told(file)).toEqual(["2026-11-25 +12.50 R1|Acme & Co|QH 0123"])
    expect(file).toMatchObject({ account: { text: "DE89370400440532013000" }, opening: { minor: 10_000n } })
    expect(file.closing?.minor).toBe(11_250n)
  })

  test("with a prefix, a batch of two, a pending entry that does not count", () => {
    const amount = (text: string) => `<Amt Ccy="EUR">${text}</Amt>`
    const batch = entry(
      "12.50",
      "CRDT",
      details("one", "", amount("10.00")) + details("two", "", amount("2.50")),
    )
    const pending = entry("7.00", "CRDT", details("later", ""), "<Sts>PDNG</Sts>", "R2")
    const text = camt(batch + pending)
      .replace(/<(\/?)(?=[A-Z])/g, "<$1c:")
      .replace("xmlns=", "xmlns:c=")
    expect(told(parsed(text, "EUR"))).toEqual(["2026-11-25 +10.00 R1/1||one", "2026-11-25 +2.50 R1/2||two"])
  })

  test("tells of a reversal, and of a batch whose transfers have one number", () => {
    const turned = entry("7.00", "DBIT", details("back", ""), "<RvslInd>true</RvslInd>", "R200")
    const own = (text: string) =>
      details(text, "", `<Amt Ccy="EUR">5.00</Amt>`).replace(
        "<Refs>",
        "<Refs><AcctSvcrRef>BATCH-9</AcctSvcrRef>",
      )
    const file = parsed(
      camt(turned + entry("10.00", "CRDT", own("one") + own("two"))).replace(/<Bal>[\s\S]*?<\/Bal>/g, ""),
      "EUR",
    )
    expect(told(file)[0]).toBe("2026-11-25 -7.00 R200||back 冲正 (reversal)")
    expect(keyLines(file.lines).map(({ number }) => number)).toEqual(["R200", "BATCH-9", "BATCH-9/2"])
  })

  const one = entry("12.50", "CRDT", details("a", ""))
  test.each([
    ["another currency", camt(one.replace("EUR", "USD")), "bank_file_currency"],
    ["a negative amount", camt(one.replace("12.50", "-12.50")), "bank_row_amount"],
    ["too many decimals", camt(one.replace("12.50", "12.505")), "bank_row_amount"],
    ["no direction", camt(one.replace("CRDT", "")), "bank_row_amount"],
    ["no day", camt(one.replace(/<Dt>.*?<\/Dt>/, "")), "bank_row_date"],
    ["a day to come", camt(one.replace("2026-11-25", "2026-12-25")), "bank_row_future"],
    ["ends that do not come to the lines", camt(one, "02", { closing: "112.51" }), "bank_file_balance"],
    ["no line", camt("", "02", { closing: "100.00" }), "bank_file_no_lines"],
    ["tags that do not close", camt(one).replace("</Ntry>", ""), "bank_file_xml"],
    ["an end before its end", camt(one).slice(0, -30), "bank_file_xml"],
    ["two roots", `${camt(one)}<a/>`, "bank_file_xml"],
    ["an entity of its own", `<!DOCTYPE a [<!ENTITY x "xx">]>${camt(one).slice(39)}`, "bank_file_doctype"],
    ["a file from elsewhere", `<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>`, "bank_file_doctype"],
    ["an entity that is not there", camt(one.replace(">a<", ">&bomb;<")), "bank_file_xml"],
    ["great depth", "<a>".repeat(200_000), "bank_file_deep"],
    ["great depth in an entry", camt(`<Ntry>${"<a>".repeat(40)}`), "bank_file_deep"],
    ["an entry of very many parts", camt(`<Ntry>${"<a/>".repeat(60_000)}</Ntry>`), "bank_file_deep"],
    ["a page of the web", "<html><body/></html>", "bank_file_form"],
    ["another message", camt(one).replaceAll("BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn"), "bank_file_form"],
    ["a declared encoding that is another", camt(one).replace("UTF-8", "UTF-16"), "bank_file_encoding"],
  ])("%s is refused", (_what, text, refused) => {
    expect(read(text, "EUR")).toMatchObject({ refused })
  })
})

describe("any bytes", () => {
  test("are read or refused, and never throw", () => {
    const pieces = fc.constantFrom(
      icbc,
      camt(entry("12.50", "CRDT", details("a", ""))),
      "Date,Amount\n",
      "<",
      '"',
    )
    const text = fc.array(fc.oneof(pieces, fc.string({ unit: "binary", maxLength: 40 })), { maxLength: 4 })
    const cut = fc.tuple(pieces, fc.nat(2_000), fc.string({ maxLength: 8 })).map(([whole, at, put]) => {
      const place = whole.length === 0 ? 0 : at % whole.length
      return whole.slice(0, place) + put + whole.slice(place + put.length)
    })
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          text.map((parts) => utf8(parts.join(""))),
          cut.map(utf8),
        ),
        (bytes) => {
          const file = read(bytes)
          expect(isRefusal(file) || file.lines.length > 0).toBe(true)
        },
      ),
      { numRuns: 400 },
    )
  })

  test("lines that are written are read again, in both forms", () => {
    const word = fc.string({ unit: fc.constantFrom(..."aÄ中,;\"'<&>QH 7"), minLength: 1, maxLength: 12 })
    const line = fc.record({
      minor: fc.bigInt(1n, 10n ** 9n),
      out: fc.boolean(),
      text: word,
      day: fc.integer({ min: 1, max: 27 }),
    })
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
        const plain = (text: string) => text.replace(/\s+/g, " ").trim()
        const day = (n: number) => `2026-11-${String(n).padStart(2, "0")}`
        const amount = (minor: bigint) => decimal({ minor: minor.toString(), currency: "EUR" })
        const expected = lines.map(({ minor, out, text, day: n }) => ({
          date: day(n),
          direction: out ? "out" : "in",
          minor: minor.toString(),
          text: plain(text),
        }))
        const csv = lines.map(
          ({ minor, out, text, day: n }) =>
            `${day(n)},${out ? "-" : ""}${amount(minor)},"${text.replaceAll('"', '""')}"`,
        )
        const xml = lines.map(({ minor, out, text, day: n }) =>
          entry(amount(minor), out ? "DBIT" : "CRDT", details(escaped(text), "")).replace(
            "2026-11-25",
            day(n),
          ),
        )
        const bare = camt(xml.join("")).replace(/<Bal>[\s\S]*?<\/Bal>/g, "")
        for (const text of [`Date,Amount,Memo\n${csv.join("\n")}\n`, bare])
          expect(
            parsed(text, "EUR").lines.map(({ date, direction, amount: { minor }, text }) => ({
              date,
              direction,
              minor,
              text,
            })),
          ).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })
})

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")

describe("the same line", () => {
  const keys = (text: string) => keyLines(parsed(text).lines).map(({ key, number }) => ({ key, number }))
  test("has one key in every file, and two alike in a day are two lines", () => {
    const day = "Date,Amount,Memo\n2026-11-25,1,a\n2026-11-25,1,a\n"
    const more = "Date,Amount,Memo\n2026-11-24,1,a\n2026-11-25,1,a\n2026-11-25,1,a\n2026-11-25,1,a\n"
    const [one, two] = [keys(day), keys(more)]
    expect(new Set([...one, ...two].map(({ key }) => key)).size).toBe(4)
    expect(two.map(({ key }) => key)).toEqual(expect.arrayContaining(one.map(({ key }) => key)))
    expect(one[0]?.number).toMatch(/^L[0-9A-F]{20}$/)
  })

  test("goes by the bank's own number, day, direction and amount", () => {
    const of = (rest: string) => keys(`Date,Amount,Memo,Transaction ID\n${rest}\n`)[0]
    expect(of("2026-11-25,1,a,tx 1 9")?.number).toBe("TX-1-9")
    expect(of("2026-11-25,1,a,tx 1 9")).toEqual(of("2026-11-25,1,another text,tx 1 9"))
    expect(of("2026-11-25,1,a,tx 1 9")?.key).not.toBe(of("2026-11-25,2,a,tx 1 9")?.key)
  })
})

test.each([
  ["QH0123456789AB", ["QH0123456789AB"]],
  ["货款：qh-0123 4567-89ab 谢谢", ["QH0123456789AB"]],
  ["ＱＨ０１２３４５６７８９ＡＢ", ["QH0123456789AB"]],
  ["QHO1234S6789AB", ["QH01234S6789AB"]],
  ["REFQHQH0123456789AB", ["QHQH0123456789", "QH0123456789AB"]],
  ["QD0123456789AB/QH0123456789AC", ["QD0123456789AB", "QH0123456789AC"]],
  ["QH0123", []],
  ["", []],
])("the references in %j are %j", (text, references) => {
  expect(referencesIn(text)).toEqual(references)
})
