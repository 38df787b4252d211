/** What is accepted of a data file. Without zod, for the measuring process starts anew for each file. */
export const textEncodings = ["utf-8", "utf-16le", "utf-16be", "gb18030"] as const
export type TextEncoding = (typeof textEncodings)[number]

export const delimiters = [",", "\t", ";", "|"] as const
export type Delimiter = (typeof delimiters)[number]

/** More is refused before a reader of the format sees it. */
export const maxColumns = 4096
export const maxColumnName = 200
export const maxCellLength = 500
