// Writes down how a run that was applied ended, in words that say how complete it was.
import type { CallCount } from '@/core/session'
import { BEYOND, type Coverage } from '@/core/upstream'
import type { Applied } from '@/inventory/apply'
import { db } from '@/prisma/client'

type Ended = Applied & { calls?: CallCount[]; scopes?: Coverage }

export async function endRun(runId: string, { state, changes, calls, scopes }: Ended): Promise<void> {
  const looks = await db.runCoverage.findMany({ where: { runId }, select: { state: true, why: true } })
  const whole = state === 'complete' && scopes?.state !== 'partial'
  await db.run.updateMany({
    where: { id: runId, state: 'running' },
    data: {
      state: whole ? 'complete' : 'partial',
      phase: whole ? wholeOf(looks) : phaseOf(looks, scopes),
      endedAt: new Date(),
      changes,
      error: null,
      ...(calls && { calls }),
      ...(scopes && { scopesCoverage: scopes }),
    },
  })
}

type Look = { state: string; why: string | null }

function wholeOf(looks: Look[]): string {
  const beyond = looks.filter(({ state }) => state !== 'complete').length
  return beyond
    ? `Complete, apart from ${beyond} of ${looks.length} looks that the source or its settings leave out`
    : 'Complete'
}

function phaseOf(looks: Look[], scopes: Coverage | undefined): string {
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
