"use client"

import { useEffect, useState } from "react"
import { doors } from "../_lib/paths.ts"
import { type KeptKey, type KeyInUse, keepKey, keyInUse, readKeptKey } from "./kept-key.ts"
import type { GivenRecord, HeadCheck, OpenedValue, RecordCheck } from "./protocol.ts"
import { runTask } from "./session.ts"
import { type Standing, standingOfAll } from "./standing.ts"

/** A record to check; `leafHash` is that of what the page shows of it. */
export type CheckedRecord = {
  readonly index: number
  readonly leafHash?: string
  readonly opened: readonly OpenedValue[]
}

/** Records, or a checkpoint and the earlier one that it should continue. */
export type Checked =
  | { readonly records: readonly CheckedRecord[] }
  | { readonly head: number; readonly from: number | null }

export type Found = { readonly records: readonly RecordCheck[] } | { readonly head: HeadCheck }

export type CheckState =
  | { readonly at: "start" | "unreachable" | "badKey" }
  | { readonly at: "working"; readonly done: number }
  | {
      readonly at: "found"
      readonly found: Found
      readonly key: KeyInUse
      /** How it stands to the checkpoint that this browser kept; null where the check itself failed. */
      readonly standing: Standing | null
    }

/**
 * Fetches what proves records or a checkpoint and has it checked in a worker on this device, by the key that this
 * browser keeps. The worker is fetched with the first click.
 */
export function useCheck(checked: Checked) {
  const [state, setState] = useState<CheckState>({ at: "start" })
  const [kept, setKept] = useState<KeptKey | null | "unread">("unread")
  useEffect(() => setKept(readKeptKey()), [])

  const verify = async (chosen: Pick<KeptKey, "vkey" | "from"> | null = null) => {
    setState({ at: "working", done: 0 })
    try {
      const key = keyInUse(await textOf(doors.verifierKey), chosen)
      const progress = (done: number) => setState({ at: "working", done })
      const found = await checkByChain(checked, key.vkey, progress)
      if (found === "key") return setState({ at: "badKey" })
      if (key.first || chosen !== null) keepKey(key)
      setKept(readKeptKey())
      const { turned, ...rest } = found
      const standing = isGood(rest) ? await standingOfAll(notesOf(rest)) : null
      setState({
        at: "found",
        found: rest,
        key: turned ? { ...key, turned, served: null } : key,
        standing,
      })
    } catch {
      setState({ at: "unreachable" })
    }
  }

  return { state, kept, verify }
}

/** By the key alone; where that is not enough, by the changes of key that the log has proven since. */
async function checkByChain(
  checked: Checked,
  key: string,
  progress: (done: number) => void,
): Promise<(Found & { readonly turned: boolean }) | "key"> {
  const proofs = await fetchProofs(checked, progress)
  const alone = await check(proofs, key, [])
  if (alone === "key" || isGood(alone)) return alone === "key" ? alone : { ...alone, turned: false }
  const rotations = await fetchRotations()
  const chained = rotations.length === 0 ? alone : await check(proofs, key, rotations)
  return chained === "key" ? chained : { ...chained, turned: isGood(chained) }
}

function isGood(found: Found): boolean {
  if ("head" in found) return found.head.failures.length === 0
  return found.records.every(({ failures }) => failures.length === 0)
}

const notesOf = (found: Found): string[] =>
  "head" in found ? [found.head.note] : found.records.flatMap(({ note }) => note ?? [])

type Proofs = { records: GivenRecord[] } | { size: number; note: string; growth: string | null }

async function fetchProofs(checked: Checked, progress: (done: number) => void): Promise<Proofs> {
  if ("head" in checked) {
    const { head: size, from } = checked
    const [note, growth] = await Promise.all([
      textOf(doors.checkpointOf(size)),
      from === null ? null : textOf(doors.consistency(from, size)),
    ])
    return { size, note, growth }
  }
  const records: GivenRecord[] = []
  for (const record of checked.records) {
    records.push({ ...record, certificate: await textOf(doors.proof(record.index)) })
    progress(records.length)
  }
  return { records }
}

async function check(proofs: Proofs, key: string, rotations: readonly string[]): Promise<Found | "key"> {
  if ("records" in proofs) {
    const records = await runTask("records", { ...proofs, key, rotations })
    return records === "key" ? records : { records }
  }
  const head = await runTask("head", { ...proofs, key, rotations })
  return head === "key" ? head : { head }
}

/** Far more changes of key than a log has in its life. */
const mostRotations = 1_000

async function fetchRotations(): Promise<string[]> {
  const rotations: string[] = []
  while (rotations.length < mostRotations) {
    const answer = await fetch(doors.rotation(rotations.length + 1))
    if (!answer.ok) break
    rotations.push(await answer.text())
  }
  return rotations
}

async function textOf(door: string): Promise<string> {
  const answer = await fetch(door, { cache: "no-cache" })
  if (!answer.ok) throw new Error(`${door}: ${answer.status}`)
  return answer.text()
}
