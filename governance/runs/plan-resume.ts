// When what was throttled is looked at again: once the source said it may, else after a growing pause, a few times at most.
import { LIMITS } from '@/core/limits'
import type { CallCount } from '@/core/session'
import type { Coverage } from '@/core/upstream'
import {
  goesOnWords,
  leftWords,
  RESUMES_MAX,
  resumesOf,
  resumesWords,
  type Resumes,
} from '@/core/resume-words'
import { throttledLooks } from '@/inventory/throttled-looks'
import type { Prisma, Tx } from '@/prisma/client'
import { recordActivity } from '../activity/record-activity'
import { CLOCK } from './drop-resumes'
import { NO_SYNC, UNDER_WAY, WAITING } from './run-state'

const MINUTE_MS = 60_000
const FIRST_PAUSE_MS = 5 * MINUTE_MS
/** Each pause is so many times the one before: 5, 15, 45 minutes. */
const GROWTH = 3

export type ThrottledRun = Prisma.RunGetPayload<{ include: { connection: true } }>
type Seen = { calls?: readonly CallCount[]; scopes?: Coverage }

/**
 * Plans the run that looks again. The caller holds the connection, and the run has ended.
 * @returns what is to be said about it; nothing where nothing was throttled
 */
export async function planResume(
  tx: Tx,
  run: ThrottledRun,
  { calls = [], scopes, now }: Seen & { now: Date },
): Promise<string | undefined> {
  const { connection } = run
  if (connection.mode !== 'live') return undefined
  // A sync that waits for this one to stop reads everything.
  const others = { connectionId: connection.id, id: { not: run.id }, state: { in: UNDER_WAY } }
  if (await tx.run.count({ where: others })) return undefined
  const streams = (await throttledLooks(tx, connection.id)).length
  const what = { streams, scopes: scopes?.state === 'partial' && scopes.why === 'throttled' }
  if (!streams && !what.scopes) return undefined
  const before = resumesOf(run.report)
  const attempt = (before?.attempt ?? 0) + 1
  if (attempt > RESUMES_MAX) return leftWords(what, 'tried')
  if (connection.paused) return leftWords(what, 'paused')
  const at = new Date(now.getTime() + pauseMs(calls, attempt))
  const due = await nextSyncAt(tx, connection)
  if (!due || at >= due) return leftWords(what, 'due')
  const since = before?.since ?? (run.observedAt ?? run.createdAt).toISOString()
  const of = run.createdAt.toISOString()
  await plan(tx, connection.id, { ...what, runId: run.id, of, at: at.toISOString(), attempt, since }, now)
  return goesOnWords({ ...what, at: at.toISOString() })
}

/** What a run has itself waited for, several times and in vain, is no word to rely on. */
function pauseMs(calls: readonly CallCount[], attempt: number): number {
  const asked = calls.map(({ why, retryAfterMs = 0 }) => (why === 'throttled' ? retryAfterMs : 0))
  const longest = Math.max(0, ...asked)
  return longest > LIMITS.waitMsMax ? longest : FIRST_PAUSE_MS * GROWTH ** (attempt - 1)
}

/** When the next sync comes anyway. */
async function nextSyncAt(
  tx: Tx,
  { id, intervalMinutes }: { id: string; intervalMinutes: number },
): Promise<Date | undefined> {
  const last = await tx.run.findFirst({
    where: { connectionId: id, trigger: { notIn: NO_SYNC } },
    orderBy: { createdAt: 'desc' },
    select: { createdAt: true, startedAt: true },
  })
  if (!last) return undefined
  return new Date((last.startedAt ?? last.createdAt).getTime() + intervalMinutes * MINUTE_MS)
}

async function plan(tx: Tx, connectionId: string, resumes: Resumes, now: Date): Promise<void> {
  const { id } = await tx.run.create({
    data: {
      connectionId,
      trigger: 'resume',
      requestedBy: 'schedule',
      state: WAITING,
      phase: resumesWords(resumes),
      report: { resumes },
    },
    select: { id: true },
  })
  const { runId, at, streams, attempt } = resumes
  const detail = { resumes: runId, at, streams, attempt }
  await recordActivity(tx, CLOCK, { action: 'run.plan-resume', object: `run:${id}`, detail }, now)
}
