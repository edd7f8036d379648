// The form of a law: it holds for a study, or throws an assertion error that begins with its name.
import { AssertionError } from 'node:assert'
import type { Collected } from '@/core/collect'
import type { Kind } from '@/core/observation'
import type { Coverage } from '@/core/upstream'
import type { Study } from './study'
import type { LawName } from './world'

export type Law = (study: Study) => Promise<void>

/** Throws unless the condition holds. */
export function holds(condition: unknown, law: LawName, message: string): asserts condition {
  if (!condition) throw new AssertionError({ message: `${law}: ${message}`, stackStartFn: holds })
}

type Covered = { where: string; scope: string | null; stream: string | null; coverage: Coverage }

/** Every coverage a run ended with, with the scope, stream and kind it speaks of. */
export const coverages = (events: readonly Collected[]): Covered[] =>
  events.flatMap((event): Covered[] => {
    if (event.type === 'scopes')
      return [{ where: 'the list of scopes', scope: null, stream: null, coverage: event.coverage }]
    if (event.type !== 'coverage') return []
    return (Object.entries(event.kinds) as [Kind, Coverage][]).map(([kind, coverage]) => ({
      where: `${event.scope.nativeId} / ${event.stream} / ${kind}`,
      scope: event.scope.nativeId,
      stream: event.stream,
      coverage,
    }))
  })

/** The observations of a run with where they were seen. */
export const observed = (events: readonly Collected[]) =>
  events.flatMap((event) =>
    event.type === 'observations'
      ? event.observations.map((observation) => ({
          scope: event.scope.nativeId,
          stream: event.stream,
          observation,
        }))
      : [],
  )

/** Whether some coverage of the run says that this permission failed, and so. */
export const names = (events: readonly Collected[], permission: string, whys: readonly string[]): boolean =>
  coverages(events).some(
    ({ coverage: c }) =>
      (c.state === 'partial' && c.permission === permission && whys.includes(c.why)) ||
      c.gaps.some((gap) => gap.permission === permission && whys.includes(gap.why)),
  )
