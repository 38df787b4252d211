import { createHmac } from "node:crypto"

/** The `Stripe-Signature` header: `t` is Unix seconds, `v1` the hex HMAC-SHA-256 of `<t>.<body>`. */
export function signatureHeader(body: string, secret: string, timeSeconds: number): string {
  const mac = createHmac("sha256", secret).update(`${timeSeconds}.${body}`).digest("hex")
  return `t=${timeSeconds},v1=${mac}`
}
