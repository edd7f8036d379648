// A thing that is truly gone from a complete look is retired, and no other identity with it.
import { coverages, holds, type Law } from '../law'

export const deletion: Law = async (study) => {
  const { remove } = study.world
  holds(
    remove,
    'deletion',
    'give world.remove, one identity and the estate without it, or skip this law with a reason',
  )
  const { state, events: before } = await study.calm()
  const { identity } = remove
  const known = [...state.values()].some((row) => row.kind === 'identity' && row.nativeId === identity)
  holds(known, 'deletion', `${identity} is no identity of the recorded estate`)
  const { events } = await study.run(remove.from())
  const partial = (of: typeof events) =>
    coverages(of).filter(({ coverage }) => coverage.state === 'partial').length
  holds(partial(events) <= partial(before), 'deletion', `without ${identity} the look is no longer complete`)
  const { changes } = study.machine.apply(state, events, study.later)
  const retired = changes.filter(({ type, kind }) => type === 'retired' && kind === 'identity')
  holds(
    retired.some((change) => change.nativeId === identity),
    'deletion',
    `${identity} is gone and was not retired`,
  )
  const other = retired.find((change) => change.nativeId !== identity)
  holds(!other, 'deletion', `${other?.nativeId} was retired because ${identity} is gone`)
}
