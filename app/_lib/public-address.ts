import { inProcess } from "#server/in-process.ts"

/** A page's whole address as the market's readers know it, for paper and for codes. */
export const publicAddress = (path: string): string => `${inProcess().publicUrl}${path}`
