import type { Locale } from "#contracts/localized-text.ts"
import type { PartyState } from "#contracts/party.ts"
import type { FreezeState } from "#contracts/supervision.ts"
import type { TradeState } from "#contracts/trade.ts"
import { freezeWords } from "../../../_lib/messages/freeze-words.ts"
import { party } from "../../../_lib/messages/party.ts"
import { supervision } from "../../../_lib/messages/supervision.ts"
import { tradeWords } from "../../../_lib/messages/trade-words.ts"

/** The word for the state of a thing that the search found; a dash where it has none, or none that is told here. */
export function stateWord(kind: string, state: string | null, locale: Locale): string {
  if (state === null) return "—"
  if (kind === "trade" || kind === "agreement") return tradeWords[locale].states[state as TradeState]
  if (kind === "party") return party[locale].states[state as PartyState]
  if (kind === "freeze") return freezeWords[locale].freezeStates[state as FreezeState]
  return supervision[locale].otherStates[state] ?? "—"
}
