import { execFileSync } from "node:child_process"
import { describe, expect, test } from "vitest"
import { addMs, toTime } from "#contracts/time.ts"
import { downloadLines, linkLifeMs, makeToken, readToken } from "./links.ts"

const by = { user: "usr_00000000000000000000000001", party: "pty_00000000000000000000000001" } as const
const grant = "gra_00000000000000000000000001"
const now = toTime(Date.UTC(2026, 10, 24))

describe("a token", () => {
  const file = { grant, name: "a.csv" } as const
  const token = makeToken(file, by, now, "secret")

  test("names its holder until it is old", () => {
    expect(readToken(token, file, now, "secret")).toEqual(by)
    expect(readToken(token, file, addMs(now, linkLifeMs - 1), "secret")).toEqual(by)
    expect(readToken(token, file, addMs(now, linkLifeMs), "secret")).toMatchObject({
      refused: "grant_expired",
    })
  })

  test.each([
    ["another expiry", token.replace(/\.(\d+)\./, (_, seconds) => `.${Number(seconds) + 1}.`)],
    ["another user", token.replace(by.user, "usr_00000000000000000000000002")],
    ["another party", token.replace(by.party, "pty_00000000000000000000000002")],
    ["more", `${token}x`],
    ["less", token.slice(0, -1)],
    ["a fifth part", `${token}.`],
    ["nothing", ""],
    ["nonsense", "a.b.c.d"],
  ])("with %s is not ours", (_, changed) => {
    expect(changed).not.toBe(token)
    expect(readToken(changed, file, now, "secret")).toMatchObject({ refused: "not_found" })
  })

  test("opens no other file, no other grant, and no other market", () => {
    for (const other of [
      { grant, name: "b.csv" },
      { grant: "gra_00000000000000000000000002", name: "a.csv" },
    ] as const)
      expect(readToken(token, other, now, "secret")).toMatchObject({ refused: "not_found" })
    expect(readToken(token, file, now, "another secret")).toMatchObject({ refused: "not_found" })
  })
})

test.each(["rain.csv", "'; touch x #.csv", "$(id) `id` \\.csv", "-降水 1.csv"])(
  "the lines for %s say to a shell what they mean",
  (name) => {
    const sha256 = "ab".repeat(32)
    const file = { name, format: "csv", sha256, bytes: 1 } as const
    const config = { publicUrl: "https://market.example", authSecret: "secret" }
    const lines = downloadLines(grant, file, by, now, config)
    // The shell reads the line; instead of the program, a function of its name prints what it was given.
    const run = (program: string, line: string) =>
      execFileSync("sh", ["-c", `${program}() { cat; printf '%s\\n' "$@"; }; ${line}`], { input: "" })
        .toString()
        .split("\n")
    expect(run("curl", lines.fetch)).toEqual([
      "--fail",
      "--continue-at",
      "-",
      "--output",
      `./${name}`,
      lines.url,
      "",
    ])
    expect(run("sha256sum", lines.check)).toEqual([`${sha256}  ./${name}`, "--check", ""])
  },
)
