import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { type Currency, currencies, decimal } from "#contracts/money.ts"
import { formatBytes, formatCount, formatMoney, formatShare } from "./format.ts"
import { formatAgo, formatDeadline, formatDuration, formatTime } from "./format-time.ts"

test.each([
  [{ minor: "129900", currency: "CNY" }, "¥1,299.00", "CN¥1,299.00"],
  [{ minor: "5", currency: "USD" }, "US$0.05", "$0.05"],
  [{ minor: "500", currency: "JPY" }, "JP¥500", "¥500"],
  [{ minor: "1234567", currency: "KWD" }, "KWD 1,234.567", "KWD 1,234.567"],
  [{ minor: "999999999999999", currency: "CNY" }, "¥9,999,999,999,999.99", "CN¥9,999,999,999,999.99"],
] as const)("money %j is %s and %s", (amount, zh, en) => {
  const plain = (text: string) => text.replaceAll("\u00a0", " ")
  expect(plain(formatMoney(amount, "zh"))).toBe(zh)
  expect(plain(formatMoney(amount, "en"))).toBe(en)
})

test("no digit of an amount is lost on the way to the page", () => {
  const codes = Object.keys(currencies) as Currency[]
  fc.assert(
    fc.property(fc.bigInt(0n, 999_999_999_999_999n), fc.constantFrom(...codes), (minor, currency) => {
      const amount = { minor: minor.toString(), currency }
      expect(formatMoney(amount, "en").replace(/[^\d.]/g, "")).toBe(decimal(amount))
    }),
  )
})

test("counts, shares and bytes", () => {
  expect(formatCount("9007199254740993", "en")).toBe("9,007,199,254,740,993")
  expect([0, 0.0001, 0.125, 0.9999, 1].map((share) => formatShare(share, "zh"))).toEqual([
    "0%",
    "<0.1%",
    "12.5%",
    ">99.9%",
    "100%",
  ])
  expect([0, 812, 1024, 1_500_000, 5 * 1024 ** 3].map((bytes) => formatBytes(bytes, "en"))).toEqual([
    "0 B",
    "812 B",
    "1 KiB",
    "1.4 MiB",
    "5 GiB",
  ])
})

describe("time", () => {
  test("the zone stands beside it and the day follows the zone", () => {
    expect(formatTime("2026-11-24T16:30:05.000Z", "zh")).toBe("2026-11-25 00:30 UTC+8")
    expect(formatTime("2026-11-24T16:30:05.000Z", "en", "second")).toBe("24 Nov 2026, 16:30:05 UTC")
  })

  test.each([
    [0, "0 秒", "0 seconds"],
    [59_999, "59 秒", "59 seconds"],
    [60_000, "1 分钟", "1 minute"],
    [3_661_000, "1 小时 1 分钟", "1 hour 1 minute"],
    [86_400_000, "1 天", "1 day"],
    [86_400_000 + 60_000, "1 天", "1 day"],
    [2 * 86_400_000 + 3 * 3_600_000, "2 天 3 小时", "2 days 3 hours"],
    [-5, "0 秒", "0 seconds"],
  ])("%d ms is %s, %s", (ms, zh, en) => {
    expect(formatDuration(ms, "zh")).toBe(zh)
    expect(formatDuration(ms, "en")).toBe(en)
  })

  test("deadlines and past times", () => {
    const now = "2026-11-24T00:00:00.000Z"
    expect(formatDeadline("2026-11-26T03:00:00.000Z", now, "zh")).toBe("还剩 2 天 3 小时")
    expect(formatDeadline("2026-11-23T23:00:00.000Z", now, "en")).toBe("1 hour over")
    expect(formatAgo("2026-11-23T20:00:00.000Z", now, "zh")).toBe("4 小时前")
    expect(formatAgo("2026-11-24T00:00:30.000Z", now, "en")).toBe("just now")
  })
})
