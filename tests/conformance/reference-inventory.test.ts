// The model of the inventory, over any sequence of looks: only a complete look retires, and only its own kind.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Collected } from '@/core/collect'
import { absent, known, unknown, type Instant } from '@/core/fact'
import type { Kind, Of } from '@/core/observation'
import type { Coverage } from '@/core/upstream'
import { apply, keyOf, type State } from './reference-inventory'

const day = (n: number): Instant => new Date(Date.UTC(2026, 0, 1 + n)).toISOString()
const COMPLETE: Coverage = { state: 'complete', gaps: [] }
const PARTIAL: Coverage = { state: 'partial', why: 'denied', permission: 'list', detail: 'no', gaps: [] }

const secret = (nativeId: string, rotates: Of<'secret'>['rotates'] = known(true, 'get')): Of<'secret'> => ({
  kind: 'secret',
  nativeId,
  type: 'sample.secret',
  name: nativeId,
  createdAt: known(day(0), 'list'),
  rotatedAt: absent('list'),
  lastReadAt: absent('list'),
  expiresAt: absent('list'),
  rotates,
})
type Look = { scope: string; stream: string; seen: Of<'secret'>[]; coverage: Coverage }
const events = ({ scope, stream, seen, coverage }: Look): Collected[] => {
  const of = { nativeId: scope, name: scope, type: 'sample.account' }
  const kinds: Partial<Record<Kind, Coverage>> = { secret: coverage }
  return [
    { type: 'scope', scope: of },
    { type: 'observations', scope: of, stream, observations: seen },
    { type: 'coverage', scope: of, stream, kinds, count: seen.length },
    { type: 'scopes', coverage: COMPLETE, count: 1 },
  ]
}
const look = (ids: string[], different: Partial<Look> = {}): Collected[] =>
  events({ scope: 'a', stream: 's', seen: ids.map((id) => secret(id)), coverage: COMPLETE, ...different })
const types = (state: State, collected: Collected[], n: number) =>
  apply(state, collected, day(n)).changes.map(({ type, nativeId }) => `${type} ${nativeId}`)
const held = apply(new Map(), look(['1', '2']), day(0)).state

describe('one look', () => {
  test('creates what is new and retires what a complete look does not see', () => {
    expect(types(held, look(['2', '3']), 1)).toEqual(['created 3', 'retired 1'])
  })
  test('retires nothing when it was partial', () => {
    expect(types(held, look(['2'], { coverage: PARTIAL }), 1)).toEqual([])
  })
  test.each([{ scope: 'b' }, { stream: 't' }])('retires nothing elsewhere: %o', (place) => {
    expect(types(held, look([], place), 1)).toEqual([])
  })
  test('retires nothing of a scope that was not listed', () => {
    expect(types(held, [{ type: 'scopes', coverage: COMPLETE, count: 0 }], 1)).toEqual([])
  })
  test('retires nothing where nobody says that the kind was looked at', () => {
    const silent = look([]).map((e) => (e.type === 'coverage' ? { ...e, kinds: {} } : e))
    expect(types(held, silent, 1)).toEqual([])
  })
})

test('what comes back is restored, and an unknown does not erase what was known before it went', () => {
  const gone = apply(held, look(['2']), day(1)).state
  const back = apply(
    gone,
    events({ scope: 'a', stream: 's', seen: [secret('1', unknown('denied', 'get'))], coverage: PARTIAL }),
    day(2),
  )
  expect(back.changes).toMatchObject([
    { type: 'restored', nativeId: '1', after: { rotates: { state: 'known', value: true } } },
  ])
})

const looks = fc.array(
  fc.record({
    scope: fc.constantFrom('a', 'b'),
    stream: fc.constantFrom('s', 't'),
    seen: fc.uniqueArray(fc.constantFrom('1', '2', '3')).map((ids) => ids.map((id) => secret(id))),
    coverage: fc.constantFrom(COMPLETE, PARTIAL),
  }),
  { maxLength: 8 },
)

test('after any looks, exactly those rows live that no complete look has missed since they were last seen', () => {
  fc.assert(
    fc.property(looks, (all) => {
      const state = all.reduce<State>((before, one, n) => apply(before, events(one), day(n)).state, new Map())
      for (const scope of ['a', 'b'])
        for (const stream of ['s', 't'])
          for (const nativeId of ['1', '2', '3']) {
            const here = all.filter((one) => one.scope === scope && one.stream === stream)
            const last = here.findLastIndex(({ seen }) => seen.some((one) => one.nativeId === nativeId))
            const missed = here.slice(last + 1).some(({ coverage }) => coverage.state === 'complete')
            const row = state.get(keyOf({ scope, stream, kind: 'secret', nativeId }))
            expect(row?.active ?? false).toBe(last >= 0 && !missed)
          }
    }),
  )
})

test('a look twice in a row changes nothing the second time', () => {
  fc.assert(
    fc.property(looks, (all) => {
      const state = all.reduce<State>((before, one, n) => apply(before, events(one), day(n)).state, new Map())
      for (const one of all.slice(-1)) expect(apply(state, events(one), day(20)).changes).toEqual([])
    }),
  )
})
