import { createHash } from "node:crypto"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { attachment, deliveryHead, entityTag, isSame, parseRange } from "./range.ts"

const sha256 = createHash("sha256").update("hello world").digest("hex")
const file = { sha256, bytes: 1000 }
const part = (start: number, end: number) => ({ start, end, part: true })
const whole = { start: 0, end: 1000, part: false }
const outside = { refused: "range_not_satisfiable", at: "Range", detail: { bytes: 1000 } }

describe("a Range header", () => {
  it.each<[string | undefined, object]>([
    [undefined, whole],
    ["bytes=0-0", part(0, 1)],
    ["bytes=0-499", part(0, 500)],
    ["bytes=500-", part(500, 1000)],
    ["bytes=-1", part(999, 1000)],
    ["bytes=-5000", part(0, 1000)],
    ["bytes=990-5000", part(990, 1000)],
    ["BYTES=1-2", part(1, 3)],
    ["bytes=1000-", outside],
    ["bytes=5000-6000", outside],
    ["bytes=-0", outside],
    ["bytes=5-4", whole],
    ["bytes=-", whole],
    ["bytes=a-b", whole],
    ["bytes=0-1,5-6", whole],
    ["rows=0-1", whole],
    ["bytes=99999999999999999999999-", outside],
  ])("%s", (range, answer) => {
    expect(parseRange(range, undefined, file)).toEqual(answer)
  })

  it("never leaves the file", () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(2000), fc.nat(1500), (a, b, bytes) => {
        const found = parseRange(`bytes=${a}-${b}`, undefined, { sha256, bytes })
        if ("refused" in found) expect(a).toBeGreaterThanOrEqual(bytes)
        else expect(found.start >= 0 && found.start <= found.end && found.end <= bytes).toBe(true)
      }),
    )
  })

  it("counts with If-Range only for the very same bytes", () => {
    expect(parseRange("bytes=1-2", entityTag(sha256), file)).toEqual(part(1, 3))
    expect(parseRange("bytes=1-2", '"other"', file)).toEqual(whole)
    expect(parseRange("bytes=1-2", `W/${entityTag(sha256)}`, file)).toEqual(whole)
    expect(parseRange("bytes=1-2", "Tue, 24 Nov 2026 04:00:00 GMT", file)).toEqual(whole)
  })
})

describe("a delivery's head", () => {
  it("names the whole file's digest, also for a part", () => {
    const { status, headers } = deliveryHead({ ...file, name: "a.csv", format: "csv" }, part(10, 20))
    expect(status).toBe(206)
    expect(headers["Content-Range"]).toBe("bytes 10-19/1000")
    expect(headers["Content-Length"]).toBe("10")
    // `printf 'hello world' | openssl dgst -sha256 -binary | base64`
    expect(headers["Repr-Digest"]).toBe("sha-256=:uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=:")
    expect(headers.Digest).toBe("sha-256=uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=")
    expect(deliveryHead({ ...file, name: "a.csv", format: "csv" }, whole).status).toBe(200)
  })

  it("knows what the reader has", () => {
    expect(isSame(`"x", W/${entityTag(sha256)}`, sha256)).toBe(true)
    expect(isSame("*", sha256)).toBe(true)
    expect(isSame('"x"', sha256)).toBe(false)
    expect(isSame(undefined, sha256)).toBe(false)
  })

  it("cannot be split by a file's name", () => {
    expect(attachment('天气 "2024"\r\n(1)*.csv')).toBe(
      "attachment; filename=\"__ _2024___(1)*.csv\"; filename*=UTF-8''%E5%A4%A9%E6%B0%94%20%222024%22%0D%0A%281%29%2A.csv",
    )
  })
})
