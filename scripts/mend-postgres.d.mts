/** Types for mend-postgres.mjs, which is JavaScript because it runs on the host's Node. */
export const mends: Record<string, [old: string, next: string][]>
export function mendPostgres(root: string): boolean
