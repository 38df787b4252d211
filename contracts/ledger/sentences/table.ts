import type { FactBody, FactSecret, FactType, Json } from "../fact.ts"

/** Confidential members that were opened to the reader; what was not is left out. */
export type Opened<T extends FactType> = Readonly<Partial<Record<FactSecret<T>, Json>>>

/** One sentence for each type of fact: a new type without its sentence does not compile. */
export type SentenceTable = { readonly [T in FactType]: (body: FactBody<T>, opened: Opened<T>) => string }
