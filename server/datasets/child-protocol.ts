import { z } from "zod"
import { datasetProfile } from "#contracts/dataset.ts"
import { type RefusalCode, refusals } from "#contracts/refusal.ts"

/**
 * What the measuring process is told (one line of JSON on its standard input, which stays open as long as its
 * parent lives) and what it answers (one JSON value on its standard output). It gets no key and no secret: the
 * parent has decrypted the file into the private folder before.
 */
export type ChildTask = {
  /** The private folder; the file in it is called `source`. */
  folder: string
  /** As the seller named it; only decides between equal guesses. */
  fileName: string
  limits: { memoryMegabytes: number; threads: number; spillMegabytes: number }
  /** Of the rows, at most 1,000 by their numbers. */
  work: { do: "measure" } | { do: "read rows"; numbers: number[] }
}

const codes = Object.keys(refusals) as [RefusalCode, ...RefusalCode[]]

export const childAnswer = z.discriminatedUnion("is", [
  z.strictObject({ is: z.literal("profile"), profile: datasetProfile }),
  z.strictObject({
    is: z.literal("rows"),
    columns: z.array(z.string()),
    rows: z.array(z.array(z.string().nullable())),
  }),
  z.strictObject({
    is: z.literal("refusal"),
    refusal: z.strictObject({
      refused: z.enum(codes),
      at: z.string().exactOptional(),
      detail: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
    }),
  }),
])
export type ChildAnswer = z.infer<typeof childAnswer>
