import { execFileSync } from "node:child_process"
import { expect, test } from "vitest"
import { toHex } from "#contracts/bytes.ts"
import { drawRows, drawSeed } from "#contracts/row-draw.ts"
import { drawScript } from "./draw-script.ts"

const versionHash = "5f".repeat(32)
const checkpoint = "market.example/log\n42\nq83vEjRWeJA=\n"

test.each([0, 7, 20, 21, 344, 1_000_003])(
  "the printed program draws what the market draws from %d rows",
  (rows) => {
    const printed = execFileSync("sh", ["-c", drawScript({ versionHash, checkpoint, rows })], {
      encoding: "utf8",
      env: { ...process.env, PATH: `${process.execPath.replace(/\/node$/, "")}:${process.env.PATH}` },
    })
    const seed = drawSeed(versionHash, checkpoint)
    expect(printed).toBe(`seed ${toHex(seed)}\nrows ${drawRows(seed, rows).join(", ")}\n`)
  },
)
