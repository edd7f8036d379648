// What a policy would change if it counted: the judge is asked by it and by the one that counts, about all that was read.
import { setImmediate } from 'node:timers/promises'
import { RollcallError, type Issue } from '@/core/errors'
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import type { Policy } from '@/core/policy'
import type { Severity } from '@/core/rule'
import { countedScopes, hasRealScope } from '@/inventory/queries/counted-scopes'
import { db } from '@/prisma/client'
import { type Prisma } from '@/prisma/generated/client'
import { rules } from '@/rules'
import { authorise } from '../authorise'
import { keptUnit } from '../evaluation/kept-facts'
import { ahead } from '../evaluation/scan'
import { mustBePolicy } from './check-policy'
import { rulesInQuestion, VerdictComparison, type Declared, type Moved } from './compare-verdicts'
import { currentPolicy } from './current-policy'
import { policyChanges, type PolicyChange } from './policy-changes'
import { pruned } from './pruned'

/** So many are looked at unless all are asked for: identities with their credentials, secrets, scopes. */
export const LOOKED_MAX = 20_000
/** Judged between two turns of whatever else the process does. */
const CHUNK = 200
/** So many at a time look at everything. */
const WHOLE_MAX = 2
const FIRST = '00000000-0000-0000-0000-000000000000'

export type Preview = {
  /** The version it is compared with. */
  version: number
  changes: PolicyChange[]
  warnings: Issue[]
  /** How many were judged by both, of how many there are. Fewer than all: every count below is a least. */
  looked: number
  of: number
  isWhole: boolean
  /** Scopes that were read and not judged yet, of which nothing can be told. */
  notJudged: number
  /** Verdicts that would be others. */
  total: number
  moves: Moved[]
  newFailures: Record<Severity, number>
  /** Who is newly declared to be for emergencies, where that list changes. */
  declared: Declared[]
}
export type PreviewStep = { progress: { looked: number; of: number } } | { preview: Preview }
export type PreviewInput = { policy: unknown; whole?: boolean }

async function countKept(counted: Prisma.Sql): Promise<{ of: number; notJudged: number }> {
  const [row] = await db.$queryRaw<{ of: number; notJudged: number }[]>`
    SELECT (SELECT count(*)::int FROM subject_state t JOIN scope s ON s.id = t.scope_id WHERE ${counted}) AS of,
      (SELECT count(*)::int FROM scope s WHERE ${counted} AND EXISTS (SELECT 1 FROM look l WHERE l.scope_id = s.id)
        AND s.evaluated_at IS NULL) AS "notJudged"`
  return row ?? { of: 0, notJudged: 0 }
}

/** In the order of ids, which says nothing about what they are of: the first so many are a fair part of all. */
async function* keptFacts(counted: Prisma.Sql, max: number): AsyncGenerator<string[]> {
  let [after, left] = [FIRST, max]
  while (left > 0) {
    const rows = await db.$queryRaw<{ id: string; facts: string }[]>`
      SELECT f.id, f.facts FROM subject_facts f JOIN scope s ON s.id = f.scope_id
      WHERE f.id > ${after}::uuid AND ${counted} ORDER BY f.id LIMIT ${Math.min(CHUNK, left)}::int`
    if (rows.length) yield rows.map(({ facts }) => facts)
    if (rows.length < Math.min(CHUNK, left)) return
    after = rows.at(-1)?.id ?? after
    left -= rows.length
  }
}

/** Everything that is not different from one policy to the other. */
type Begun = {
  now: Instant
  version: number
  before: Policy
  after: Policy
  warnings: Issue[]
  /** So many are looked at. */
  max: number
}
export type BegunPreview = {
  /** @throws what the signal was aborted with */
  steps: (signal: AbortSignal) => AsyncGenerator<PreviewStep>
}

/**
 * Checks who asks and what; nothing is judged before the steps are asked for.
 * @throws RollcallError `invalid` with one issue per wrong field
 */
export async function beginPreview(
  actor: Actor | null,
  { policy: raw, whole = false }: PreviewInput,
  { now = new Date(), lookedMax = LOOKED_MAX }: Pick<PreviewOptions, 'now' | 'lookedMax'> = {},
): Promise<BegunPreview> {
  authorise(actor, 'policy:read')
  const at = now.toISOString()
  const { policy: after, warnings } = mustBePolicy(raw, at)
  const { version, policy } = await currentPolicy()
  const begun = {
    now: at,
    version,
    before: pruned(policy),
    after,
    warnings,
    max: whole ? Infinity : lookedMax,
  }
  return { steps: (signal) => (whole ? oneOfFew(stepsOf(begun, signal)) : stepsOf(begun, signal)) }
}

let running = 0
async function* oneOfFew(steps: AsyncGenerator<PreviewStep>): AsyncGenerator<PreviewStep> {
  if (running >= WHOLE_MAX)
    throw new RollcallError('limited', 'Others are looking at everything already. Try again soon.', [], 30)
  running++
  try {
    yield* steps
  } finally {
    running--
  }
}

async function* stepsOf(begun: Begun, signal: AbortSignal): AsyncGenerator<PreviewStep> {
  const { now, before, after, max, version, warnings } = begun
  const counted = countedScopes(await hasRealScope())
  const { of, notJudged } = await countKept(counted)
  const asked = rulesInQuestion(before, after, rules)
  const comparison = new VerdictComparison(now, before, after, asked)
  let looked = 0
  if (asked.length)
    for await (const chunk of ahead(keptFacts(counted, max))) {
      signal.throwIfAborted()
      for (const facts of chunk) comparison.add(keptUnit(facts))
      looked += chunk.length
      yield { progress: { looked, of: Math.max(of, looked) } }
      await setImmediate()
    }
  signal.throwIfAborted()
  const { moves, declared, newFailures } = comparison
  yield {
    preview: {
      version,
      changes: policyChanges(before, after),
      warnings,
      looked,
      of: Math.max(of, looked),
      // Where no rule is in question nothing has to be looked at.
      isWhole: !asked.length || max === Infinity || looked >= of,
      notJudged,
      total: moves.reduce((sum, { count }) => sum + count, 0),
      moves,
      newFailures,
      declared,
    },
  }
}

/** The same at once. */
export async function previewPolicy(
  actor: Actor | null,
  input: PreviewInput,
  { signal = new AbortController().signal, onProgress, now, lookedMax }: PreviewOptions = {},
): Promise<Preview> {
  const { steps } = await beginPreview(actor, input, {
    ...(now && { now }),
    ...(lookedMax !== undefined && { lookedMax }),
  })
  for await (const step of steps(signal)) {
    if ('preview' in step) return step.preview
    onProgress?.(step.progress)
  }
  throw new RollcallError('bug', 'The preview ended without an answer.')
}
export type PreviewOptions = {
  signal?: AbortSignal
  onProgress?: (progress: { looked: number; of: number }) => void
  now?: Date
  /** So many are looked at where not all are asked for. */
  lookedMax?: number
}
