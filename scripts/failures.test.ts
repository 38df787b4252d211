import { expect, test } from "vitest"
import { filesToTryAgain, readPlaywright, readSecondTry, readVitest, tellFailures } from "./failures.ts"

const failure = (file: string, name: string) => ({ file, name, message: `${name} is wrong` })
const broken = (file: string, passed: number, ...names: string[]) => ({
  file,
  passed,
  failed: names.map((name) => failure(file, name)),
})

test("what fails at the second try too has failed; what passes then is named, and counts as passed", () => {
  const first = {
    files: [broken("a", 5), broken("b", 2, "chance", "bug"), broken("c", 0, "hook")],
    loose: [],
  }
  expect(readVitest(first)).toMatchObject({ passed: 7, flaky: [] })
  expect(filesToTryAgain(first)).toEqual(["b", "c"])
  const second = { files: [broken("b", 3, "bug"), broken("c", 4)], loose: [] }
  expect(readSecondTry(first, second)).toEqual({
    passed: 12,
    failed: [failure("b", "bug")],
    flaky: [failure("b", "chance"), failure("c", "hook")],
  })
})

test("nothing is tried again when many files fail, or something failed outside any test", () => {
  const many = ["a", "b", "c", "d"].map((file) => broken(file, 0, "bug"))
  expect(filesToTryAgain({ files: many, loose: [] })).toEqual([])
  const loose = [failure("unit tests", "outside any test")]
  expect(filesToTryAgain({ files: [broken("a", 0, "bug")], loose })).toEqual([])
  expect(readVitest({ files: [broken("a", 1)], loose }).failed).toEqual(loose)
})

test("journeys are found in their groups, with every try's message; an error beside them fails as well", () => {
  const spec = (title: string, line: number, status: string, ...messages: string[]) => ({
    title,
    file: "buyer.spec.ts",
    line,
    tests: [{ status, results: messages.map((message) => ({ status: "failed", errors: [{ message }] })) }],
  })
  const group = { title: "zh", specs: [spec("pays", 7, "unexpected", "no", "still no")] }
  const file = {
    title: "buyer.spec.ts",
    specs: [spec("reads", 3, "expected"), spec("waits", 5, "flaky", "late"), spec("kept", 6, "skipped")],
    suites: [group],
  }
  expect(readPlaywright({ suites: [file], errors: [{ message: "no browser" }] })).toEqual({
    passed: 2,
    failed: [
      { file: "e2e", name: "outside any test", message: "no browser" },
      { file: "e2e/buyer.spec.ts:7", name: "zh › pays", message: "no\nstill no" },
    ],
    flaky: [{ file: "e2e/buyer.spec.ts:5", name: "waits", message: "late" }],
  })
})

test("a failure is told by file, name and the beginning of its message, without colours", () => {
  const esc = String.fromCharCode(27)
  const message = [`${esc}[31mAssertionError${esc}[39m`, "", ...Array(20).fill("more")].join("\n")
  const told = tellFailures("Failed:", [{ file: "a.test.ts", name: "adds", message }])
  expect(told.split("\n").slice(0, 4)).toEqual(["", "Failed:", "  a.test.ts › adds", "      AssertionError"])
  expect(told.split("\n")).toHaveLength(15)
  expect(tellFailures("Failed:", [])).toBe("")
})
