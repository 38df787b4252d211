import { toHex } from "#contracts/bytes.ts"
import { isRefusal, type Refusal } from "#contracts/refusal.ts"
import { drawRows, drawSeed } from "#contracts/row-draw.ts"
import { inChild, type MeasuredFile, type Measuring } from "./profile.ts"

/** The rows that the market drew for a listing, and what anyone needs to draw them again. */
export type Sample = {
  /** Lower-case hex. */
  seed: string
  /** 0-based numbers of the rows, ascending. */
  numbers: number[]
  columns: string[]
  /** One for each number; cells as text, cut to a bounded length, null where there is no value. */
  rows: (string | null)[][]
}

/** Of the version, and of the first checkpoint after its registration was sealed (contracts/row-draw.ts). */
export type Draw = { versionHash: string; checkpointText: string; rows: number }

/** Draws and reads the sample rows. Refuses and throws as `profileFile` does. */
export async function drawSample(
  source: MeasuredFile,
  draw: Draw,
  measuring: Measuring,
  signal?: AbortSignal,
): Promise<Sample | Refusal> {
  const seed = drawSeed(draw.versionHash, draw.checkpointText)
  const numbers = drawRows(seed, draw.rows)
  const answer = await inChild(source, { do: "read rows", numbers }, measuring, signal)
  if (isRefusal(answer)) return answer
  if (answer.is !== "rows" || answer.rows.length !== numbers.length)
    throw new Error("the measuring process did not read the rows that were drawn")
  return { seed: toHex(seed), numbers, columns: answer.columns, rows: answer.rows }
}
