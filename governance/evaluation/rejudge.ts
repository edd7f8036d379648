// Asks rules about everything that was read before, in one pass over what is kept of it: nothing is joined.
import type { Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { compareKept, type CompareKept, type Compared, type KeptRow } from './compare-kept'
import type { Judge } from './judge'
import { ahead, scan } from './scan'
import { writeStates } from './subject-state'
import { alone } from './write-chunk'

/** Holds what is small of a scope in memory while it is joined with what is large. */
const JOIN_MEMORY = '256MB'
/** Chunks that are compared at a time: more would only wait. */
const AT_ONCE = 3

type At = {
  scopeId: string
  judge: Judge
  signal: AbortSignal
  /** Those that are read in any case. */
  except: ReadonlySet<string>
  /** Where rows are compared; here, unless said otherwise. */
  compare?: CompareKept | undefined
}

/**
 * Yields ids of which something else is kept now: they have to be read, for what is written down tells when everything was
 * confirmed. What only passes where it did not apply, or holds until another day, is noted here.
 */
export async function* rejudge(tx: Tx, at: At): AsyncGenerator<string[]> {
  const { scopeId } = at
  await tx.$executeRawUnsafe(`SET LOCAL work_mem = '${JOIN_MEMORY}'`)
  for await (const { differ, states } of compared(tx, at)) {
    if (states.length && !(await alone({ scopeId }, (own) => writeStates(own, scopeId, states)))) return
    if (differ.length) yield differ
  }
}

/** In the order in which they were read, some of them compared side by side. */
async function* compared(tx: Tx, at: At): AsyncGenerator<Compared> {
  const { scopeId, judge, signal, except, compare = here } = at
  const kept = Prisma.sql`
    SELECT s.id, s.answers, s.digest, s.due_at AS "dueAt", f.facts FROM subject_facts f JOIN subject_state s ON s.id = f.id
    WHERE f.scope_id = ${scopeId}::uuid AND s.scope_id = ${scopeId}::uuid AND s.kind <> 'scope'`
  const waiting: Promise<Compared>[] = []
  try {
    for await (const rows of ahead(scan<KeptRow>(tx, kept))) {
      signal.throwIfAborted()
      const asked = rows.filter(({ id }) => !except.has(id))
      waiting.push(compare(judge, asked))
      if (waiting.length >= AT_ONCE) yield (await waiting.shift()) as Compared
    }
    while (waiting.length) yield (await waiting.shift()) as Compared
  } finally {
    // Of whoever stops early nobody wants to know any more what the others found.
    await Promise.allSettled(waiting)
  }
}

const here: CompareKept = (judge, rows) => Promise.resolve(compareKept(judge, rows))
