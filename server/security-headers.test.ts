import { expect, test } from "vitest"
import { contentSecurityPolicy, makeNonce } from "./security-headers.ts"

const directives = (policy: string) =>
  new Map(policy.split("; ").map((part) => [part.split(" ")[0], part.split(" ").slice(1)]))

test("a page's policy lets only its own nonce run and nothing come from outside", () => {
  const policy = contentSecurityPolicy("abc")
  const found = directives(policy)
  expect(found.get("script-src")).toEqual(["'self'", "'nonce-abc'", "'strict-dynamic'"])
  expect(found.get("style-src")).toEqual(["'self'", "'nonce-abc'"])
  expect(policy).not.toMatch(/unsafe|https?:|\*/)
  for (const closed of ["object-src", "base-uri", "frame-ancestors", "frame-src"])
    expect(found.get(closed)).toEqual(["'none'"])
})

test("a nonce is 128 bits and cannot break out of the header", () => {
  expect(makeNonce(new Uint8Array(16).fill(255))).toBe("/////////////////////w==")
  expect(() => makeNonce(new Uint8Array(15))).toThrow()
})
