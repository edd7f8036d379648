// Analyses what the principals of a scope may do and whom they can act as, unless nothing has changed since it was last done.
import { platformOf } from '@/evaluators/platforms'
import { db, type Tx } from '@/prisma/client'
import { analyseRealm } from './analyse-realm'
import { joinedSteps } from './joined-steps'
import { loadRealm, type Loaded } from './load-realm'
import { realmMark } from './realm-mark'
import type { StepRow } from './step-row'
import { traceWhatDiffers, type Told } from './trace-escalation'
import { Writer } from './write-analysis'

/** Longest the analysis of one scope may take. */
const TIMEOUT_MS = 30 * 60_000

export type Analysis = {
  /** Whether it was made anew. */
  made: boolean
  /** Scopes about whose identities something else is said now. */
  changed: string[]
  /** Principals that were judged anew: whoever rests on the same as before is not. */
  judged: number
  /** Set where distances are not made yet, because somebody else soon will. */
  isPutOff?: true
}

/** Safe to repeat and to interrupt. Distances to administrators are made apart: an analysis does not hold its rows for them. */
export async function analyseScope(
  scopeId: string,
  signal: AbortSignal,
  told?: Told,
  putOff?: () => Promise<boolean>,
): Promise<Analysis> {
  const { changed, ...own } = await analysed(scopeId, signal, told)
  const moved = await traceWhatDiffers(told, putOff)
  if (!moved) return { ...own, changed, isPutOff: true }
  return { ...own, changed: [...new Set([...changed, ...moved])] }
}

const NOT_MADE: Analysis = { made: false, changed: [], judged: 0 }

/** All of it is written, or nothing. */
async function analysed(scopeId: string, signal: AbortSignal, told?: Told): Promise<Analysis> {
  const mark = await realmMark(scopeId)
  const before = await db.accessAnalysis.findUnique({ where: { scopeId } })
  if (before?.mark === mark) return NOT_MADE
  const loaded = await loadRealm(scopeId)
  if (!loaded) return NOT_MADE
  const writers: Writer[] = []
  const work = { scopeId, mark, loaded, signal }
  const changed = await db
    .$transaction(
      async (tx) => {
        const moved = await rewrite(tx, work, writers)
        const others = before ? await relying(tx, scopeId, before.analysedAt) : []
        const all = [...new Set([...moved, ...others])]
        if (all.length) await told?.(tx, all)
        return all
      },
      { timeout: TIMEOUT_MS, maxWait: 60_000 },
    )
    // Not before the transaction has let go of what it read.
    .finally(() => Promise.all(writers.map((writer) => writer.end())))
  return { made: true, changed, judged: writers.reduce((sum, { judged }) => sum + judged, 0) }
}

type Work = { scopeId: string; mark: string; loaded: Loaded; signal: AbortSignal }
/** @returns the scope, where something else is said of its identities now */
async function rewrite(tx: Tx, work: Work, writers: Writer[]): Promise<string[]> {
  const { scopeId, mark, loaded } = work
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`analyse ${scopeId}`}, 0))`
  const held = await tx.$queryRaw<unknown[]>`SELECT 1 FROM scope WHERE id = ${scopeId}::uuid FOR KEY SHARE`
  if (!held.length) return []
  const writer = await Writer.begin(scopeId)
  writers.push(writer)
  await judge(writer, work)
  const { verdicts, steps } = await writer.finish(tx)
  const traced = !steps && !verdicts && !(await hasLostItsWay(tx, scopeId))
  const unseen = [...new Set(loaded.realm.unseen.map(({ words }) => words))]
  await tx.$executeRaw`
    INSERT INTO access_analysis AS a (scope_id, mark, analysed_at, unseen, traced)
    VALUES (${scopeId}::uuid, ${mark}, now(), ${unseen}::text[], ${traced})
    ON CONFLICT (scope_id) DO UPDATE SET mark = excluded.mark, analysed_at = excluded.analysed_at, unseen = excluded.unseen,
      traced = a.traced AND excluded.traced`
  return verdicts ? [scopeId] : []
}

async function judge(writer: Writer, { scopeId, loaded, signal }: Work): Promise<void> {
  const platform = platformOf(loaded.realm)
  const access = platform?.within(loaded.realm)
  if (platform && access)
    for (const analysed of analyseRealm(loaded, platform, access, (id) => writer.heldOn(id))) {
      signal.throwIfAborted()
      if ('still' in analysed) writer.keep(analysed.still)
      else await writer.addPrincipal(analysed)
    }
  for (const step of runningSteps(loaded)) await writer.addStep(step)
  for await (const step of joinedSteps(scopeId, loaded, access)) {
    signal.throwIfAborted()
    await writer.addStep(step)
  }
}

/** A step of another scope went together with that scope, and a distance here still counts it. */
async function hasLostItsWay(tx: Tx, scopeId: string): Promise<boolean> {
  const [lost] = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM access_verdict v WHERE v.scope_id = ${scopeId}::uuid AND (
      v.step_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM access_step s WHERE s.id = v.step_id)
      OR v.open_step_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM access_step s WHERE s.id = v.open_step_id)) LIMIT 1`
  return lost !== undefined
}

/** Trust that was written meanwhile may bear an earlier instant than the analysis: so much earlier at most. */
const MEANWHILE_MS = 3600_000
/** Other scopes that judge trust of this one together with their own, where it says something else now. */
async function relying(tx: Tx, scopeId: string, since: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string; mark: string }[]>`
    SELECT a.scope_id AS id, a.mark FROM access_analysis a WHERE a.scope_id IN (
      SELECT e.to_scope_id FROM edge e JOIN trust t ON t.identity_id = e.from_identity_id
      WHERE e.from_scope_id = ${scopeId}::uuid AND e.to_scope_id <> ${scopeId}::uuid AND e.state = 'matched'
        AND e.means = 'becomes-this' AND t.known_from > ${new Date(since.getTime() - MEANWHILE_MS)}::timestamptz)
    ORDER BY 1`
  const stale: string[] = []
  for (const { id, mark } of rows) if ((await realmMark(id)) !== mark) stale.push(id)
  return stale
}

/** What runs acts as what it runs as: whoever controls the one has the other. */
function* runningSteps({ realm, rowOf }: Loaded): Generator<StepRow> {
  for (const { id, name, uses } of realm.runners) {
    const from = rowOf.get(id)
    for (const used of uses) {
      const to = rowOf.get(used)
      if (!from || to?.kind !== 'identity') continue
      yield {
        fromId: from.id,
        fromKind: 'workload',
        fromScopeId: from.scopeId,
        toId: to.id,
        toKind: 'identity',
        toScopeId: to.scopeId,
        origin: 'runs-as',
        by: 'runs-as',
        certainty: 'possible',
        because: [`${name} runs as it.`],
        missing: [],
      }
    }
  }
}
