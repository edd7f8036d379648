// By what something can act as an identity, whom its trust names who is gone, and the people who can become it.
import { expect, test, vi } from 'vitest'
import { known, unknown } from '@/core/fact'
import type { Observed } from '@/core/observation'
import { db } from '@/prisma/client'
import { factsOf, fresh, link, look, named, T, told, trust, workload } from '@/tests/facts-world'
import { credential, identity, refused } from '@/tests/scripted-source'

vi.mock('../../connector-registry', async () => ({
  manifests: (await import('@/tests/made-up-types')).demoManifests,
}))

const robots = (...names: string[]) => names.map((name) => identity(name, named(name)))
const one = async (observations: Observed[], options?: Parameters<typeof look>[3], now?: string) => {
  const scope = fresh()
  await look(scope, 1, observations, options)
  const facts = (await factsOf(scope, now))['r']
  if (!facts) throw new Error('it is not there')
  return facts
}
const R = identity('r', named('r'))

test('what is seen can act as it; what is disabled, ended or gone cannot', async () => {
  const { actsBy } = await one([
    R,
    credential('key', 'r'),
    credential('off', 'r', { enabled: known(false, 's') }),
    credential('over', 'r', { expiresAt: known(T(3), 's') }),
    workload('machine', ['r']),
    trust('r', 'somebody'),
    trust('r', 'GONE1', { principalType: 'unresolvable' }),
    trust('r', 'nobody', { effect: 'deny' }),
  ])
  expect(told(actsBy)).toEqual({ count: 3, names: ['key', 'machine', 'somebody'] })
})
test('an end to come is told as the instant at which all of it is to be read anew', async () => {
  const ending = credential('key', 'r', { expiresAt: known(T(25), 's') })
  expect((await one([R, ending])).until).toBe(T(25))
  expect((await one([R, ending], {}, T(26))).until).toBeUndefined()
})
test('nothing acts as it where all was seen whole and there is nothing', async () => {
  const { actsBy, people, signIns, deletedPrincipals, consumers } = await one([R])
  for (const fact of [actsBy, people, signIns, deletedPrincipals, consumers])
    expect(fact.state).toBe('absent')
  expect(actsBy).toMatchObject({ at: T(1) })
})
test.each(['keys', 'machines', 'trusts', 'rights'])('a refusal of %s leaves it unknown', async (stream) => {
  const { actsBy } = await one([R], { refused: { [stream]: refused() } })
  expect(told(actsBy)).toBe('denied: refused')
})
test('what was refused later is said beside it', async () => {
  const scope = fresh()
  const source = await look(scope, 1, [R])
  await look(scope, 2, [R], { source, refused: { keys: refused() } })
  const { r } = await factsOf(scope)
  expect(r?.actsBy).toMatchObject({ state: 'absent', at: T(1), unconfirmed: { why: 'denied', since: T(2) } })
})
test('of a type whose ways in are not all read, and of what the provider itself acts as, it is never said', async () => {
  for (const more of [{ type: 'demo.shadow' }, { class: 'provider' as const }]) {
    const { actsBy, people, consumers } = await one([identity('r', more)])
    for (const fact of [actsBy, people, consumers])
      expect(told(fact)).toMatch(/^not-offered: what acts as it/)
  }
})
test('before it was judged who can act as whom it is not known', async () => {
  const scope = fresh()
  await look(scope, 1, [R])
  await db.accessAnalysis.deleteMany()
  expect(told((await factsOf(scope))['r']?.actsBy)).toBe(
    'not-collected: who can act as whom is not judged yet',
  )
})

test('people sign in by what is enabled; streams that tell of something else say nothing of it', async () => {
  const password = credential('password', 'r', { type: 'demo.password', form: 'password' })
  expect(told((await one([R, password, credential('key', 'r', { form: 'password' })])).signIns)).toEqual({
    count: 1,
    names: ['password'],
  })
  expect(told((await one([R, { ...password, enabled: known(false, 's') }])).signIns)).toBeNull()
  expect(told((await one([R, { ...password, enabled: unknown('denied', 's') }])).signIns)).toMatch(
    /^not-offered/,
  )
  expect(told((await one([R], { refused: { keys: refused() } })).signIns)).toBeNull()
  expect(told((await one([R], { refused: { passwords: refused() } })).signIns)).toBe('denied: refused')
})

test('gone is whom the platform shows as deleted, and whom whoever would know does not have', async () => {
  const scope = fresh()
  await look(scope, 1, [
    R,
    trust('r', 'GONE1', { principalType: 'unresolvable' }),
    trust('r', 'b', { links: [link('b')] }),
    trust('r', 'any', { links: [link('c*', { match: 'pattern' })] }),
  ])
  await db.edge.updateMany({ where: { keyValue: { in: ['b', 'c*'] } }, data: { state: 'dangling' } })
  expect(told((await factsOf(scope))['r']?.deletedPrincipals)).toEqual({ count: 2, names: ['GONE1', 'b'] })
})
test('whom no connected source knows may be gone, unless the platform would show it', async () => {
  const names = (bound: boolean) => [R, trust('r', 'far', { links: [link('far', bound ? { bound } : {})] })]
  expect(told((await one(names(false))).deletedPrincipals)).toMatch(/^not-collected: far: It is not known/)
  expect(told((await one(names(true))).deletedPrincipals)).toBeNull()
})
test('a form that nobody understands is not taken for somebody who is there', async () => {
  const { deletedPrincipals } = await one([R, trust('r', 'Canon:1', { principalType: 'unresolvable' })])
  expect(told(deletedPrincipals)).toBe('malformed: it is not known whom Canon:1 means')
})
test('trust that was refused leaves open who is gone', async () => {
  const { deletedPrincipals } = await one([R], { refused: { trusts: refused() } })
  expect(told(deletedPrincipals)).toBe('denied: refused')
})

test('people are those of the inventory whom trust lets in, those it names, and owners who can sign in', async () => {
  const ada = identity('ada', { class: 'human', ...named('ada') })
  const { people } = await one([
    R,
    ada,
    ...robots('other'),
    trust('r', 'ada', { links: [link('ada')] }),
    trust('r', 'other', { links: [link('other')] }),
    trust('r', 'person:bo'),
    {
      kind: 'owner-hint',
      nativeId: 'h',
      identity: 'r',
      names: 'person',
      value: 'cy@acme.example',
      via: 'owner',
    },
    {
      kind: 'owner-hint',
      nativeId: 'i',
      identity: 'r',
      names: 'person',
      value: 'di@acme.example',
      via: 'tag',
    },
  ])
  expect(told(people)).toEqual({ count: 3, names: ['ada', 'cy@acme.example', 'person:bo'] })
})
test('one of unclear class, one from afar, and whoever bears no name leave open whether people can', async () => {
  const unclear = identity('u', { class: 'unclear', ...named('u') })
  expect(told((await one([R, unclear, trust('r', 'u', { links: [link('u')] })])).people)).toMatch(
    /^not-collected: it is not known whether u is/,
  )
  expect(told((await one([R, trust('r', 'far', { links: [link('far')] })])).people)).toMatch(
    /^not-collected: far/,
  )
  expect(told((await one([R, trust('r', '*', { principalType: 'anyone' })])).people)).toMatch(
    /^not-offered: its trust lets in \*/,
  )
  expect(told((await one([R, trust('r', 's', { principalType: 'service' })])).people)).toBeNull()
})
