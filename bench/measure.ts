/** One figure of a bench; with a reference of the same run beside it where there is one. */
export type Measure = {
  readonly bench: string
  readonly measure: string
  readonly value: number
  readonly unit: string
  readonly reference?: string
  readonly referenceValue?: number
  readonly ratio?: number
}

/** Measures, and sentences that a reader of the figures should know. */
export type BenchResult = { readonly measures: readonly Measure[]; readonly notes: readonly string[] }

export type BenchOptions = { readonly seconds: number; readonly rounds: number; say(sentence: string): void }

export type Bench = (options: BenchOptions) => Promise<BenchResult>

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** The figure beside its reference; without a reference (null) only the figure. */
export function measureOf(
  figure: Omit<Measure, "reference" | "referenceValue" | "ratio">,
  reference: { readonly name: string; readonly value: number } | null,
): Measure {
  if (reference === null) return figure
  return {
    ...figure,
    reference: reference.name,
    referenceValue: reference.value,
    ratio: figure.value / reference.value,
  }
}

/** How many callers there are, one count after the other. QUANHENG_CALLERS takes one alone, to try things out. */
export const callerCounts: readonly number[] = process.env.QUANHENG_CALLERS
  ? [Number(process.env.QUANHENG_CALLERS)]
  : [32, 256]
