import { expect, test } from "vitest"
import { type Journal, journalHash } from "../escrow.ts"
import { bookRows, parseBookRow } from "./verify-book.ts"

const amount = { minor: "19900", currency: "CNY" } as const
const plain: Journal = {
  source: { type: "payment.held", id: "pay_1" },
  trade: "trd_1",
  occurredAt: "2026-01-01T00:00:00.000Z",
  postings: [
    { account: "bank", debit: amount },
    { account: "held:trd_1", credit: amount },
  ],
}
const nonce = "0123456789abcdef".repeat(2)

test("a nonce is part of a journal's hash; without one it is what it always was", () => {
  expect(journalHash(plain)).toBe("f7567b4ac4da3afa7082fbfbdf6b7b32863664e1abcdb75417dc66e483f8dc0b")
  expect(journalHash({ ...plain, nonce })).not.toBe(journalHash(plain))
  expect(journalHash({ ...plain, nonce })).not.toBe(journalHash({ ...plain, nonce: nonce.replace("0", "1") }))
})

test("a row of the book has the journal's nonce last, and rows from before there were nonces are read", () => {
  const [row] = bookRows({ ...plain, nonce }, 7)
  expect(row?.endsWith(`,CNY,${nonce}`)).toBe(true)
  expect(parseBookRow(row ?? "", 1)).toMatchObject({ record: 7, nonce })
  const old = (bookRows(plain, 7)[0] ?? "").replace(/,$/, "")
  expect(parseBookRow(old, 1)).toMatchObject({ record: 7, nonce: "" })
  for (const bad of ["0", nonce.toUpperCase(), `${nonce}0`, "x".repeat(32)])
    expect(parseBookRow(`${old},${bad}`, 1)).toBeNull()
})
