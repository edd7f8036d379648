// Asks every rule about what has changed in a scope, fallen due, or is asked otherwise now, and keeps what they answer.
import type { Instant } from '@/core/fact'
import { recountFacets } from '@/inventory/facets/recount'
import { db, type Tx } from '@/prisma/client'
import { rules } from '@/rules'
import type { Registered } from '@/rules/registered'
import type { CompareKept } from './compare-kept'
import { currentPolicy } from '../policy/current-policy'
import { analyseScope } from '../access/analyse-scope'
import type { Told } from '../access/trace-escalation'
import { countRetired, resolveRetired, resolveUnasked } from './gone'
import { Judge } from './judge'
import { readIdentities, readScope, readSecrets, readUnheld, type Read } from './read-units'
import { rejudge } from './rejudge'
import {
  identitiesOf,
  secretsOf,
  unheldCredentials,
  type IdentityRow,
  type SecretRow,
  type UnheldRow,
} from './rows'
import { ahead, CHUNK, scan } from './scan'
import { countScores } from './score-counts'
import { sharedBy, standingOf, standingsOf, type Shared } from './scope-facts'
import { forgetStates, forgetUnread } from './subject-state'
import { writeTallies } from './tallies'
import { noteTouched } from './note-touched'
import { dueBy, forgetTouched, touchedIn, type UpTo } from './touched'
import { alone, hasManyMoves, judgeChunk, type Write, type Writing } from './write-chunk'

export type At = {
  scopeId: string
  signal: AbortSignal
  /** The instant that is judged for: ages are counted up to it, and what is written is true from it on. */
  now: Instant
  /** Told of other scopes of whose identities something else is to be said now, in the transaction that changes it. */
  others?: (tx: Tx, scopeIds: string[]) => Promise<void>
  /** Asked where tracing distances would be dear just now: whether all of it is put off, for others come that want it too. */
  putOff?: () => Promise<boolean>
  /** Where what was read before is compared with what rules say of it; here, unless said otherwise. */
  compare?: CompareKept
  /** All that there are, unless a measurement asks others. */
  asking?: readonly Registered[]
}
/** What an evaluation did. */
export type Evaluated = {
  /** Whether it read everything, asked everything from what was read, or only what moved; or was put off. */
  how: 'read' | 'asked' | 'moved' | 'put-off'
  /** How many were read. */
  read: number
  /** How many identities something else is said about. */
  changed: number
}

/** Longest a scope of any size may take, in milliseconds. */
const SCOPE_TIMEOUT_MS = 4 * 3600_000

type Evaluation = At &
  Writing & { shared: Shared; tx: Tx; read: number; before: Held; settled: Date; upTo: UpTo }
type Held = { sharedBy: string; judgedBy: string; reliesOn: Record<string, string> }

/**
 * Evaluates a scope. Safe to repeat and to interrupt: each chunk is written whole, in one transaction, and only where
 * something differs; what was interrupted is begun again. A scope that is removed meanwhile is left alone.
 * @returns undefined where the scope is not there
 */
export async function evaluateScope(at: At): Promise<Evaluated | undefined> {
  const isPutOff = await db.$transaction(
    async (tx) => {
      // Distances are traced over all scopes: two that do so at once would wait for each other.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(7306, 3)`
      const told: Told = async (own, changed) => {
        const others = changed.filter((id) => id !== at.scopeId)
        if (others.length) await at.others?.(own, others)
      }
      const { isPutOff } = await analyseScope(at.scopeId, at.signal, told, at.putOff)
      return isPutOff
    },
    { timeout: SCOPE_TIMEOUT_MS, maxWait: 60_000 },
  )
  if (isPutOff) return { how: 'put-off', read: 0, changed: 0 }
  return db.$transaction(
    async (tx) => {
      // One evaluation of a scope at a time, whoever else does this job.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`evaluate ${at.scopeId}`}, 0))`
      return evaluate(tx, at)
    },
    { timeout: SCOPE_TIMEOUT_MS, maxWait: 60_000 },
  )
}

