// What identities hold and used, where it reaches, and what they say of themselves.
import { expect, test, vi } from 'vitest'
import { known, unknown, type Fact } from '@/core/fact'
import type { Exercised, Observed } from '@/core/observation'
import { db } from '@/prisma/client'
import { entitlement, factsOf, fresh, link, look, named, scopeOf, T, told, trust } from '@/tests/facts-world'
import { grant, identity, refused } from '@/tests/scripted-source'
import type { RawReaches } from '../raw-facts'

vi.mock('../../connector-registry', async () => ({
  manifests: (await import('@/tests/made-up-types')).demoManifests,
}))

const R = identity('r')
const one = async (observations: Observed[], options?: Parameters<typeof look>[3], scope = fresh()) => {
  await look(scope, 1, observations, options)
  const facts = (await factsOf(scope))['r']
  if (!facts) throw new Error('it is not there')
  return facts
}
const used = (actions: string[], total: number, days: [number, number] = [1, 29]) =>
  known<Exercised>({ from: T(days[0]), to: T(days[1]), actions, total }, 's')

test('grants that allow are counted; a limit gives nothing', async () => {
  const held = [grant('a', 'r'), grant('b', 'r'), grant('c', 'r', { effect: 'limit' })]
  expect(told((await one([R, ...held])).grants)).toBe(2)
  expect(told((await one([R])).grants)).toBeNull()
  expect(told((await one([R, ...held], { refused: { rights: refused() } })).grants)).toBe(
    'denied: 2 seen, and there may be more',
  )
})
test('what was used is summed up over a window in whole weeks, of which every grant tells', async () => {
  const held = [
    grant('a', 'r', { exercised: used(['x', 'y'], 5) }),
    grant('b', 'r', { exercised: used([], 3, [2, 30]) }),
  ]
  expect(told((await one([R, ...held])).exercise)).toEqual({
    granted: 8,
    used: 2,
    from: '2026-10-08T00:00:00.000Z',
    to: '2026-10-29T00:00:00.000Z',
  })
})
test('a grant that does not tell leaves it unknown; nothing given is absent', async () => {
  const silent = unknown('not-offered', 's')
  // What it looked for, and not how much there is: of the rest nothing is told.
  const inPart = known<Exercised>({ from: T(1), to: T(29), actions: ['x'], unseen: ['y'] }, 's')
  for (const exercised of [undefined, silent, inPart])
    expect(
      told(
        (
          await one([
            R,
            grant('a', 'r', { exercised: used([], 1) }),
            grant('b', 'r', { ...(exercised && { exercised }) }),
          ])
        ).exercise,
      ),
    ).toBe('not-offered: 1 of 2 grants do not tell what of them was used')
  expect(told((await one([R])).exercise)).toBeNull()
  expect(told((await one([R], { refused: { rights: refused() } })).exercise)).toBe('denied: refused')
})

const placesIn = (fact: Fact<RawReaches> | undefined) => (fact?.state === 'known' ? fact.value.places : null)
test('reached are places of grants that are not its own', async () => {
  const scope = fresh()
  const facts = async (...held: Observed[]) => {
    await look(scope, 1, [
      identity('r', { name: 'shop/r' }),
      entitlement('e1'),
      entitlement('e2', 'demo.binding'),
      ...held,
    ])
    return placesIn((await factsOf(scope))['shop/r']?.reaches)
  }
  expect(await facts(grant('a', 'r', { place: 'shop' }))).toBeNull()
  expect(await facts(grant('b', 'r', { place: 'billing' }))).toEqual([{ names: [scope, 'billing'] }])
  expect(
    await facts(grant('c', 'r', { entitlement: 'e2', entitlementName: 'writer on vault' })),
  ).toContainEqual({
    names: [scope, 'vault'],
  })
  // All of the scope, where it is of a part itself.
  expect(await facts(grant('d', 'r'))).toContainEqual({ names: [scope] })
})
test('reached is where it can act as somebody, with what is written on that', async () => {
  const [here, there] = [fresh(), fresh()]
  await look(here, 1, [identity('r', named(`${here}/r`))])
  const far = identity('far', { tags: known({ env: 'live' }, 's') })
  await look(there, 1, [far, trust('far', 'r', { links: [link(`${here}/r`)] })])
  expect(told((await factsOf(here))['r']?.reaches)).toEqual({
    places: [{ names: [there], tags: { env: 'live' } }],
  })
})
test('a step that depends, rights that were refused and those too many to tell leave it unknown', async () => {
  const [here, there] = [fresh(), fresh()]
  await look(there, 1, [identity('far', named(`${there}/far`))])
  const declares = identity('r', {
    links: [link(`${there}/far`, { means: 'this-becomes', relation: 'declared' })],
  })
  expect(told((await one([declares], {}, here)).reaches)).toMatch(
    /^not-collected: it acts as far of s-.* if something/,
  )
  expect(told((await one([R], { refused: { rights: refused() } })).reaches)).toBe('denied: refused')
  await db.accessAnalysis.deleteMany({ where: { scopeId: scopeOf(here) } })
  expect(told((await factsOf(here))['r']?.reaches)).toBe(
    'not-collected: who can act as whom is not judged yet',
  )
})
test('what was seen is reached, whatever else may be', async () => {
  const seen = [R, entitlement('e'), grant('g', 'r', { place: 'billing' })]
  const scope = fresh()
  expect(told((await one(seen, { refused: { rights: refused() } }, scope)).reaches)).toEqual({
    places: [{ names: [scope, 'billing'] }],
    open: 'refused',
  })
})

test('its own words: name, place, whether it is a default one, and to whom it belongs', async () => {
  const scope = fresh()
  await look(scope, 1, [
    identity('r', { name: 'shop/default', aliases: ['arn:r'], vendor: known('Lanterna', 's') }),
    identity('o', { name: 'shop/own' }),
    identity('s', { type: 'demo.shadow' }),
    identity('x', { type: 'demo.unheard-of' }),
  ])
  const { 'shop/default': r, 'shop/own': o, s, x } = await factsOf(scope)
  expect(r).toMatchObject({ calls: ['r', 'shop/default', 'arn:r'], places: [scope, 'shop'] })
  expect([r, o, s, x].map((facts) => told(facts?.isDefault))).toEqual([
    true,
    false,
    false,
    'not-offered: nothing is known of the type demo.unheard-of',
  ])
  expect([r, o, s].map((facts) => told(facts?.vendor))).toEqual([
    'Lanterna',
    null,
    'not-offered: the source does not say to whom it belongs',
  ])
})
test('whose place it took, since when', async () => {
  const scope = fresh()
  const source = await look(scope, 1, [identity('old', { name: 'job', aliases: ['job'] })])
  expect(told((await factsOf(scope))['job']?.succeededAt)).toBeNull()
  await look(scope, 2, [], { source })
  await look(scope, 3, [identity('new', { name: 'job', aliases: ['job'] })], { source })
  expect(told((await factsOf(scope))['job']?.succeededAt)).toBe(T(2))
})
