// What runs as an identity, in its own scope and in others, and since when nothing does.
import { beforeEach, expect, test, vi } from 'vitest'
import { known } from '@/core/fact'
import { factsOf, fresh, link, look, named, T, told, trust, workload } from '@/tests/facts-world'
import { credential, identity, refused } from '@/tests/scripted-source'

vi.mock('../../connector-registry', async () => ({
  manifests: (await import('@/tests/made-up-types')).demoManifests,
}))

let [here, there] = ['', '']
beforeEach(() => void ([here, there] = [fresh(), fresh()]))
const R = identity('r')
const consumers = async (scope = here) => told((await factsOf(scope))['r']?.consumers)
const goneAt = async (scope = here) => told((await factsOf(scope))['r']?.consumersGoneAt)

test('what runs as it by any of its names, once each, and where', async () => {
  await look(here, 1, [
    identity('r', { aliases: ['also-r'] }),
    identity('other'),
    workload('a', ['r', 'also-r'], { namespace: 'shop' }),
    workload('b', ['also-r'], { namespace: 'shop' }),
    workload('c', ['r', 'other']),
    workload('profile', ['r'], { type: 'demo.profile' }),
    workload('d', ['other']),
  ])
  expect(await consumers()).toEqual({
    count: 3,
    names: ['a', 'b', 'c'],
    places: [
      { names: [here], count: 1 },
      { names: [here, 'shop'], count: 2 },
    ],
  })
  expect(await goneAt()).toBeNull()
})
test('what runs elsewhere as one that becomes it, by whichever side names the other', async () => {
  await look(there, 1, [
    identity('x', named(`${there}/x`)),
    identity('y', { links: [link(`${here}/r`, { means: 'this-becomes', relation: 'declared' })] }),
    workload('far', ['x', 'y'], { namespace: 'shop' }),
  ])
  await look(here, 1, [identity('r', named(`${here}/r`)), trust('r', 'x', { links: [link(`${there}/x`)] })])
  expect(await consumers()).toEqual({
    count: 1,
    names: ['far'],
    places: [{ names: [there, 'shop'], count: 1 }],
  })
})
test('a chain of joins is followed to its end', async () => {
  const [x, y] = [`${there}/x`, `${there}/y`]
  await look(there, 1, [
    identity('x', named(x)),
    identity('y', named(y)),
    trust('y', 'x', { links: [link(x)] }),
    workload('far', ['x']),
  ])
  await look(here, 1, [R, trust('r', 'y', { links: [link(y)] })])
  expect(await consumers()).toMatchObject({ count: 1, names: ['far'] })
})
test('what was refused in the other scope may hold more than what was seen', async () => {
  const x = `${there}/x`
  await look(there, 1, [identity('x', named(x)), workload('far', ['x'])], {
    refused: { machines: refused() },
  })
  await look(here, 1, [R, trust('r', 'x', { links: [link(x)] })])
  expect(await consumers()).toMatchObject({ count: 1, names: ['far'], more: 'refused' })
  // That something runs as it is so whatever else does.
  expect(await goneAt()).toBeNull()
})
test('one that no connected source knows may be more, and is told', async () => {
  await look(here, 1, [R, workload('a', ['r']), trust('r', 'far', { links: [link('far away')] })])
  expect(await consumers()).toMatchObject({
    count: 1,
    more: expect.stringMatching(/^far away: It is not known/),
  })
})
test.each([
  ['a key, whose holder nobody knows', [credential('key', 'r')], 'not-offered: who holds key is not told'],
  [
    'a pattern',
    [trust('r', 'p', { links: [link('p*', { match: 'pattern' })] })],
    'not-collected: p*: It is not known which source would know of it.',
  ],
  [
    'an account',
    [trust('r', '123', { principalType: 'account' })],
    'not-offered: what 123 runs as it is not told',
  ],
  [
    'a service that is not read',
    [trust('r', 'jobs.demo', { principalType: 'service' })],
    'not-offered: what jobs.demo runs as it is not told',
  ],
] as const)('%s may stand for something that runs as it', async (_, more, why) => {
  await look(here, 1, [R, ...more])
  expect(await consumers()).toBe(why)
  expect(await goneAt()).toBe(why)
})
test('a service whose every workload is read, and a key that is disabled, stand for nothing else', async () => {
  await look(here, 1, [
    R,
    trust('r', 'machines.demo', { principalType: 'service' }),
    credential('key', 'r', { enabled: known(false, 's') }),
  ])
  expect(await consumers()).toBeNull()
})
test('a pattern that fits somebody lets in, and does not run', async () => {
  await look(there, 1, [identity('x', named(`${there}/x`)), workload('far', ['x'])])
  await look(here, 1, [R, trust('r', 'p', { links: [link(`${there}/*`, { match: 'pattern' })] })])
  expect(await consumers()).toMatch(/^not-offered: which of those that fit/)
})

test('who holds a key of one that becomes it may run as both', async () => {
  const x = `${there}/x`
  await look(there, 1, [identity('x', named(x)), credential('far key', 'x')])
  await look(here, 1, [R, trust('r', 'x', { links: [link(x)] })])
  expect(await consumers()).toBe('not-offered: who holds far key is not told')
})

test('since the last of what ran as it was gone, here and elsewhere', async () => {
  const x = `${there}/x`
  const [far, near] = [
    await look(there, 1, [identity('x', named(x)), workload('far', ['x'])]),
    await look(here, 1, [R, trust('r', 'x', { links: [link(x)] }), workload('a', ['r'])]),
  ]
  await look(here, 2, [R, trust('r', 'x', { links: [link(x)] })], { source: near })
  expect(await goneAt()).toBeNull()
  await look(there, 3, [identity('x', named(x))], { source: far })
  expect([await consumers(), await goneAt()]).toEqual([null, T(3)])
})
test('a refused look takes nothing away, and nothing of what may be there', async () => {
  const source = await look(here, 1, [R, workload('a', ['r'])])
  await look(here, 2, [R], { source, refused: { machines: refused() } })
  expect([await consumers(), await goneAt()]).toEqual([expect.objectContaining({ count: 1 }), null])
})
test('where no stream tells of what runs, nothing is known of it', async () => {
  await look(here, 1, [R], { without: ['machines', 'trusts'] })
  expect(await goneAt()).toBe('not-collected: no source was asked')
})
test('nothing ever ran as it', async () => {
  await look(here, 1, [R])
  expect([await consumers(), await goneAt()]).toEqual([null, null])
})
