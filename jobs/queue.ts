// The queue: its settings, and a typed send that can join a transaction of the caller.
import { fromPrisma, PgBoss, type JobWithMetadata, type PrismaTransactionLike, type Queue } from 'pg-boss'
import { JOBS, type JobName, type JobPayload } from '@/core/jobs'
import { env } from '@/env'

const HOUR_SECONDS = 3600
/** Every queue: a worker that was killed is noticed by its missing heartbeat and the job is taken up again. */
const QUEUE = {
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 60,
  heartbeatSeconds: 10,
  notify: true,
} as const
const QUEUES: Record<JobName, Omit<Queue, 'name'>> = {
  // A large source takes hours; the heartbeat, not the clock, says whether someone still works on it.
  'sync-connection': { ...QUEUE, retryLimit: 2, expireInSeconds: 23 * HOUR_SECONDS },
  // Ended by the next sync, and sent again by what is done every minute.
  'follow-connection': { ...QUEUE, retryLimit: 0, expireInSeconds: 23 * HOUR_SECONDS },
  // Sent again with what is sent next, and by what is done every minute while something waits.
  'apply-received': { ...QUEUE, retryLimit: 3, expireInSeconds: HOUR_SECONDS },
  'evaluate-scope': { ...QUEUE, retryLimit: 3, expireInSeconds: 4 * HOUR_SECONDS },
  'evaluate-due': { ...QUEUE, policy: 'exclusive', retryLimit: 0, expireInSeconds: 300 },
  // One a change, and never fewer: what was changed while another one was at work is joined by its own.
  'join-changes': { ...QUEUE, retryLimit: 3, expireInSeconds: 4 * HOUR_SECONDS },
  // One waits for each scope at most: it sees all that was changed before it begins.
  'analyse-scope': { ...QUEUE, policy: 'short', retryLimit: 3, expireInSeconds: 4 * HOUR_SECONDS },
  // Goes on where it was: whoever is told to stop hands over to the next attempt.
  'prepare-campaign': { ...QUEUE, retryLimit: 5, expireInSeconds: 4 * HOUR_SECONDS },
  // Begun again from the start where a worker was lost; what failed for another reason fails again.
  'build-pack': { ...QUEUE, retryLimit: 2, expireInSeconds: 6 * HOUR_SECONDS },
  // One waits at most, and what is done every minute sends another while something is due.
  'deliver-packs': { ...QUEUE, policy: 'short', retryLimit: 0, expireInSeconds: 6 * HOUR_SECONDS },
  'compact-history': { ...QUEUE, policy: 'exclusive', retryLimit: 2, expireInSeconds: 12 * HOUR_SECONDS },
  // One waits at most, and what is done every minute sends another while something is due.
  'send-notices': { ...QUEUE, policy: 'short', retryLimit: 0, expireInSeconds: HOUR_SECONDS },
  tick: { ...QUEUE, policy: 'exclusive', retryLimit: 0, expireInSeconds: 300 },
}
const NAMES = Object.keys(JOBS) as JobName[]
/** Seconds between two looks at how queues and heartbeats are doing. */
const WATCH_SECONDS = 5
/** Connections of the part that works and of the part that only sends. */
const WORKER_POOL_MAX = 4
const SENDER_POOL_MAX = 2

export async function ensureQueues(boss: PgBoss): Promise<void> {
  for (const name of NAMES) {
    const { policy, ...changeable } = QUEUES[name]
    await boss.createQueue(name, { policy, ...changeable })
    // Options of a queue that exists already change only here.
    await boss.updateQueue(name, changeable)
  }
}

/** Starts the queue: to work (watching heartbeats, keeping the calendar) or only to send. */
export async function startBoss({
  work,
  onError,
}: {
  work: boolean
  onError: (error: Error) => void
}): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: env.databaseUrl,
    application_name: work ? 'rollcall worker queue' : 'rollcall queue',
    max: work ? WORKER_POOL_MAX : SENDER_POOL_MAX,
    useListenNotify: work,
    supervise: work,
    schedule: work,
    superviseIntervalSeconds: WATCH_SECONDS,
    monitorIntervalSeconds: WATCH_SECONDS,
  })
  boss.on('error', onError)
  await boss.start()
  await ensureQueues(boss)
  return boss
}

const held = globalThis as unknown as { rollcallSender?: Promise<PgBoss> }

/** The sending side of this process, started when first used and kept across reloads of the development server. */
function sender(): Promise<PgBoss> {
  // An error between two sends is told by the next one, which fails by itself.
  held.rollcallSender ??= startBoss({ work: false, onError: () => {} }).catch((error: unknown) => {
    held.rollcallSender = undefined
    throw error
  })
  return held.rollcallSender
}

export type SendOptions = {
  /** At most one job of this key an hour: for what is sent again and again until it is done. */
  hourlyKey?: string
  /** Not another one of this key while one waits. */
  waitingKey?: string
  /** Not before so many seconds from now: what is asked for again meanwhile is done at once. */
  afterSeconds?: number
}

/** Enqueues a job, inside the transaction when one is given: no commit, no job. */
export async function send<N extends JobName>(
  name: N,
  payload: JobPayload<N>,
  tx?: PrismaTransactionLike,
  { hourlyKey, waitingKey, afterSeconds }: SendOptions = {},
): Promise<void> {
  const data = JOBS[name].parse(payload)
  const boss = await sender()
  await boss.send(name, data, {
    ...(tx && { db: fromPrisma(tx) }),
    ...(afterSeconds !== undefined && { startAfter: afterSeconds }),
    ...(waitingKey !== undefined && { singletonKey: waitingKey }),
    ...(hourlyKey !== undefined && { singletonKey: hourlyKey, singletonSeconds: HOUR_SECONDS }),
  })
}

type Pending = 'created' | 'retry' | 'active'
/** Jobs with these values in their payload that wait or are being worked on. */
export async function pendingJobs<N extends JobName>(
  name: N,
  data: Partial<JobPayload<N>>,
): Promise<{ id: string; state: Pending; createdOn: Date }[]> {
  const boss = await sender()
  const jobs: JobWithMetadata<object>[] = await boss.findJobs(name, { data })
  return jobs.flatMap(({ id, state, createdOn }) =>
    state === 'created' || state === 'retry' || state === 'active' ? [{ id, state, createdOn }] : [],
  )
}

/** Ends the sending side, for a process or a test that is done. */
export async function closeSender(): Promise<void> {
  const boss = await held.rollcallSender
  held.rollcallSender = undefined
  await boss?.stop({ graceful: false })
}
