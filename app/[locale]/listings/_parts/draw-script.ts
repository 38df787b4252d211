import { drawnRows } from "#contracts/row-draw.ts"

/**
 * A program of a few lines that draws the rows of contracts/row-draw.ts again and prints their numbers, for a
 * POSIX shell with Node.js. It takes nothing from the market but the values that are written in it.
 */
export function drawScript(draw: { versionHash: string; checkpoint: string; rows: number }): string {
  return `node --input-type=commonjs <<'END'
const { createHash } = require("node:crypto")
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest()
const versionHash = ${JSON.stringify(draw.versionHash)}
const checkpoint = ${JSON.stringify(draw.checkpoint)}
const rows = ${draw.rows}, wanted = ${drawnRows}
const seed = sha256("quanheng/row-draw/v1\\n", Buffer.from(versionHash, "hex"), checkpoint)
const drawn = new Set(rows <= wanted ? Array(rows).keys() : [])
const fair = rows && (2n ** 64n / BigInt(rows)) * BigInt(rows)
for (let k = 0n; drawn.size < Math.min(rows, wanted); k++) {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(k)
  const x = sha256(seed, counter).readBigUInt64BE()
  if (x < fair) drawn.add(Number(x % BigInt(rows)))
}
console.log("seed", seed.toString("hex"))
console.log("rows", [...drawn].sort((a, b) => a - b).join(", "))
END`
}
