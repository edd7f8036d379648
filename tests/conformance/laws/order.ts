// The order in which a source lists things carries no meaning: shuffled answers give the same inventory.
import { holds, type Law } from '../law'
import { textOf, type Change } from '../reference-inventory'
import { shuffling } from '../shuffle'

const SEEDS = [1, 20, 300]

export const order: Law = async (study) => {
  const { state } = await study.calm()
  const { world, machine } = study
  for (const seed of SEEDS) {
    const { events } = await study.run(shuffling(world.transport(), seed, world.ordered ?? []))
    const changes = machine
      .apply(state, events, study.later)
      .changes.filter((change) => !onlyReordered(change))
    const [change] = changes
    holds(!change, 'order', `in another order, ${change?.kind} ${change?.nativeId} is ${change?.type}`)
  }
}

/** A document keeps the order of its source; only its content has to be the same. */
function onlyReordered(change: Change): boolean {
  if (change.type !== 'updated') return false
  const plain = (observation: object): string =>
    textOf(
      Object.fromEntries(
        Object.entries(observation).map(([field, value]) =>
          field === 'document' || field === 'conditions' ? [field, unordered(value)] : [field, value],
        ),
      ),
    )
  return plain(change.before) === plain(change.after)
}

/** The value with every list sorted. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value))
    return value
      .map(unordered)
      .map((v) => ({ v, text: textOf(v) ?? '' }))
      .sort((a, b) => (a.text < b.text ? -1 : 1))
      .map(({ v }) => v)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, unordered(v)]))
}
