import { writeAmount } from "../../objects/currencies.ts"
import type { World } from "../../state/world.ts"
import { escapeHtml, type PageLocale } from "../html.ts"
import { dashboardWords } from "./words.ts"

/** What a page is drawn from: the state, the language, and where its buttons lead back to. */
export type View = { world: World; locale: PageLocale; back: string }
export const wordsOf = (view: View) => dashboardWords[view.locale]

export type Column = { label: string; number?: true }

/** A table of cells that are HTML already; without rows a sentence. */
export function table(
  id: string,
  title: string,
  columns: readonly Column[],
  rows: string[][],
  empty: string,
) {
  const head = columns.map(
    ({ label, number }) => `<th scope="col"${number ? ' class="n"' : ""}>${label}</th>`,
  )
  const body = rows.map((cells) => {
    const written = cells.map((cell, i) => `<td${columns[i]?.number ? ' class="n"' : ""}>${cell}</td>`)
    return `<tr>${written.join("")}</tr>`
  })
  const content =
    rows.length === 0
      ? `<p class="dim">${empty}</p>`
      : `<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}"><table><thead><tr>${head.join("")}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>`
  return `<section class="card"><h2 id="${id}">${title}</h2>${content}</section>`
}

type ButtonInput = {
  act: string
  id?: string
  label: string
  fields?: Record<string, string>
  about?: string
}

/** A button that does one thing of the control API. `about` tells buttons of the same label apart when read out. */
export function button(
  { locale, back }: View,
  { act, id = "", label, fields = {}, about }: ButtonInput,
): string {
  const hidden = Object.entries({ ...fields, act, id, back }).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  )
  const name = about === undefined ? "" : ` aria-label="${escapeHtml(`${label}: ${about}`)}"`
  return `<form method="post" action="/_sandbox/do?lang=${locale}">${hidden.join("")}<button class="small"${name}>${label}</button></form>`
}

export const buttons = (parts: readonly string[]): string => `<div class="row">${parts.join("")}</div>`

export const code = (text: string): string => `<code>${escapeHtml(text)}</code>`

export const money = ({ locale }: View, amount: number, currency: string): string =>
  amount < 0 ? `−${writeAmount(-amount, currency, locale)}` : writeAmount(amount, currency, locale)

/** `2026-11-27 08:30:05`; the page says once that it is UTC. */
export const time = (seconds: number): string => {
  const iso = new Date(seconds * 1000).toISOString()
  return `<time datetime="${iso}">${iso.slice(0, 19).replace("T", " ")}</time>`
}

/** `2026-11-27`. */
export const day = (seconds: number): string => {
  const date = new Date(seconds * 1000).toISOString().slice(0, 10)
  return `<time datetime="${date}">${date}</time>`
}

type Tone = "good" | "bad" | "wait" | "plain"
const tones: Readonly<Record<string, Tone>> = {
  paid: "good",
  arrived: "good",
  won: "good",
  delivered: "good",
  succeeded: "good",
  lost: "bad",
  failed: "bad",
  dropped: "bad",
  declined: "bad",
  disputed: "bad",
  dispute_lost: "bad",
  dispute_won: "good",
  open: "wait",
  settling: "wait",
  needs_approval: "wait",
  needs_response: "wait",
  under_review: "wait",
  pending: "wait",
  in_transit: "wait",
}

/** A state in words, in the tone of what it means. */
export function state(view: View, word: string): string {
  const { states } = wordsOf(view)
  const label = Object.hasOwn(states, word) ? states[word as keyof typeof states] : word
  return `<span class="state ${tones[word] ?? "plain"}">${escapeHtml(label)}</span>`
}
