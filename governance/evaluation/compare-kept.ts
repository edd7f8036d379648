// Whether rules say of what was read before what is kept of their answers. Needs no database: it may be done anywhere.
import type { Judge } from './judge'
import { keptUnit } from './kept-facts'
import { dueOf, isDueAt, type HeldState, type NewState } from './kept-state'

export type KeptRow = HeldState & { id: string }
export type Compared = {
  /** Of whom something else is said: they have to be read. */
  differ: string[]
  /** Of whom the same is said, and something else is to be kept. */
  states: NewState[]
}
/** Asks the rules of a judge about rows, here or beside the process. */
export type CompareKept = (judge: Judge, rows: readonly KeptRow[]) => Promise<Compared>

export function compareKept(judge: Judge, rows: readonly KeptRow[]): Compared {
  const differ: string[] = []
  const states: NewState[] = []
  for (const { id, answers, digest, dueAt, facts } of rows) {
    const unit = judge.judge(keptUnit(facts), true)
    const due = dueOf(unit)
    if (unit.digest !== digest) differ.push(id)
    else if (unit.answers !== answers || !isDueAt(dueAt, due))
      states.push({ id, kind: unit.kind, answers: unit.answers, digest, due })
  }
  return { differ, states }
}
