// What lies beside credentials: their identity, others of their sort, and what their platform says of the sort.
import { expect, test, vi } from 'vitest'
import { known, unknown } from '@/core/fact'
import type { Observed, Of } from '@/core/observation'
import { db } from '@/prisma/client'
import { fresh, look, scopeFacts, T, told } from '@/tests/facts-world'
import { credential, identity, refused } from '@/tests/scripted-source'
import { credentialFacts } from './credential-facts'

vi.mock('../../connector-registry', async () => ({
  manifests: (await import('@/tests/made-up-types')).demoManifests,
}))

const one = async (observations: Observed[], options?: Parameters<typeof look>[3]) => {
  const nativeId = fresh()
  await look(nativeId, 1, observations, options)
  const scope = await scopeFacts(nativeId)
  const { id } = await db.credential.findFirstOrThrow({ where: { scopeId: scope.id, name: 'key' } })
  const facts = (await credentialFacts(scope, [id], T(20))).get(id)
  if (!facts) throw new Error('it is not there')
  return facts
}
const R = identity('r')
const key = (nativeId: string, more: Partial<Of<'credential'>> = {}) => credential(nativeId, 'r', more)

test('beside it are others of its sort that are enabled and have not ended', async () => {
  const { siblings, until } = await one([
    R,
    key('key'),
    key('next', { createdAt: known(T(5), 's'), expiresAt: known(T(25), 's') }),
    key('off', { enabled: known(false, 's') }),
    key('over', { expiresAt: known(T(3), 's') }),
    key('other', { type: 'demo.old-token', form: 'token' }),
    key('turning', { lifetimeSeconds: known(3600, 's') }),
  ])
  expect(told(siblings)).toEqual({ active: 1, newestMadeAt: T(5) })
  expect(until).toBe(T(25))
})
test('when the newest was made is left out where one does not tell', async () => {
  const { siblings } = await one([R, key('key'), key('next', { createdAt: unknown('denied', 's') })])
  expect(told(siblings)).toEqual({ active: 1 })
})
test('none beside it where its own streams were seen whole, unknown where they were not', async () => {
  expect(told((await one([R, key('key')])).siblings)).toBeNull()
  expect(told((await one([R, key('key')], { refused: { passwords: refused() } })).siblings)).toBeNull()
  expect(told((await one([R, key('key')], { refused: { keys: refused() } })).siblings)).toBe(
    'denied: refused',
  )
  const maybe = key('next', { enabled: unknown('denied', 's') })
  expect(told((await one([R, key('key'), maybe])).siblings)).toMatch(/^not-offered/)
})
test('values that follow one another by themselves have no others beside them', async () => {
  const turning = { lifetimeSeconds: known(3600, 's') }
  const { siblings, lifetimeSeconds } = await one([R, key('key', turning), key('b', turning)])
  expect([told(siblings), told(lifetimeSeconds)]).toEqual([null, 3600])
})
test('whether its identity is enabled; one of nobody, or of nobody who was seen', async () => {
  const { identityEnabled, lifetimeSeconds } = await one([
    identity('r', { enabled: known(false, 's') }),
    key('key'),
  ])
  expect([told(identityEnabled), told(lifetimeSeconds)]).toEqual([false, null])
  const nobodys = key('key', { identity: { state: 'absent', source: 's' } })
  expect(told((await one([nobodys])).identityEnabled)).toBeNull()
  const lost = await one([key('key')])
  expect([told(lost.identityEnabled), told(lost.siblings)]).toEqual([
    'not-collected: the identity it belongs to was not seen',
    'not-collected: it is not known what it belongs to',
  ])
})
test('what its platform says of such credentials', async () => {
  const words = async (type: string) => {
    const { supersededBy, alternative } = await one([R, key('key', { type })])
    return [told(supersededBy), told(alternative)]
  }
  expect(await words('demo.key')).toEqual([null, 'a borrowed identity'])
  expect(await words('demo.old-token')).toEqual(['newer tokens', null])
  const strange = 'not-offered: nothing is known of the type demo.unheard-of'
  expect(await words('demo.unheard-of')).toEqual([strange, strange])
})
