import { z } from "zod"

/** The forms of members of facts' bodies in clear. */
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const code = z.string().regex(/^[a-zA-Z][a-zA-Z0-9_.-]{0,63}$/)
const count = z.int().min(0)
const id = z.string().regex(/^[a-z]{3}_[0-9a-z]{26}$/)
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
/** Every fact of a noun names the noun's new version, so that none can be missing or doubled unseen. */
const version = z.int().min(1)

/** By name: whoever reads bodies without zod knows a schema by being one of these. */
export const factForms = { hash, code, count, id, time, version } as const

export const noun = <S extends z.ZodRawShape>(shape: S) => z.strictObject({ version, ...shape })

/** Of a fact without confidential members. */
export const none: readonly string[] = []
