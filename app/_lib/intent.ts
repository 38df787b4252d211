import { type Id, makeId } from "#contracts/ids.ts"

/**
 * One intent, one command id. A person's intent is the same action with the same input until it has succeeded;
 * a double click, a retry after a lost connection and a retry after a refusal all send the same id, so that the
 * server can answer the first time's result and nothing happens twice.
 */
export type Intents = {
  /** The id for this input: the pending one while the input is the same, else a new one. */
  idFor: (input: unknown) => Id<"command">
  /** The intent was fulfilled; the next call is a new one. */
  fulfilled: () => void
}

export function makeIntents(make: () => Id<"command"> = makeCommandId): Intents {
  let pending: { input: string; id: Id<"command"> } | null = null
  return {
    idFor(input) {
      const same = JSON.stringify(input) ?? ""
      if (pending?.input !== same) pending = { input: same, id: make() }
      return pending.id
    },
    fulfilled() {
      pending = null
    },
  }
}

function makeCommandId(): Id<"command"> {
  return makeId("command", Date.now(), crypto.getRandomValues(new Uint8Array(10)))
}
