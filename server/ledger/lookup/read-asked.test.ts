import { expect, test } from "vitest"
import { readAsked } from "./read-asked.ts"

const hex = "0123456789abcdef".repeat(4)
const trade = "trd_01jd0000000000000000000000"
const party = "pty_01jd0000000000000000000000"

test.each([
  ["", { kind: "nothing" }],
  ["  ", { kind: "nothing" }],
  ["a\u0000b", { kind: "nothing" }],
  ["42", { kind: "position", index: 42 }],
  [" #42 ", { kind: "position", index: 42 }],
  ["４２", { kind: "position", index: 42 }],
  ["Record 42", { kind: "position", index: 42 }],
  ["记录 42", { kind: "position", index: 42 }],
  ["记录42", { kind: "position", index: 42 }],
  ["https://market.example/zh/ledger/records/42", { kind: "position", index: 42 }],
  ["https://market.example/ledger/proof/42", { kind: "position", index: 42 }],
  ["https://market.example/en/certificates/42", { kind: "certificate", log: null, index: 42 }],
  ["https://market.example/en/ledger/checkpoints/42", { kind: "checkpoint", size: 42 }],
  ["checkpoint 42", { kind: "checkpoint", size: 42 }],
  ["检查点42", { kind: "checkpoint", size: 42 }],
  ["size: 42", { kind: "words", text: "size: 42" }],
  ["size:42", { kind: "checkpoint", size: 42 }],
  ["1A2B3C4D#42", { kind: "certificate", log: "1a2b3c4d", index: 42 }],
  ["1a2b3c4d＃42", { kind: "certificate", log: "1a2b3c4d", index: 42 }],
  ["quanheng/demo/1a2b3c4d#42", { kind: "certificate", log: "1a2b3c4d", index: 42 }],
  [hex, { kind: "hash", hash: hex }],
  [hex.toUpperCase(), { kind: "hash", hash: hex }],
  [`sha256:${hex}`, { kind: "hash", hash: hex }],
  ["ASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4mrze8=", { kind: "hash", hash: hex }],
  [trade, { kind: "thread", key: trade }],
  [trade.toUpperCase(), { kind: "thread", key: trade }],
  [`l:${hex}`, { kind: "thread", key: `l:${hex}` }],
  [party, { kind: "party", id: party }],
  // Not positions: leading zeros, signs, fractions, and what no log is as long as.
  ["042", { kind: "words", text: "042" }],
  ["-1", { kind: "words", text: "-1" }],
  ["1.5", { kind: "words", text: "1.5" }],
  ["9".repeat(16), { kind: "words", text: "9".repeat(16) }],
  ["trd_01jd", { kind: "words", text: "trd_01jd" }],
  ["91350211M000100Y43", { kind: "words", text: "91350211M000100Y43" }],
  ["厦门气象", { kind: "words", text: "厦门气象" }],
])("%j", (text, asked) => {
  expect(readAsked(text)).toEqual(asked)
})
