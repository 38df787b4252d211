/** The steps of the job that carries an erasure out, by what is erased. */
export const erasureSteps = {
  account: ["account", "finish"],
  field: ["values", "keys", "notes", "bundles", "finish"],
  product: ["grants", "key", "files", "rows", "finish"],
} as const
export type ErasureStep = (typeof erasureSteps)[keyof typeof erasureSteps][number]

/** Called before each step: where a test cuts the job off. */
export type Before = (step: ErasureStep) => Promise<void>
