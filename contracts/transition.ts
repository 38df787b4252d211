/**
 * A state machine is a table: state → step → next states. Everything else (predicates, buttons and why they are
 * disabled, the diagram in the docs, the verifier's replay) is derived from it.
 */
export type Transitions<State extends string, Step extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Step, State>>>>
>

type Table = Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>
type StepOf<T extends Table> = { [State in keyof T]: keyof T[State] }[keyof T]

/** The next state, or null where the table has no such step. */
export function nextState<const T extends Table>(
  table: T,
  from: keyof T & string,
  step: StepOf<T>,
): (keyof T & string) | null {
  const steps: Readonly<Partial<Record<PropertyKey, string>>> | undefined = table[from]
  return steps?.[step] ?? null
}

/** The steps that a state allows, in the table's order. */
export function stepsFrom<State extends string, Step extends string>(
  table: Transitions<State, Step>,
  from: State,
): Step[] {
  return Object.keys(table[from]) as Step[]
}

/** A final state has no step out. */
export const isFinal = <State extends string, Step extends string>(
  table: Transitions<State, Step>,
  state: State,
): boolean => stepsFrom(table, state).length === 0

/** The table as a Mermaid state diagram, for the docs. */
export function toMermaid<State extends string, Step extends string>(
  table: Transitions<State, Step>,
  start: State,
): string {
  const lines = ["stateDiagram-v2", `  [*] --> ${start}`]
  for (const from of Object.keys(table) as State[]) {
    for (const step of stepsFrom(table, from))
      lines.push(`  ${from} --> ${nextState(table, from, step)}: ${step}`)
    if (isFinal(table, from)) lines.push(`  ${from} --> [*]`)
  }
  return lines.join("\n")
}
