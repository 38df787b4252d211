import { describe, expect, test } from "vitest"
import type { Leaf } from "./encoding.ts"
import { type FactType, factTypes } from "./fact.ts"
import type { KeyTable } from "./key-table.ts"
import { subjectPrefixes } from "./replay.ts"
import { WantedThreads } from "./wanted-threads.ts"

const trade = `trd_${"0".repeat(26)}`
const booked = (Object.keys(factTypes) as FactType[]).filter((type) => {
  const clear: object = factTypes[type].clear.shape
  return "journalHash" in clear && "trade" in clear
})

describe("an export of one trade", () => {
  test("has facts that book", () => expect(booked).toContain("debt.netted@1"))

  test.each(booked)("replays %s, whose journal would be a stray one else", (type) => {
    const wanted = new WantedThreads([trade], {} as KeyTable)
    const prefix = subjectPrefixes[type.split(".")[0] as string]
    const threads = [`${prefix}${"0".repeat(26)}`, trade].map((key) => [key, 1, null])
    expect(wanted.hasWholeSubject({ type, threads } as unknown as Leaf)).toBe(true)
  })
})
