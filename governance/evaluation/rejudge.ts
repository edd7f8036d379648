// Asks rules about everything that was read before, in one pass over what is kept of it: nothing is joined.
import type { Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import type { Judge } from './judge'
import { keptUnit } from './kept-facts'
import { ahead, scan } from './scan'
import { dueOf, isDueAt, writeStates, type HeldState, type NewState } from './subject-state'
import { alone } from './write-chunk'

type Row = HeldState & { id: string }

/** Holds what is small of a scope in memory while it is joined with what is large. */
const JOIN_MEMORY = '256MB'

/**
 * Yields ids of which something else is kept now: they have to be read, for what is written down tells when everything was
 * confirmed. What only passes where it did not apply, or holds until another day, is noted here.
 * @param except those that are read in any case
 */
export async function* rejudge(
  tx: Tx,
  at: { scopeId: string; judge: Judge; signal: AbortSignal; except: ReadonlySet<string> },
): AsyncGenerator<string[]> {
  const { scopeId, judge, signal, except } = at
  await tx.$executeRawUnsafe(`SET LOCAL work_mem = '${JOIN_MEMORY}'`)
  const kept = Prisma.sql`
    SELECT s.id, s.answers, s.digest, s.due_at AS "dueAt", f.facts FROM subject_facts f JOIN subject_state s ON s.id = f.id
    WHERE f.scope_id = ${scopeId}::uuid AND s.scope_id = ${scopeId}::uuid AND s.kind <> 'scope'`
  for await (const rows of ahead(scan<Row>(tx, kept))) {
    signal.throwIfAborted()
    const differ: string[] = []
    const states: NewState[] = []
    for (const { id, answers, digest, dueAt, facts } of rows) {
      if (except.has(id)) continue
      const unit = judge.judge(keptUnit(facts), true)
      const due = dueOf(unit)
      if (unit.digest !== digest) differ.push(id)
      else if (unit.answers !== answers || !isDueAt(dueAt, due))
        states.push({ id, kind: unit.kind, answers: unit.answers, digest, due })
    }
    if (states.length && !(await alone({ scopeId }, (own) => writeStates(own, scopeId, states)))) return
    if (differ.length) yield differ
  }
}
