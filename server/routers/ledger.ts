import { z } from "zod"
import { type Id, isId } from "#contracts/ids.ts"
import { readNamedCertificate } from "../ledger/certificates.ts"
import { openValues } from "../ledger/disclosures.ts"
import {
  type RecordFamily,
  readLatest,
  readOverview,
  readRecordPage,
  recordFamilies,
} from "../ledger/explorer.ts"
import { listExports, readExport, requestExport, requestExportInput } from "../ledger/export/commands.ts"
import { listCheckpoints, readCheckpointPage } from "../ledger/heads/queries.ts"
import { readHead, readSealingLag } from "../ledger/log-store.ts"
import { lookUp } from "../ledger/lookup/look-up.ts"
import { largestOpening, openingPurposes } from "../ledger/opening-rules.ts"
import { readOwnCertificate } from "../ledger/own-certificate.ts"
import { answered, procedure, router } from "./trpc.ts"

const exportId = z.string().refine((text): text is Id<"export"> => isId("export", text))
const commandId = z.string().refine((text): text is Id<"command"> => isId("command", text))
const factRef = z.strictObject({ subject: z.string().max(40), version: z.int().min(1) })
/** Whether a page of supervision's asks, which is for nobody else. */
const desk = z.boolean().default(false)
const position = z.int().min(0)
const factName = z.union([z.strictObject({ index: position }), factRef])
const family = z.enum(Object.keys(recordFamilies) as [RecordFamily])

/** The certification ledger. What is published needs no sign-in. */
export const ledger = router({
  head: procedure.query(async ({ ctx }) => {
    const [head, lag] = await Promise.all([readHead(ctx.services.sql), readSealingLag(ctx.services.sql)])
    return { head, lag }
  }),
  overview: procedure.query(({ ctx }) => readOverview(ctx.services)),
  latest: procedure
    .input(z.strictObject({ before: position.nullable(), family: family.nullable() }))
    .query(({ ctx, input }) => readLatest(ctx.services, input)),
  lookUp: procedure
    .input(z.strictObject({ text: z.string().max(200), after: position.default(0) }))
    .query(({ ctx, input }) => lookUp(ctx.services, input)),
  record: procedure
    .input(z.strictObject({ index: position }))
    .query(({ ctx, input }) => readRecordPage(ctx.services, ctx.actor, input.index)),
  checkpoints: procedure
    .input(z.strictObject({ before: position.nullable() }))
    .query(({ ctx, input }) => listCheckpoints(ctx.services, input)),
  checkpoint: procedure
    .input(z.strictObject({ size: position, from: position.nullable() }))
    .query(({ ctx, input }) => readCheckpointPage(ctx.services, input)),
  certificate: procedure
    .input(factName)
    .query(({ ctx, input }) => readNamedCertificate(ctx.services.sql, input)),
  ownCertificate: procedure
    .input(z.strictObject({ index: position }))
    .query(({ ctx, input }) => readOwnCertificate(ctx.services, ctx.actor, input.index)),
  open: procedure
    .input(
      z.strictObject({
        commandId,
        purpose: z.enum(openingPurposes),
        records: z.array(factRef).min(1).max(largestOpening),
      }),
    )
    .mutation(({ ctx, input }) => openValues(ctx.services, ctx.actor, { ...input, subject: null })),
  requestExport: procedure
    .input(requestExportInput)
    .mutation(({ ctx, input }) => requestExport(ctx.services, ctx.actor, input)),
  export: procedure
    .input(z.strictObject({ id: exportId, desk }))
    .query(({ ctx, input }) => answered(readExport(ctx.services, ctx.actor, input.id, input.desk))),
  exports: procedure
    .input(z.strictObject({ before: exportId.nullable(), limit: z.int().min(1).max(100).default(20), desk }))
    .query(({ ctx, input }) => listExports(ctx.services, ctx.actor, input)),
})
