/** The script of verify.html: the verify page as one file, for a reader who has nothing but a bundle. */
import type { Locale } from "#contracts/localized-text.ts"
import { verify } from "../../_lib/messages/verify.ts"
import { chosenFiles, droppedFiles, nameOf } from "../chosen-files.ts"
import type { GivenFile, Outcome } from "../protocol.ts"
import { type Session, startTask } from "../session.ts"
import { tellOutcome } from "../verdict.ts"
import { element } from "./element.ts"

const state = {
  locale: (/^zh/i.test(navigator.language) ? "zh" : "en") as Locale,
  files: [] as readonly GivenFile[],
  key: "",
  kept: "",
  running: null as { session: Session<Outcome>; copy: boolean } | null,
  outcome: null as Outcome | "cancelled" | "crashed" | null,
}

const source = document.getElementById("worker")?.textContent ?? ""
const workerUrl = URL.createObjectURL(new Blob([source], { type: "text/javascript" }))
const app = document.getElementById("app") as HTMLElement
const bar = element("progress", { max: "1", value: "0" })

function draw(focus?: string): void {
  const t = verify[state.locale]
  document.documentElement.lang = state.locale === "zh" ? "zh-CN" : "en"
  document.title = t.offlineTitle
  bar.setAttribute("aria-label", t.working)
  const other = () => {
    state.locale = state.locale === "zh" ? "en" : "zh"
    draw("language")
  }
  app.replaceChildren(
    element(
      "main",
      {},
      element(
        "header",
        {},
        element("div", {}, element("h1", {}, t.offlineTitle), element("p", { class: "soft" }, t.offlineLead)),
        element(
          "button",
          { id: "language", type: "button", lang: state.locale === "zh" ? "en" : "zh-CN", click: other },
          t.language,
        ),
      ),
      files(),
      keys(),
      actions(),
      element("div", { "aria-live": "polite" }, result()),
      element("p", { class: "soft" }, t.limits),
    ),
  )
  if (focus) document.getElementById(focus)?.focus()
}

function files(): HTMLElement {
  const t = verify[state.locale]
  const take = (given: readonly GivenFile[], focus: string) => {
    if (given.length === 0) return
    state.files = given
    state.outcome = null
    draw(focus)
  }
  const chooser = (id: string, label: string, folder: boolean) => {
    const input = element("input", {
      id,
      type: "file",
      webkitdirectory: folder,
      multiple: !folder,
      change: () => take(chosenFiles(input.files as FileList), id),
    })
    return element("label", { class: "file" }, label, input)
  }
  const name =
    state.files.length === 0 ? t.empty : t.given(nameOf(state.files).slice(0, 200), state.files.length)
  const drop: HTMLElement = element(
    "div",
    {
      class: "drop",
      dragover: (event) => {
        event.preventDefault()
        drop.classList.add("over")
      },
      dragleave: () => drop.classList.remove("over"),
      drop: (event) => {
        event.preventDefault()
        const items = (event as DragEvent).dataTransfer?.items
        if (items) void droppedFiles(items).then((given) => take(given, "file"))
      },
    },
    element("p", {}, t.drop),
    element("p", { class: "soft" }, t.dropRotations),
    element(
      "div",
      { class: "row" },
      chooser("file", t.chooseFile, false),
      chooser("folder", t.chooseFolder, true),
    ),
    element("p", { class: "soft", id: "given" }, name),
  )
  return element("section", { class: "card" }, element("h2", {}, t.step1), drop)
}

function keys(): HTMLElement {
  const t = verify[state.locale]
  const field = (id: "key" | "kept", label: string, hint: string, rows: string) => {
    const area = element("textarea", {
      id,
      rows,
      spellcheck: "false",
      "aria-describedby": `${id}-hint`,
      input: () => {
        state[id] = area.value
      },
    })
    area.value = state[id]
    return element(
      "div",
      {},
      element("label", { for: id }, label),
      element("p", { class: "soft", id: `${id}-hint` }, hint),
      area,
    )
  }
  return element(
    "section",
    { class: "card" },
    element("h2", {}, t.step2),
    element("p", { class: "soft" }, t.step2Lead),
    field("key", t.key, t.keyHint, "2"),
    field("kept", `${t.keptLabel} (${t.optional})`, t.keptHint, "4"),
  )
}

function actions(): HTMLElement {
  const t = verify[state.locale]
  const { running } = state
  if (running !== null)
    return element(
      "section",
      { class: "card" },
      element("p", {}, running.copy ? t.workingCopy : t.working),
      bar,
      element("div", { class: "row" }, element("button", { type: "button", click: cancel }, t.cancel)),
    )
  return element(
    "div",
    { class: "row" },
    element("button", { id: "start", type: "button", class: "main", click: () => void start(null) }, t.start),
    element("button", { id: "tamper", type: "button", click: () => void start(Math.random()) }, t.tamper),
    element("span", { class: "soft" }, t.tamperHint),
  )
}

const cancel = () => state.running?.session.cancel()

async function start(tamper: number | null): Promise<void> {
  const { files, key, kept } = state
  bar.value = 0
  const session = startTask(
    () => new Worker(workerUrl),
    "verify",
    { files, key, kept, keptHeads: [], tamper },
    (share) => {
      bar.value = share
    },
  )
  state.running = { session, copy: tamper !== null }
  state.outcome = null
  draw()
  try {
    state.outcome = (await session.outcome) ?? "cancelled"
  } catch {
    state.outcome = "crashed"
  }
  state.running = null
  draw(tamper === null ? "start" : "tamper")
}

function result(): HTMLElement | null {
  const t = verify[state.locale]
  const { outcome } = state
  if (outcome === null) return null
  if (outcome === "cancelled") return element("p", {}, t.cancelled)
  if (outcome === "crashed") return element("p", { class: "error" }, t.crashed)
  if (outcome.kind === "unusable") return element("p", { class: "error" }, t.unusable[outcome.what])
  const told = tellOutcome(outcome, state.locale)
  const facts = [...told.counts, ...told.facts].flatMap(({ name, value, mono }) => [
    element("dt", {}, name),
    element("dd", mono ? { class: "mono" } : {}, value),
  ])
  return element(
    "section",
    { class: `card verdict ${told.verdict}`, id: "verdict", "data-verdict": told.verdict },
    element("h2", {}, told.title),
    told.tampering === null ? null : element("p", {}, told.tampering),
    ...told.sentences.map((sentence) => element("p", {}, sentence)),
    told.failures.length === 0 ? null : element("h2", {}, t.failures(told.failureCount)),
    element(
      "ul",
      {},
      ...told.failures
        .slice(0, 50)
        .map(({ where, sentence, code }) =>
          element("li", {}, element("b", {}, where), ` ${sentence} `, element("code", {}, code)),
        ),
    ),
    element("dl", {}, ...facts),
    element("p", { class: "soft" }, told.exit),
  )
}

draw()
