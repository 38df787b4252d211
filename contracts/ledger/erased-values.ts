import type { FactBody } from "./fact.ts"

/** Of the records of erasures in a bundle: how many values they name, and the first of those records. */
export type ErasedReport = {
  readonly values: number
  readonly accounts: number
  readonly records: readonly number[]
}

const toldRecords = 20

/** Counts what `data.erased` tells of while the records pass. */
export class ErasedValues {
  private values = 0
  private accounts = 0
  private readonly records: number[] = []

  add(record: number, { kind, places }: FactBody<"data.erased@1">): void {
    if (kind === "account") this.accounts += 1
    this.values += places.length
    if (this.records.length < toldRecords) this.records.push(record)
  }

  report(): ErasedReport {
    const { values, accounts, records } = this
    return { values, accounts, records: [...records] }
  }
}

export const nothingErased: ErasedReport = { values: 0, accounts: 0, records: [] }
