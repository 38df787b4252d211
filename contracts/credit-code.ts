/**
 * The unified social credit code 统一社会信用代码 (GB 32100-2015): registering department and kind (2), division
 * code (6 digits), organisation code (9), check character (1). Its alphabet has no I, O, S, V and Z, §4.2.
 */
const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
const form = /^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$/

export const hasCreditCodeForm = (text: string): boolean => form.test(text)

/**
 * The check character of the first 17 (§6, by ISO/IEC 7064): weights 3^(i−1) mod 31, then what is missing to a
 * multiple of 31. The modulus is prime, so every single wrong character and every swap of neighbours shows.
 * @param body of the code's form; throws when it is not.
 */
export function creditCodeCheck(body: string): string {
  let sum = 0
  for (let i = 0, weight = 1; i < 17; i++, weight = (weight * 3) % 31) {
    const value = alphabet.indexOf(body.charAt(i) || "?")
    if (value < 0) throw new Error("a credit code's body has 17 characters of its alphabet")
    sum += value * weight
  }
  return alphabet.charAt((31 - (sum % 31)) % 31)
}

/** Of a text that has the form. */
export const creditCodeChecks = (code: string): boolean => code.charAt(17) === creditCodeCheck(code)
