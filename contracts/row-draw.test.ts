import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { toHex } from "./bytes.ts"
import { drawRows, drawSeed } from "./row-draw.ts"

const checkpoint = "quanheng/demo/0a1b2c3d\n42\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"

describe("the draw of rows", () => {
  it("gives what a second implementation (Python, from the comment alone) gave", () => {
    const seed = drawSeed("ab".repeat(32), checkpoint)
    expect(toHex(seed)).toBe("7b3b2682f502dac127976659f8923f45e5de33151c961b2905c2559aec01d1a8")
    expect(drawRows(seed, 1461)).toEqual([
      68, 86, 211, 252, 533, 743, 760, 827, 839, 866, 922, 923, 959, 1001, 1175, 1178, 1268, 1313, 1406, 1421,
    ])
  })

  it("draws without replacement, in order, within the rows, the same each time", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.nat(100_000),
        fc.nat(40),
        (seed, rows, n) => {
          const drawn = drawRows(seed, rows, n)
          expect(drawn).toEqual(drawRows(seed, rows, n))
          expect(drawn).toHaveLength(Math.min(rows, n))
          expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b))
          expect(drawn.every((row) => row >= 0 && row < rows)).toBe(true)
        },
      ),
    )
  })

  it("gives each row its chance", () => {
    const counts = new Array<number>(50).fill(0)
    for (let i = 0; i < 2000; i++) {
      const seed = drawSeed(i.toString(16).padStart(64, "0"), checkpoint)
      for (const row of drawRows(seed, 50, 10)) counts[row] = (counts[row] ?? 0) + 1
    }
    // 400 expected, standard deviation about 18.
    expect(Math.min(...counts)).toBeGreaterThan(320)
    expect(Math.max(...counts)).toBeLessThan(480)
  })

  it("depends on the checkpoint and takes nothing but a checkpoint's text", () => {
    const other = checkpoint.replace("42", "43")
    expect(drawSeed("00".repeat(32), checkpoint)).not.toEqual(drawSeed("00".repeat(32), other))
    expect(() => drawSeed("00".repeat(32), `${checkpoint}\n— name sig\n`)).toThrow()
    expect(() => drawSeed("00".repeat(31), checkpoint)).toThrow()
  })
})