async function evaluate(tx: Tx, at: At): Promise<Evaluated | undefined> {
  const { scopeId, now, asking = rules } = at
  const before = await held(scopeId)
  // Before anything is read: what becomes known later is for the next time.
  const { settled, upTo } = await movedUpTo(scopeId)
  const [shared, { version, policy }] = await Promise.all([sharedBy(scopeId), currentPolicy()])
  if (!before || !shared) return undefined
  const judge = new Judge(now, policy, asking)
  const others = await standingsOf(Object.keys(before.reliesOn))
  const sameOthers = Object.entries(before.reliesOn).every(([id, was]) => others.get(id) === was)
  const how =
    before.sharedBy !== shared.mark || !sameOthers
      ? 'read'
      : before.judgedBy !== judge.mark
        ? 'asked'
        : 'moved'
  const evaluation: Evaluation = {
    ...at,
    ...{
      tx,
      shared,
      judge,
      before,
      settled,
      upTo,
      policyVersion: version,
      isFirst: how === 'read' && (await hasNoFindings(scopeId)),
      moved: 0,
      read: 0,
      left: new Set(),
    },
  }
  if (how !== 'moved') await forgetMarks(evaluation, how)
  const done = how === 'read' ? await readAll(evaluation) : await readMoved(evaluation, how === 'asked')
  return done ? { how, read: evaluation.read, changed: evaluation.moved } : undefined
}

const hasNoFindings = async (scopeId: string): Promise<boolean> =>
  (await db.finding.findFirst({ where: { scopeId }, select: { id: true } })) === null

/**
 * What it was last evaluated from. One that never was has a row as well, before anything of it is read: what becomes known
 * from here on is noted for it.
 * @returns undefined where the scope is not there
 */
async function held(scopeId: string): Promise<Held | undefined> {
  const ask = () => db.$queryRaw<Held[]>`
    SELECT shared_by AS "sharedBy", judged_by AS "judgedBy", relies_on AS "reliesOn" FROM evaluation
    WHERE scope_id = ${scopeId}::uuid`
  const [before] = await ask()
  if (before) return before
  await db.$executeRaw`
    INSERT INTO evaluation (scope_id, shared_by, judged_by, settled_at)
    SELECT id, '', '', knowledge_settled() FROM scope WHERE id = ${scopeId}::uuid ON CONFLICT DO NOTHING`
  return (await ask())[0]
}

/** Up to when, and to which pass and change of an analysis, everything can be seen. */
async function movedUpTo(scopeId: string): Promise<{ settled: Date; upTo: UpTo }> {
  const { settled, pass } = await noteTouched()
  const [last] = await db.$queryRaw<{ id: bigint | null }[]>`
    SELECT max(id) AS id FROM access_change WHERE scope_id = ${scopeId}::uuid`
  return { settled, upTo: { pass, change: last?.id ?? 0n } }
}

/** Once some of it is judged in another way, nobody may take the whole for judged as before. */
const forgetMarks = ({ scopeId }: Evaluation, how: 'read' | 'asked') =>
  how === 'read'
    ? db.$executeRaw`UPDATE evaluation SET shared_by = '', judged_by = '' WHERE scope_id = ${scopeId}::uuid`
    : db.$executeRaw`UPDATE evaluation SET judged_by = '' WHERE scope_id = ${scopeId}::uuid`

/** @returns false when the scope is no longer there */
async function readAll(evaluation: Evaluation): Promise<boolean> {
  if (!(await takeAll(evaluation, ahead(everything(evaluation))))) return false
  if (!(await take(evaluation, [readScope(evaluation)]))) return false
  return finish(evaluation, 'all', (tx) => forgetUnread(tx, evaluation.scopeId))
}

async function* everything(evaluation: Evaluation): AsyncGenerator<Read[]> {
  const { tx, scopeId } = evaluation
  for await (const rows of scan<IdentityRow>(tx, identitiesOf(scopeId)))
    yield readIdentities(evaluation, rows)
  for await (const rows of scan<UnheldRow>(tx, unheldCredentials(scopeId))) yield readUnheld(evaluation, rows)
  for await (const rows of scan<SecretRow>(tx, secretsOf(scopeId))) yield readSecrets(evaluation, rows)
}

/** @param all whether the rules are asked anew about everything that was read before */
async function readMoved(evaluation: Evaluation, all: boolean): Promise<boolean> {
  const { tx, scopeId, upTo, now, judge, signal, compare } = evaluation
  const touched = await touchedIn(db, scopeId, upTo)
  const moved = new Set([...touched, ...(await dueBy(db, scopeId, now))])
  if (!(await readThese(evaluation, [...moved]))) return false
  if (all)
    for await (const differ of rejudge(tx, { scopeId, judge, signal, except: moved, compare }))
      if (!(await readThese(evaluation, differ))) return false
  if (!(await take(evaluation, [readScope(evaluation)]))) return false
  return finish(evaluation, [...moved, ...evaluation.left], async () => {})
}

