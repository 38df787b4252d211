import { dayMs, type Time, toMs } from "#contracts/time.ts"
import { raiseAlerts, withdrawOthers } from "../alerts/store.ts"
import { auditBook, type Finding } from "../escrow/audit.ts"
import { loadCursor, moveCursor } from "../payments/inbox-store.ts"
import type { Services } from "../services.ts"

type Needs = Pick<Services, "sql" | "writer">

const nameOf = ({ rule, subject }: Finding): string => `${rule} ${subject}`

/** Audits the whole book, puts what is wrong before somebody, and answers how much that was. */
export async function runAudit({ sql, writer }: Needs): Promise<number> {
  const at = writer.now()
  const findings = await auditBook(sql)
  await raiseAlerts(
    sql,
    findings.map((finding) => ({
      kind: "invariant" as const,
      subject: nameOf(finding),
      code: finding.rule,
      detail: finding.detail,
    })),
  )
  await withdrawOthers(sql, "invariant", findings.map(nameOf))
  await moveCursor(sql, "book", "audit", at)
  return findings.length
}

/** When the book was audited last; null before the first time. */
export const lastAudit = (sql: Needs["sql"]): Promise<Time | null> => loadCursor(sql, "book", "audit")

/** Every night, whichever worker comes first. */
export async function sweepAudit(services: Needs): Promise<void> {
  const last = await lastAudit(services.sql)
  if (last === null || toMs(services.writer.now()) - toMs(last) >= dayMs) await runAudit(services)
}
