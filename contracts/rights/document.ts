import { z } from "zod"
import { line } from "../rights.ts"

/** A paper that proves something: its title, who issued it, and at least one way to find it again. */
export const documentReference = z
  .strictObject({
    title: line(200),
    issuer: line(200).nullable(),
    number: line(100).nullable(),
    url: z.url().max(2_000).nullable(),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
  })
  .refine((paper) => paper.number !== null || paper.url !== null || paper.sha256 !== null, {
    message: "a number, an address or a hash is needed",
  })
export type DocumentReference = z.infer<typeof documentReference>
