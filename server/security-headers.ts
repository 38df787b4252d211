/**
 * The headers that every answer of the market carries, whoever sends it: the node:http front door or Next.js.
 * Nothing is ever loaded from outside, so every source is our own origin.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "X-Permitted-Cross-Domain-Policies": "none",
}

/** 128 random bits in base64, as Content Security Policy Level 3 §7.1 asks; a fresh one for each page. */
export function makeNonce(random: Uint8Array): string {
  if (random.length !== 16) throw new Error("a nonce needs exactly 16 random bytes")
  return btoa(String.fromCharCode(...random))
}

/**
 * The policy of a page (CSP Level 3). Scripts and style elements run only with the page's nonce; style
 * attributes are refused, which is why the components draw with SVG attributes and classes. In development
 * React needs `eval` and the bundler injects styles, so there it is laxer.
 */
export function contentSecurityPolicy(nonce: string, development = false): string {
  const scripts = development ? " 'unsafe-eval'" : ""
  const styles = development ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${scripts}`,
    `style-src ${styles}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ")
}

/** What a file, a tile or a JSON answer may do when a browser opens it by itself: nothing. */
export const closedContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox"
