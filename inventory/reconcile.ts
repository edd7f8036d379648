// Compares what a run saw of one scope with what is held, and writes only what differs: one transaction, set-based.
import { ensure } from '@/core/errors'
import type { Instant } from '@/core/fact'
import { KINDS, type Kind } from '@/core/observation'
import type { Prisma } from '@/prisma/generated/client'
import type { Tx } from '@/prisma/client'
import { adoptAliases, mergeAliases } from './aliases'
import { bindReferences } from './bind-references'
import { recountFacets } from './facets/recount'
import { noteJoinChanges } from './joins/note-changes'
import { keepAnswers } from './keep-answers'
import { namePredecessors } from './predecessors'
import { rememberLooks, refuseOlderLook } from './looks'
import { leaveEnded, retireEnded, retireUnseen } from './retire'
import { lockScope } from './scope-lock'
import { changedSince } from './changed-since'
import { dropScopeStaging, stagedWhole, stagingTable } from './staging/table'
import { surveyOf, type Survey } from './survey'
import { writeChanged } from './write-changed'

export type KindChanges = {
  created: number
  updated: number
  retired: number
  restored: number
  unchanged: number
}
export type Changes = Partial<Record<Kind, KindChanges>>
export type Look = { runId: string; scopeId: string; observedAt: Instant }
/** One look of one run at one scope, the table it waits in, and the instant its changes are known from. */
export type LookAt = Look & { staged: Prisma.Sql; stamp: Instant; survey: Survey }

/** What was written, and whether what the scope has in common with others has to be joined anew. */
export type Reconciled = { changes: Changes; joins: boolean }

/** Reconciles one scope. The caller opens the transaction; the lock lasts until it ends. */
export async function reconcileScope(tx: Tx, look: Look): Promise<Reconciled> {
  await lockScope(tx, look.scopeId)
  if (!(await stillToApply(tx, look))) return { changes: {}, joins: false }
  const [clock] = await tx.$queryRaw<{ now: Date }[]>`SELECT knowledge_now() AS now`
  const stamp = (clock?.now ?? new Date()).toISOString()
  await refuseOlderLook(tx, look)
  await refuseLost(tx, look)
  await leaveEnded(tx, look)
  const at = { ...look, staged: stagingTable(look), stamp, survey: await surveyOf(tx, look) }
  const changes = KINDS.some((kind) => hasNews(at.survey[kind])) ? await write(tx, at) : asBefore(at.survey)
  await rememberLooks(tx, at)
  if (changes.identity && hasChanged({ identity: changes.identity })) await recountFacets(tx, at.scopeId)
  const joins = await noteJoinChanges(tx, { scopeId: at.scopeId, rows: hasChanged(changes) })
  await dropScopeStaging(tx, at)
  await tx.$executeRaw`
    UPDATE run_coverage SET applied_at = knowledge_now()
    WHERE run_id = ${at.runId}::uuid AND scope_id = ${at.scopeId}::uuid AND applied_at IS NULL`
  const some = Object.entries(changes).filter(([, counts]) => Object.values(counts).some((n) => n > 0))
  return { changes: Object.fromEntries(some), joins }
}

/** Whether a look said anything of a kind that was not known already. */
const hasNews = ({ whole, ended, unseen }: Survey[Kind]) => whole + ended + unseen > 0

const asBefore = (survey: Survey): Changes =>
  Object.fromEntries(
    KINDS.map((kind) => [
      kind,
      { created: 0, updated: 0, retired: 0, restored: 0, unchanged: survey[kind].seen },
    ]),
  )

async function write(tx: Tx, at: LookAt): Promise<Changes> {
  // A first look is compared with nothing.
  if (KINDS.some((kind) => at.survey[kind].held)) await tx.$executeRaw`ANALYZE ${at.staged}`
  await tx.$executeRaw`SELECT set_config('work_mem', '64MB', true)`
  await keepAnswers(tx, at)
  await hashing(tx, () => adoptAliases(tx, at))
  const changes: Changes = {}
  for (const kind of KINDS) changes[kind] = { ...(await writeChanged(tx, kind, at)), retired: 0 }
  await hashing(tx, () => settle(tx, at, changes))
  return changes
}

/**
 * Joins without an index on one side: a planner that has not heard yet of what this transaction wrote, and expects three
 * rows, would compare every row with every other. Hashing is right at any size.
 */
async function hashing<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await tx.$executeRaw`SELECT set_config('enable_nestloop', 'off', true)`
  const done = await work()
  await tx.$executeRaw`SELECT set_config('enable_nestloop', 'on', true)`
  return done
}

/** What follows from all that was seen: what is gone, who came after whom, and who bears which name. */
async function settle(tx: Tx, at: LookAt, changes: Changes): Promise<void> {
  for (const kind of KINDS) {
    const counts = changes[kind]
    if (counts) counts.retired = (await retireEnded(tx, kind, at)) + (await retireUnseen(tx, kind, at))
  }
  if (changes.identity?.created) await namePredecessors(tx, at)
  if (at.survey.identity.whole) await mergeAliases(tx, at)
  if (hasChanged(changes)) await bindReferences(tx, at)
}

const hasChanged = (changes: Changes) =>
  Object.values(changes).some((c) => c.created + c.updated + c.retired + c.restored > 0)

/** A look is applied once: a second time its staged rows are gone, and everything would seem to have vanished. */
async function stillToApply(tx: Tx, { runId, scopeId }: Look): Promise<boolean> {
  return (await tx.runCoverage.count({ where: { runId, scopeId, appliedAt: null } })) > 0
}

/**
 * Staged rows do not survive a crash of the database, and say only what differs from what was held when they were read.
 * Waiting for the lock is not enough: another run may have written the scope in between.
 */
async function refuseLost(tx: Tx, look: Look): Promise<void> {
  const loadedAt = await stagedWhole(tx, look)
  ensure(
    loadedAt,
    'upstream',
    'What was collected was lost before it could be applied, most likely because the database restarted. Nothing was changed; run it again.',
  )
  ensure(
    !(await changedSince(tx, look, loadedAt)),
    'upstream',
    'Another run has changed this scope while it was being read. Nothing was changed; it has to be read again.',
  )
}
