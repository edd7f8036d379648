// What is chosen to go, against trying every choice: nothing comes through, nothing less would do, and the less used goes.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HeldStep } from '../held-steps'
import { arriving, countWays, onTheWay } from './on-the-way'
import { planCut, type Removable } from './plan-cut'
import type { Link } from './ways'

const END = 'n5'
const stepOf = (id: string, fromId: string, toId: string): HeldStep => ({
  id,
  scopeId: 's',
  fromId,
  fromKind: 'identity',
  toId,
  toKind: 'identity',
  fromScopeId: 's',
  toScopeId: 's',
  origin: 'platform',
  by: 'x',
  certainty: 'possible',
  because: [],
  missing: [],
  since: new Date(0),
})
const link = (id: string, from: string, to: string): Link => ({ from, to, step: stepOf(id, from, to) })

type Given = { from: string; to: string; group: 'own' | 'from' | 'to'; firm: boolean }
const node = fc.constantFrom('n0', 'n1', 'n2', 'n3', 'n4', END)
const step = fc.record({
  from: node,
  to: node,
  group: fc.constantFrom('own', 'from', 'to'),
  firm: fc.boolean(),
})
const graph = fc.array(step as fc.Arbitrary<Given>, { maxLength: 9 })
/** Steps out of (or into) one thing that rest on the same, as one grant (or one trust) would have it. */
const read = (given: readonly Given[]) => {
  const removables = new Map<string, Removable>()
  const links = given.map(({ from, to, group, firm }, at) => {
    const id = `step-${at}`
    const key = group === 'own' ? id : group === 'from' ? `grant of ${from}` : `trust of ${to}`
    const shared = group === 'own' ? firm : false
    removables.set(id, { key, side: group === 'to' ? 'to' : 'from', firm: shared, use: 1 })
    return link(id, from, to)
  })
  return { links, of: (id: string) => removables.get(id) as Removable }
}
const STARTS = ['n0', 'n1']
const comes = (links: readonly Link[]) => arriving({ links: [...links], end: END }, STARTS).length > 0

describe('against trying every choice', () => {
  test('nothing comes through, and nothing less would do', () => {
    fc.assert(
      fc.property(graph, (given) => {
        const { links, of } = read(given)
        const plan = planCut(links, of, STARTS, END)
        const left = (keys: ReadonlySet<string>) =>
          links.filter(({ step: one }) => !keys.has(of(one?.id ?? '').key))
        expect(plan).toBeDefined()
        const keys = new Set(plan?.keys)
        expect(comes(left(keys))).toBe(false)
        const all = [
          ...new Map(links.map(({ step: one }) => [of(one?.id ?? '').key, of(one?.id ?? '')])).values(),
        ]
        const price = (chosen: readonly Removable[]) =>
          chosen.reduce((sum, { firm }) => sum + (firm ? 1000 : 1), 0)
        let best = Infinity
        for (let set = 0; set < 2 ** all.length; set++) {
          const chosen = all.filter((_, at) => set & (1 << at))
          if (price(chosen) < best && !comes(left(new Set(chosen.map(({ key }) => key)))))
            best = price(chosen)
        }
        expect(price(all.filter(({ key }) => keys.has(key)))).toBe(best)
      }),
      { numRuns: 200 },
    )
  })
  test('steps on no way of the length asked for change no plan', () => {
    fc.assert(
      fc.property(graph, fc.integer({ min: 1, max: 5 }), (given, hops) => {
        const { links } = read(given)
        const far = distances(links)
        const kept = onTheWay({ links, far, end: END }, STARTS, hops)
        const starts = arriving({ links: kept, end: END }, STARTS)
        expect(starts).toEqual(STARTS.filter((id) => (far.get(id) ?? Infinity) <= hops))
        expect(countWays({ links: kept, far, end: END }, starts, hops).ways > 0).toBe(starts.length > 0)
      }),
      { numRuns: 200 },
    )
  })
})
function distances(links: readonly Link[]): Map<string, number> {
  const far = new Map([[END, 0]])
  for (const [id, hops] of far)
    for (const { from, to } of links) if (to === id && !far.has(from)) far.set(from, hops + 1)
  return far
}

test('of two that cut as well, the one nobody was seen using goes', () => {
  const links = [link('a', 'n0', 'n2'), link('b', 'n2', END)]
  const plan = (unused: string) =>
    planCut(links, (id) => ({ key: id, side: 'from', firm: false, use: id === unused ? 0 : 2 }), ['n0'], END)
  expect(plan('a')).toEqual({ keys: ['a'] })
  expect(plan('b')).toEqual({ keys: ['b'] })
})
test('many that go easily go before one that is firm', () => {
  const many = Array.from({ length: 50 }, (_, at) => link(`easy-${at}`, 'n2', END))
  const links = [link('firm', 'n0', 'n2'), ...many]
  const plan = planCut(links, (id) => ({ key: id, side: 'from', firm: id === 'firm', use: 2 }), ['n0'], END)
  expect(plan?.keys).toHaveLength(50)
})
test('what an administrator of a scope can act as is not cut there', () => {
  expect(
    planCut([{ from: 'n0', to: END }], () => ({ key: 'x', side: 'from', firm: false, use: 0 }), ['n0'], END),
  ).toBeUndefined()
})
test('more ways than are counted are said to be more', () => {
  const links = Array.from({ length: 4 }, (_, at) =>
    Array.from({ length: 8 }, (__, way) => link(`${at}/${way}`, `m${at}`, at === 3 ? END : `m${at + 1}`)),
  ).flat()
  const far = new Map([[END, 0], ...[0, 1, 2, 3].map((at) => [`m${at}`, 4 - at] as const)])
  expect(countWays({ links, far, end: END }, ['m0'], 4)).toEqual({ ways: 1000, more: true })
})
