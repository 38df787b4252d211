import { correction, generate } from "lean-qr"
import { toSvgPath } from "lean-qr/extras/svg"

/** A QR code as one path in a square of `size` units, one unit a module; the quiet zone is the drawer's to leave. */
export type QrCode = { readonly size: number; readonly path: string }

/** Four modules of white around it, as ISO/IEC 18004 asks. */
export const quietZone = 4

/** The code of a text, with level M at least: 15 % of it may be soiled and it still reads. */
export function qrCode(text: string): QrCode {
  const code = generate(text, { minCorrectionLevel: correction.M })
  return { size: code.size, path: toSvgPath(code) }
}
