import { expect, test, vi } from "vitest"
import { isRefusal } from "#contracts/refusal.ts"
import type { PrintedDocument } from "./document.ts"
import { printPdf } from "./print.ts"
import { renderPdf } from "./render-pdf.ts"

vi.mock("./render-pdf.ts", () => ({ renderPdf: vi.fn() }))
const document = {} as PrintedDocument

test("sixteen wait in line one after another, the next is told that it is too busy, and room comes back", async () => {
  const first = Promise.withResolvers<Uint8Array>()
  let printing = 0
  let most = 0
  vi.mocked(renderPdf).mockImplementation(async () => {
    most = Math.max(most, ++printing)
    await first.promise
    printing -= 1
    return Uint8Array.of(1)
  })
  const inLine = Array.from({ length: 16 }, () => printPdf(document))
  expect(await printPdf(document)).toMatchObject({ refused: "too_busy" })
  first.resolve(Uint8Array.of(1))
  expect((await Promise.all(inLine)).some(isRefusal)).toBe(false)
  expect([most, vi.mocked(renderPdf).mock.calls.length]).toEqual([1, 16])
  expect(isRefusal(await printPdf(document))).toBe(false)
})

test("a document that fails keeps nobody from its place", async () => {
  vi.mocked(renderPdf).mockRejectedValue(new Error("no such letter"))
  const failing = await Promise.allSettled(Array.from({ length: 17 }, () => printPdf(document)))
  expect(failing.filter(({ status }) => status === "rejected")).toHaveLength(16)
  vi.mocked(renderPdf).mockResolvedValue(Uint8Array.of(2))
  expect(await printPdf(document)).toEqual(Uint8Array.of(2))
})
