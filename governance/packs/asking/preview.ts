// What a pack would hold, before it is built: rows of each file, what was not seen, and how fresh it is. Bounded in time: what
// could not be worked out by then is said to be open, and the pack itself will say it.
import { setTimeout as wait } from 'node:timers/promises'
import type { Instant } from '@/core/fact'
import type { Actor, Permission } from '@/core/permissions'
import type { SourceLine } from '@/evidence/report/facts'
import { atMoment } from '@/inventory/moment/at-moment'
import { db, type Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { authorise } from '../../authorise'
import { parseInput } from '../../command'
import { CONTENTS, MAKERS, type Makers } from '../makers'
import type { PackAt } from '../part'
import { askedOf, PackInput, type Settled } from './input'
import { settle } from './settle'

/** For everything together. */
const BUDGET_MS = 15_000
const WAIT_MS = 5000

export type PreviewFile = {
  id: string
  file: string
  about: string
  /** Undefined for what is no list, or where it was not counted in time. */
  rows?: number
  /** Whether there are more than that. */
  isMore: boolean
  /** Whether it could not be counted in time. */
  isOpen: boolean
}
export type Preview = {
  title: string
  settled: Settled
  needs: Permission[]
  files: PreviewFile[]
  /** What was not seen; undefined where it was not worked out in time. */
  seen?: {
    complete: boolean
    gaps: string[]
    /** What pages would be stamped with; undefined where it is complete. */
    stamp?: string
    sources: SourceLine[]
    /** The oldest of the newest complete looks, where each was seen whole once. */
    oldest?: Instant
  }
}

type Deadline = { signal: AbortSignal; within: <T>(work: () => Promise<T>) => Promise<T | undefined> }

/** Undefined where it takes longer. What goes on nevertheless is ended with its connection. */
function deadline(ms: number): Deadline {
  const signal = AbortSignal.timeout(ms)
  return {
    signal,
    async within(work) {
      if (signal.aborted) return undefined
      const over = wait(ms, undefined, { signal, ref: false }).catch(() => undefined)
      const result = work().catch((error: unknown) => {
        if (signal.aborted || isTimeout(error)) return undefined
        throw error
      })
      return Promise.race([result, over])
    },
  }
}
/** What the database says of a statement that took longer than it may. */
const isTimeout = (error: unknown): boolean => /57014|statement timeout/.test(String(error))

async function filesOf(at: PackAt, settled: Settled, makers: Makers, { within }: Deadline) {
  const files: PreviewFile[] = []
  for (const { id, file, about } of CONTENTS.filter((one) => settled.contents.includes(one.id))) {
    const part = makers.parts.find((one) => one.id === id)
    const counted = part && (await within(async () => ({ told: await part.count(at) })))
    files.push({
      id,
      file,
      about,
      ...(counted?.told && { rows: counted.told.rows }),
      isMore: counted?.told?.isExact === false,
      isOpen: part !== undefined && counted === undefined,
    })
  }
  return files
}

/** What is printed on every page of a pack that is not complete. */
export const stampOf = (gaps: readonly string[]): string =>
  `INCOMPLETE: ${gaps[0] ?? 'not everything was seen'}${gaps.length > 1 ? `, and ${gaps.length - 1} more` : ''}`

function oldestOf(sources: readonly SourceLine[]): Instant | undefined {
  if (!sources.length || sources.some(({ completeAt }) => completeAt === undefined)) return undefined
  return sources.map(({ completeAt = '' }) => completeAt).sort()[0]
}

async function seenOf(at: PackAt, makers: Makers, { within }: Deadline): Promise<Preview['seen']> {
  const { facts } = makers
  const told = await within(() => (facts.preview ? facts.preview(at) : facts.report(at, [])))
  if (!told) return undefined
  const { complete, gaps, sources } = told
  const oldest = oldestOf(sources)
  return { complete, gaps, ...(!complete && { stamp: stampOf(gaps) }), sources, ...(oldest && { oldest }) }
}

const snapshotOf = <T>(work: (snapshot: Tx) => Promise<T>): Promise<T> =>
  db.$transaction(
    async (snapshot) => {
      await snapshot.$queryRaw`SELECT set_config('transaction_read_only', 'on', true),
        set_config('statement_timeout', ${String(BUDGET_MS)}, true)`
      return work(snapshot)
    },
    {
      isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead,
      timeout: 2 * BUDGET_MS,
      maxWait: WAIT_MS,
    },
  )

/** @throws RollcallError `invalid` for what is not understood */
export async function previewPack(
  actor: Actor | null,
  given: PackInput,
  makers: Makers = MAKERS,
  budgetMs = BUDGET_MS,
): Promise<Preview> {
  authorise(actor, 'evidence:build')
  const { title, settled, needs } = await settle(actor, parseInput(PackInput, given))
  const asked = askedOf(title, settled)
  const limit = deadline(budgetMs)
  const { files, seen } = await snapshotOf((snapshot) =>
    atMoment(asked.moment, async () => {
      const at: PackAt = { actor, asked, snapshot, signal: limit.signal }
      // What was not seen matters most.
      const seen = await seenOf(at, makers, limit)
      return { seen, files: await filesOf(at, settled, makers, limit) }
    }),
  )
  return { title, settled, needs, files, ...(seen && { seen }) }
}
