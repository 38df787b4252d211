/**
 * Text that may be printed: one line, no controls, and nothing that turns the direction of writing, for a name
 * must not make the words beside it read otherwise.
 */
export const printable = (text: string): string =>
  text
    .toWellFormed()
    .normalize("NFC")
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replaceAll(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "")

/** Whether a text has only letters that the font for code has. */
export const isPlainAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text)
