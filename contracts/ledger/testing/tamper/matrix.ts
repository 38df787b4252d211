import type { Group, TamperCase } from "./case.ts"
import { certificateGroups } from "./certificates.ts"
import { fileGroups } from "./files.ts"
import { forgedGroups } from "./forged.ts"
import { meaningGroups } from "./meaning.ts"
import { readerGroups } from "./readers.ts"
import { recordGroups } from "./records.ts"
import { rotationGroups } from "./rotated.ts"
import { witnessGroups } from "./witnessed.ts"

/** The whole tamper matrix: what the tests run and docs/tamper-matrix.md tells. A new row goes into a group's file. */
export const tamperMatrix: readonly Group[] = [
  ...fileGroups,
  ...recordGroups,
  ...forgedGroups,
  ...witnessGroups,
  ...rotationGroups,
  ...readerGroups,
  ...meaningGroups,
  ...certificateGroups,
]

export const tamperCases: readonly TamperCase[] = tamperMatrix.flatMap(({ cases }) => cases)
