import { writeFileSync } from "node:fs"
import type { Reporter, SerializedError, TestModule } from "vitest/node"
import type { Failure, VitestReport } from "./failures.ts"

/** Vitest's own JSON does not say what a hook threw, or what was thrown outside any test: this does. */
export default class Report implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const path = process.env.QUANHENG_TEST_REPORT
    if (!path) return
    const report: VitestReport = {
      files: modules.map(fileOf),
      loose: unhandled.map((error) => ({
        file: String(error.VITEST_TEST_PATH ?? "unit tests"),
        name: `outside any test (${error.type ?? error.name})`,
        message: messageOf([error]),
      })),
    }
    writeFileSync(path, JSON.stringify(report))
  }
}

function fileOf(module: TestModule): VitestReport["files"][number] {
  const file = module.relativeModuleId
  const failed: Failure[] = []
  let passed = 0
  const note = (name: string, errors: readonly SerializedError[]) =>
    failed.push({ file, name, message: messageOf(errors) })
  for (const test of module.children.allTests()) {
    const result = test.result()
    if (result.state === "passed") passed++
    if (result.state === "failed") note(test.fullName, result.errors)
  }
  for (const suite of module.children.allSuites())
    if (suite.errors().length > 0) note(`${suite.fullName} (its hooks)`, suite.errors())
  if (module.errors().length > 0 || (module.state() === "failed" && failed.length === 0))
    note("the file itself", module.errors())
  return { file, passed, failed }
}

/** What it says and where; the difference of two values, when it has one. */
function messageOf(errors: readonly SerializedError[]): string {
  return errors
    .map(({ message, stack = "", diff = "" }) => {
      const ours = stack.split("\n").filter((line) => /^\s+at /.test(line) && !line.includes("node_modules"))
      return [message, ...ours.slice(0, 2), diff].join("\n")
    })
    .join("\n")
}
