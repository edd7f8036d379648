// How many items each reviewer has, and how those of whom too much is asked could share. Pure.
import { LOAD_MAX } from '@/core/campaign'

export type Load = {
  person: { id: string; name: string }
  items: number
  high: number
  medium: number
  low: number
}
export type Split = {
  person: Load['person']
  items: number
  /** What each would have then; the first is the reviewer. */
  shares: { person: Load['person']; items: number }[]
  words: string
}

/** Those above the bound, with a proposal of how the people beside them could take some. */
export function splits(
  loads: readonly Load[],
  beside: ReadonlyMap<string, readonly Load['person'][]>,
  max = LOAD_MAX,
): Split[] {
  const room = new Map(loads.map(({ person, items }) => [person.id, Math.max(0, max - items)]))
  return loads
    .filter(({ items }) => items > max)
    .map(({ person, items }) => {
      let over = items - max
      const shares: Split['shares'] = []
      for (const other of beside.get(person.id) ?? []) {
        const free = room.get(other.id) ?? max
        const taken = Math.min(free, over)
        if (other.id === person.id || taken === 0) continue
        room.set(other.id, free - taken)
        over -= taken
        shares.push({ person: other, items: taken })
        if (over === 0) break
      }
      return {
        person,
        items,
        shares: [{ person, items: max + over }, ...shares],
        words: wordsOf(person.name, items, over, shares, max),
      }
    })
}

function wordsOf(name: string, items: number, over: number, shares: Split['shares'], max: number): string {
  const taken = shares.map(({ person, items: some }) => `${person.name} ${some}`).join(', ')
  const rest = over
    ? ` ${over} above ${max} stay: nobody beside them has room. Narrow the filter, or name others.`
    : ''
  return `${name} has ${items} items.${taken ? ` Could take some: ${taken}.` : ''}${rest}`
}
