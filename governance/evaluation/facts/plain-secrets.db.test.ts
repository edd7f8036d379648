// Variables with secrets in plain of what runs as an identity: of its own platform, over everything that was seen, and no more.
import { beforeEach, expect, test, vi } from 'vitest'
import { absent, known, unknown, type Fact } from '@/core/fact'
import type { PlainSecrets } from '@/core/observation'
import { factsOf, fresh, link, look, named, T, told, trust, workload } from '@/tests/facts-world'
import { credential, identity, refused } from '@/tests/scripted-source'

vi.mock('../../connector-registry', async () => ({
  manifests: (await import('@/tests/made-up-types')).demoManifests,
}))

let [here, there] = ['', '']
beforeEach(() => void ([here, there] = [fresh(), fresh()]))
const R = identity('r')
const LIST = 'demo:List'
const NONE = absent(LIST)
const found = (...names: string[]) => known({ count: names.length, names }, LIST)
const runs = (id: string, plainSecrets?: Fact<PlainSecrets>, as = 'r') =>
  workload(id, [as], { ...(plainSecrets && { plainSecrets }) })
const factOf = async (scope = here) => (await factsOf(scope))['r']?.plainSecrets
const plain = async (scope = here) => told(await factOf(scope))

test('of all that runs as it, with the name of each', async () => {
  await look(here, 1, [
    R,
    identity('other'),
    runs('a', found('TOKEN', 'API_KEY')),
    runs('b', known({ count: 30, names: ['TOKEN'] }, LIST)),
    runs('c', NONE),
    runs('d', found('PASSWORD'), 'other'),
  ])
  expect(await plain()).toEqual({ count: 32, names: ['API_KEY of a', 'TOKEN of a', 'TOKEN of b'] })
})
test('none, where everything was seen', async () => {
  await look(here, 1, [R, runs('a', NONE), runs('b', NONE)])
  expect(await factOf()).toMatchObject({ state: 'absent', at: T(1) })
})
test('none, where nothing runs as it', async () => {
  await look(here, 1, [R])
  expect(await plain()).toBeNull()
})
test.each<[string, Fact<PlainSecrets> | undefined, string]>([
  ['is not known', unknown('denied', LIST, 'refused'), 'denied: b: refused'],
  ['is not told by its source', undefined, 'not-offered: b: the source does not tell its variables'],
])('what %s of one leaves it open', async (_, fact, why) => {
  await look(here, 1, [R, runs('a', NONE), runs('b', fact), runs('c', unknown('denied', LIST, 'as well'))])
  expect(await plain()).toBe(why)
})
test('what was seen of one stands, whatever is open beside it', async () => {
  await look(here, 1, [R, runs('a', found('TOKEN')), runs('b', unknown('denied', LIST, 'refused'))])
  expect(await plain()).toEqual({ count: 1, names: ['TOKEN of a'], more: 'b: refused' })
})
test('what one of them says may be more is told', async () => {
  await look(here, 1, [R, runs('a', known({ count: 1, names: ['TOKEN'], more: 'a file' }, LIST))])
  expect(await plain()).toMatchObject({ count: 1, more: 'a: a file' })
})
test('a look at what runs that was refused takes nothing away, and leaves open what else runs as it', async () => {
  const source = await look(here, 1, [R, runs('a', found('TOKEN')), runs('b', NONE)])
  await look(here, 2, [R], { source, refused: { machines: refused() } })
  expect(await plain()).toMatchObject({ count: 1, names: ['TOKEN of a'] })
})
test('never seen whole, none is not known', async () => {
  await look(here, 1, [R, runs('a', NONE)], { refused: { machines: refused() } })
  expect(await plain()).toBe('denied: refused')
})
test('an answer that could not be confirmed keeps its age', async () => {
  const source = await look(here, 1, [R, runs('a', found('TOKEN'))])
  await look(here, 2, [R, runs('a', unknown('denied', LIST, 'refused'))], { source })
  expect(await factOf()).toMatchObject({
    value: { count: 1, names: ['TOKEN of a'] },
    at: T(1),
    unconfirmed: { why: 'denied' },
  })
})
test('as soon as the value is kept elsewhere there is none', async () => {
  const source = await look(here, 1, [R, runs('a', found('TOKEN'))])
  await look(here, 2, [R, runs('a', NONE)], { source })
  expect(await plain()).toBeNull()
})
test('what becomes it elsewhere is told of there, and not here', async () => {
  const far = `${there}/r`
  await look(there, 1, [identity('r', named(far)), runs('far', found('TOKEN'))])
  await look(here, 1, [R, trust('r', 'far', { links: [link(far)] })])
  expect([await plain(there), await plain()]).toEqual([{ count: 1, names: ['TOKEN of far'] }, null])
})
test('who holds a key of it runs somewhere, with variables that nobody sees', async () => {
  await look(here, 1, [R, credential('key', 'r')])
  expect(await plain()).toBe('not-offered: who holds key is not told')
})
