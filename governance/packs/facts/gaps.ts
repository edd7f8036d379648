// What was not seen that a pack rests on, in words: for the whole of it, and for each control.
import type { RuleTest, SourceLine } from '@/evidence/report/facts'
import { BEYOND } from '@/core/upstream'
import { askedScopes } from '@/inventory/queries/asked-scopes'
import { completenessOf } from '@/inventory/queries/completeness-of'
import type { FullCompleteness } from '@/inventory/queries/types'
import { rules } from '@/rules'
import type { PackAt } from '../part'
import type { Reconciled } from '../reconciliation/reconcile'
import { kindsNeeded } from './kinds-of-facts'
import type { Alike } from './subjects-of-pack'

/** Named one by one; more are counted, and stand in sources.csv and reconciliation.csv. */
const NAMED_MAX = 200

const isBeyond = ({ why }: { why: string }) => (BEYOND as readonly string[]).includes(why)
/** The detail often begins with the permission: it is not said twice. */
const missingWords = ({ scope, kind, why, permission, detail }: FullCompleteness['missing'][number]) => {
  const named = detail.startsWith(permission) ? [why, detail] : [why, permission, detail]
  const words = named.filter(Boolean).join(', ').replace(/\.$/, '')
  return `${kind} of ${scope} was not seen whole (${words})`
}

export const several = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

function bounded(words: readonly string[]): string[] {
  if (words.length <= NAMED_MAX) return [...words]
  return [
    ...words.slice(0, NAMED_MAX),
    `and ${several(words.length - NAMED_MAX, 'more gap')}: reconciliation.csv and sources.csv name all of them`,
  ]
}

export async function completenessOfPack({ actor, asked }: PackAt): Promise<FullCompleteness> {
  const { chosen, hidden } = await askedScopes(asked.filter.scope)
  return completenessOf(actor, {
    ...(chosen && { scopeIds: chosen }),
    realOnly: hidden.length > 0,
  })
}

/** Of the whole pack: what somebody could mend. What sources never tell is told beside it. */
export function gapsOf(
  seen: FullCompleteness,
  lines: readonly Reconciled[],
  alike: readonly Alike[],
): { gaps: string[]; beyond: string[] } {
  const { missing, missingTotal, stale } = seen
  const ours = missing.filter((one) => !isBeyond(one))
  // What sources never tell comes last in the list: what is not named is counted as what it must be.
  const untold = Math.max(0, missingTotal - seen.beyond - missing.length)
  const unexplained = lines.filter((one) => one.unexplained > 0)
  const unjudged = alike.reduce(
    (sum, one) => sum + (one.judged || one.kind !== 'identity' ? 0 : one.count),
    0,
  )
  const gaps = [
    ...(seen.state === 'none' ? ['nothing was looked at'] : []),
    ...ours.map(missingWords),
    ...(untold > 0 ? [`and ${several(untold, 'more look')} that fell short: sources.csv names them`] : []),
    ...stale.map(
      ({ scope, asOf }) =>
        `${scope} was last seen whole ${asOf ?? 'never'}, longer ago than it is meant to be`,
    ),
    ...unexplained.map(
      ({ kind, scope, read, held }) =>
        `${kind} of ${scope}: ${read} read by the last complete look, ${held} held, and nothing explains the difference`,
    ),
    ...(unjudged ? [`${several(unjudged, 'identity', 'identities')} no rule was asked about yet`] : []),
  ]
  const beyond = missing.filter(isBeyond).map(missingWords)
  const more = missingTotal - missing.length - untold
  return {
    gaps: bounded(gaps),
    beyond: bounded(more > 0 ? [...beyond, `and ${more} more of that sort`] : beyond),
  }
}

const FELL_SHORT: Record<'partial' | 'never', string> = {
  partial: 'was not seen whole by the last look',
  never: 'was never seen whole',
}

/** What belongs to no identity. */
const BESIDE: Readonly<Record<string, string>> = { secret: 'stored secrets', scope: 'parts of sources' }

/** Of one control: what its rules need and was not seen, and whom they were not asked about. */
export function gapsOfControl(
  tests: readonly RuleTest[],
  lines: readonly SourceLine[],
  isWhole: boolean,
): string[] {
  const metas = tests.flatMap(({ id }) => rules.find(({ meta }) => meta.id === id)?.meta ?? [])
  const kinds = new Set(metas.flatMap((meta) => kindsNeeded(meta.subject, meta.needs)))
  const beside = metas.flatMap(({ id, subject }) =>
    isWhole || !(subject in BESIDE)
      ? []
      : [`${id} speaks of ${BESIDE[subject]}, which are not of a population narrowed by more than scopes`],
  )
  const needed: ReadonlySet<string> = kinds
  const short = lines.filter(({ kind }) => tests.length > 0 && (needed.has(kind) || kind === 'everything'))
  const looks = short.flatMap(({ kind, scope, state, why }) =>
    state === 'complete' ? [] : [`${kind} of ${scope} ${FELL_SHORT[state]}${why ? ` (${why})` : ''}`],
  )
  const notAsked = tests.flatMap(({ id, notAsked: count, parameters }) =>
    parameters.startsWith('turned off')
      ? [`${id} is ${parameters}`]
      : count
        ? [`${id} was not asked about ${several(count, 'subject')}`]
        : [],
  )
  const undecided = tests.flatMap(({ id, unknown }) =>
    unknown ? [`${id} could not tell of ${several(unknown, 'subject')}`] : [],
  )
  return bounded([...looks, ...beside, ...notAsked, ...undecided])
}
