// Refusals of several projects or folders as one: what a person is told names all of them, and what can be done.
import type { Unknown } from '@/core/fact'
import { groupBy } from '@/core/group-by'

/** So many are named; the others are counted. */
const NAMED_MAX = 20

function placesOf(names: readonly string[]): string {
  if (names.length === 1) return names.join()
  const more = names.length - NAMED_MAX
  const listed = names.slice(0, NAMED_MAX).join(', ')
  return `${names.length} places: ${listed}${more > 0 ? ` and ${more} more` : ''}`
}

/** By the name of the project or node that refused. */
export class Refusals {
  private readonly held = new Map<string, Unknown>()

  add(name: string, refusal: Unknown): void {
    this.held.set(name, refusal)
  }

  /** The one to tell of, where there is any: what was denied before what is not offered there. */
  get all(): Unknown[] {
    const byWhy = groupBy(this.held, ([, { why }]) => why)
    const groups = [...byWhy.values()].sort(
      ([a], [b]) => Number(a?.[1].why === 'not-offered') - Number(b?.[1].why === 'not-offered'),
    )
    const [first = [], ...others] = groups
    const [one] = first
    if (!one) return []
    const refusal = one[1]
    const also = others.flat().map(([name]) => name)
    const words = [
      refusal.detail ?? '',
      `In ${placesOf(first.map(([name]) => name))}.`,
      ...(also.length ? [`For another reason also in ${placesOf(also)}.`] : []),
    ]
    return [{ ...refusal, detail: words.join(' ').trim() }]
  }
}
