// Writes down how a run that was applied ended, in words that say how complete it was and when it goes on.
import type { CallCount } from '@/core/session'
import { BEYOND, type Coverage } from '@/core/upstream'
import type { Applied } from '@/inventory/apply'
import { db, type Tx } from '@/prisma/client'
import { planResume } from './plan-resume'
import { tellFailed } from './tell-failed'
import { failed } from './work-on-run'

type Seen = { calls?: CallCount[]; scopes?: Coverage }
type Ended = Applied & Seen

export async function endRun(runId: string, { state, changes, calls, scopes }: Ended): Promise<void> {
  const looks = await db.runCoverage.findMany({ where: { runId }, select: { state: true, why: true } })
  const whole = state === 'complete' && scopes?.state !== 'partial'
  const phase = whole ? wholeOf(looks) : phaseOf(looks, scopes)
  await ending(async (tx) => {
    await lockConnectionOf(tx, runId)
    const { count } = await tx.run.updateMany({
      where: { id: runId, state: 'running' },
      data: {
        state: whole ? 'complete' : 'partial',
        phase,
        endedAt: new Date(),
        changes,
        error: null,
        ...(calls && { calls }),
        ...(scopes && { scopesCoverage: scopes }),
      },
    })
    const goesOn = count && !whole ? await planned(tx, runId, { calls, scopes }) : undefined
    if (goesOn) await tx.run.update({ where: { id: runId }, data: { phase: `${phase} ${goesOn}` } })
  })
}

/** Ends a run that met not even one scope. @param error why, for people */
export async function endUnread(runId: string, error: string, seen: Seen): Promise<void> {
  await failed(runId, error, { ...seen, goesOn: 'perhaps' })
  await ending(async (tx) => {
    await lockConnectionOf(tx, runId)
    if (!(await tx.run.count({ where: { id: runId, state: 'failed' } }))) return
    const goesOn = await planned(tx, runId, seen)
    if (goesOn) await tx.run.update({ where: { id: runId }, data: { error: `${error} ${goesOn}` } })
    else await tellFailed(tx, runId, error, new Date())
  })
}

/** The work is done: it is not to be lost to a busy database. */
const ending = (work: (tx: Tx) => Promise<void>) =>
  db.$transaction(work, { timeout: 60_000, maxWait: 60_000 })

/** Whoever starts, drops or plans a run has the connection first. */
const lockConnectionOf = (tx: Tx, runId: string) =>
  tx.$queryRaw`SELECT c.id FROM connection c JOIN run r ON r.connection_id = c.id WHERE r.id = ${runId}::uuid FOR UPDATE OF c`

async function planned(tx: Tx, runId: string, seen: Seen): Promise<string | undefined> {
  const run = await tx.run.findUniqueOrThrow({ where: { id: runId }, include: { connection: true } })
  return planResume(tx, run, { ...seen, now: new Date() })
}

type Look = { state: string; why: string | null }

function wholeOf(looks: Look[]): string {
  const beyond = looks.filter(({ state }) => state !== 'complete').length
  return beyond
    ? `Complete, apart from ${beyond} of ${looks.length} looks that the source or its settings leave out`
    : 'Complete'
}

function phaseOf(looks: Look[], scopes: Coverage | undefined): string {
  if (!looks.length && scopes?.state !== 'partial')
    return 'Partial: what was to be looked at is not there any more.'
  const short = looks.filter(({ state }) => state !== 'complete')
  const absent = short.filter(({ why }) => (BEYOND as readonly (string | null)[]).includes(why)).length
  const refused = short.length - absent
  const parts = [
    ...(scopes?.state === 'partial' ? ['the list of scopes was cut short'] : []),
    ...(refused ? [`${refused} of ${looks.length} looks were refused or cut short`] : []),
    ...(absent ? [`${absent} of ${looks.length} are not in this source`] : []),
  ]
  return `Partial: ${parts.join(', ')}. What they would have shown is unknown.`
}
