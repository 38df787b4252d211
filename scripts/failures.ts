/** A test that did not pass, as it is told at the end of a run. */
export type Failure = { readonly file: string; readonly name: string; readonly message: string }
/** What a runner's report says; `flaky` are those that passed at their second try. */
export type Outcome = {
  readonly passed: number
  readonly failed: readonly Failure[]
  readonly flaky: readonly Failure[]
}

/** What scripts/vitest-report.ts writes: of each file how many tests passed and which failed. */
export type VitestReport = {
  readonly files: readonly {
    readonly file: string
    readonly passed: number
    readonly failed: readonly Failure[]
  }[]
  /** What was thrown outside any test. */
  readonly loose: readonly Failure[]
}

export function readVitest({ files, loose }: VitestReport): Outcome {
  const passed = files.reduce((sum, file) => sum + file.passed, 0)
  return { passed, failed: [...files.flatMap(({ failed }) => failed), ...loose], flaky: [] }
}

/** The files that may be run a second time: when many fail, that is no chance. */
export function filesToTryAgain({ files, loose }: VitestReport): string[] {
  const failed = files.filter((one) => one.failed.length > 0).map(({ file }) => file)
  return loose.length === 0 && failed.length <= 3 ? failed : []
}

/** What stands when the files with failures, and only they, were run again. */
export function readSecondTry(first: VitestReport, second: VitestReport): Outcome {
  const again = new Map(second.files.map((one) => [one.file, one]))
  const files = first.files.map((one) => again.get(one.file) ?? one)
  const { passed, failed } = readVitest({ files, loose: second.loose })
  const still = new Set(failed.map(keyOf))
  return { passed, failed, flaky: readVitest(first).failed.filter((one) => !still.has(keyOf(one))) }
}
const keyOf = ({ file, name }: Failure) => `${file} › ${name}`

type Errors = readonly { readonly message?: string }[]
type PlaywrightSuite = {
  readonly title: string
  readonly suites?: readonly PlaywrightSuite[]
  readonly specs?: readonly {
    readonly title: string
    readonly file: string
    readonly line: number
    readonly tests: readonly {
      readonly status: string
      readonly results: readonly { readonly status?: string; readonly errors: Errors }[]
    }[]
  }[]
}
export type PlaywrightReport = { readonly suites: readonly PlaywrightSuite[]; readonly errors: Errors }

/** What Playwright's JSON report says; what it complains of beside any test fails too. */
export function readPlaywright({ suites, errors }: PlaywrightReport): Outcome {
  let passed = 0
  const failed = errors.map(({ message = "" }) => ({ file: "e2e", name: "outside any test", message }))
  const flaky: Failure[] = []
  const read = (suite: PlaywrightSuite, above: readonly string[]): void => {
    for (const { title, file, line, tests } of suite.specs ?? [])
      for (const { status, results } of tests) {
        if (status === "expected" || status === "flaky") passed++
        if (status !== "unexpected" && status !== "flaky") continue
        const said = results.flatMap((one) => one.errors).map(({ message = "" }) => message)
        const message = said.join("\n") || results.map((one) => one.status).join(", ")
        const failure = { file: `e2e/${file}:${line}`, name: [...above, title].join(" › "), message }
        if (status === "flaky") flaky.push(failure)
        else failed.push(failure)
      }
    for (const one of suite.suites ?? []) read(one, [...above, one.title])
  }
  // The outermost suites are the files.
  for (const { title: _file, ...suite } of suites) read({ ...suite, title: "" }, [])
  return { passed, failed, flaky }
}

/** The failures as lines: where, which, and how its message begins. */
export function tellFailures(title: string, failures: readonly Failure[]): string {
  if (failures.length === 0) return ""
  const told = failures.map(({ file, name, message }) => {
    const said = plain(message)
      .split("\n")
      .filter((line) => line.trim() !== "")
    return [`  ${file} › ${name}`, ...said.slice(0, 12).map((line) => `      ${line.slice(0, 300)}`)].join(
      "\n",
    )
  })
  return `\n${title}\n${told.join("\n")}`
}

/** Text without a terminal's colours. */
export const plain = (text: string): string =>
  text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g"), "")