async function readThese(evaluation: Evaluation, ids: readonly string[]): Promise<boolean> {
  const { scopeId } = evaluation
  for (let at = 0; at < ids.length; at += CHUNK) {
    const some = ids.slice(at, at + CHUNK)
    const [identities, unheld, secrets] = await Promise.all([
      db.$queryRaw<IdentityRow[]>(identitiesOf(scopeId, some)),
      db.$queryRaw<UnheldRow[]>(unheldCredentials(scopeId, some)),
      db.$queryRaw<SecretRow[]>(secretsOf(scopeId, some)),
    ])
    const reads = [
      ...(identities.length ? await readIdentities(evaluation, identities) : []),
      ...(unheld.length ? await readUnheld(evaluation, unheld) : []),
      ...(await readSecrets(evaluation, secrets)),
    ]
    if (!(await take(evaluation, reads))) return false
    const found = new Set(reads.map(({ id }) => id))
    const lost = some.filter((id) => !found.has(id) && id !== scopeId)
    if (lost.length && !(await alone(evaluation, (tx) => forgetStates(tx, scopeId, lost)))) return false
  }
  return true
}

async function judged(evaluation: Evaluation, reads: readonly Read[]): Promise<Write> {
  evaluation.signal.throwIfAborted()
  evaluation.read += reads.length
  return (await judgeChunk(evaluation, reads)) ?? (() => Promise.resolve(true))
}

/** @returns false when the scope is no longer there */
const take = async (evaluation: Evaluation, reads: readonly Read[]): Promise<boolean> =>
  (await judged(evaluation, reads))()

/** Chunk by chunk; while the database writes one, the next is judged. */
async function takeAll(evaluation: Evaluation, chunks: AsyncIterable<readonly Read[]>): Promise<boolean> {
  let written = Promise.resolve(true)
  try {
    for await (const reads of chunks) {
      const write = await judged(evaluation, reads)
      if (!(await written)) return false
      written = write()
    }
    return await written
  } finally {
    // Whatever else went wrong is told: that this did as well says nothing more.
    await written.catch(() => undefined)
  }
}

async function finish(
  evaluation: Evaluation,
  which: readonly string[] | 'all',
  forget: (tx: Tx) => Promise<void>,
): Promise<boolean> {
  const { scopeId, now, judge, shared, settled, upTo, signal, before, isFirst } = evaluation
  signal.throwIfAborted()
  return alone(evaluation, async (tx) => {
    await forget(tx)
    if (!isFirst) await resolveRetired(tx, scopeId, which, now)
    if (!isFirst && before.judgedBy !== judge.mark) await resolveUnasked(tx, scopeId, judge, now)
    await countRetired(tx, scopeId, which, now)
    await writeTallies(tx, scopeId, judge, now)
    if (which.length || before.judgedBy !== judge.mark) await countScores(tx, scopeId, judge)
    if (which === 'all' || hasManyMoves(evaluation) || !(await hasFacets(tx, scopeId)))
      await recountFacets(tx, scopeId)
    await forgetTouched(tx, scopeId, upTo)
    await tx.$executeRaw`
      INSERT INTO evaluation (scope_id, shared_by, judged_by, settled_at, relies_on)
      VALUES (${scopeId}::uuid, ${shared.mark}, ${judge.mark}, ${settled}::timestamptz,
        ${JSON.stringify(reliesOn(evaluation, which))}::jsonb)
      ON CONFLICT (scope_id) DO UPDATE SET shared_by = excluded.shared_by, judged_by = excluded.judged_by,
        settled_at = excluded.settled_at, relies_on = excluded.relies_on`
    await tx.$executeRaw`UPDATE scope SET evaluated_at = ${now}::timestamptz WHERE id = ${scopeId}::uuid`
  })
}

/** The other scopes that were looked up, and how they had been looked at when they were. */
function reliesOn({ before, shared }: Evaluation, which: readonly string[] | 'all'): Record<string, string> {
  const found = [...shared.facts.elsewhere].map(([id, { name, looks }]) => [id, standingOf(name, looks)])
  return {
    ...(which !== 'all' && before.reliesOn),
    ...(Object.fromEntries(found) as Record<string, string>),
  }
}

/** They were taken away while very many moved, and whoever did was interrupted. */
async function hasFacets(tx: Tx, scopeId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<
    unknown[]
  >`SELECT 1 FROM facet_count WHERE scope_id = ${scopeId}::uuid LIMIT 1`
  return rows.length > 0
}
