/**
 * The forms of VAT ids: the member states of the European Union as the Commission's VIES lists them, and the
 * United Kingdom, Switzerland and Norway. Only the form is checked here; that the id exists is for the operator.
 */
const forms: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CH: /^E\d{9}(MWST|TVA|IVA)$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^[1-9]\d{8}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  ES: /^([A-Z]\d{7}[A-Z0-9]|\d{8}[A-Z])$/,
  FI: /^\d{8}$/,
  FR: /^[A-HJ-NP-Z0-9]{2}\d{9}$/,
  GB: /^(\d{9}|\d{12}|(GD|HA)\d{3})$/,
  GR: /^\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^(\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^[A-Z0-9+*]{10}\d{2}$/,
  NO: /^\d{9}MVA$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^[1-9]\d{1,9}$/,
  SE: /^\d{12}$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
}

/** Elsewhere: a tax or company number of a plausible length that holds a digit. */
const generalForm = /^(?=.*\d)[A-Z0-9]{5,20}$/

/** Greece writes EL, not its ISO code. */
const prefixOf = (country: string): string => (country === "GR" ? "EL" : country)

/**
 * The id with its country's prefix, as it is kept and compared; null where it does not have its country's form.
 * @param text upper case, without spaces and punctuation, with the prefix or without it.
 */
export function readVatId(country: string, text: string): string | null {
  const prefix = prefixOf(country)
  const form = forms[country] ?? generalForm
  const bare = text.startsWith(prefix) ? text.slice(prefix.length) : text
  if (form.test(bare)) return prefix + bare
  // A number may begin with the same letters as its country without these being the prefix.
  return form.test(text) ? prefix + text : null
}
