// Issuers whose word trust takes: those that it names, by all that they are called, and none only where all of it was seen.
import { beforeEach, expect, test, vi } from 'vitest'
import type { Of } from '@/core/observation'
import { factsOf, fresh, link, look, T, told, trust } from '@/tests/facts-world'
import { identity, refused } from '@/tests/scripted-source'

vi.mock('../../connector-registry', async () => ({
  manifests: (await import('@/tests/made-up-types')).demoManifests,
}))

let here = ''
beforeEach(() => void (here = fresh()))
const R = identity('r')
const takes = (value: string) =>
  link(value, { means: 'relied-on', to: 'demo.issuer', kind: 'issuer', reason: 'It takes its word.' })
const lets = (who: string, value?: string, more: Partial<Of<'trust'>> = {}) =>
  trust('r', who, {
    principalType: 'federated',
    ...(value !== undefined && { links: [takes(value)] }),
    ...more,
  })
const factOf = async () => (await factsOf(here))['r']?.issuers
const issuers = async () => told(await factOf())

test('each once, whoever it vouches for', async () => {
  await look(here, 1, [R, lets('a', 'id.example'), lets('b', 'id.example'), lets('c', 'b.example')])
  expect(await issuers()).toEqual({
    count: 2,
    names: ['b.example', 'id.example'],
    rows: [
      { name: 'b.example', also: [] },
      { name: 'id.example', also: [] },
    ],
  })
})
test('none, where trust lets in nobody from elsewhere', async () => {
  await look(here, 1, [R, trust('r', 'other')])
  expect(await factOf()).toMatchObject({ state: 'absent', at: T(1) })
})
test('none of one that is kept out', async () => {
  await look(here, 1, [R, lets('a', 'id.example', { effect: 'deny' })])
  expect(await issuers()).toBeNull()
})
test('who does not say whose word is taken leaves it open, and takes nothing from what is seen', async () => {
  await look(here, 1, [R, lets('a')])
  expect(await issuers()).toBe('not-offered: who vouches for a is not told')
  await look(here, 2, [R, lets('a'), lets('b', 'id.example')])
  expect(await issuers()).toMatchObject({ names: ['id.example'], more: 'who vouches for a is not told' })
})
test('what was seen before a look was refused is still so, and that there is no other is not known', async () => {
  const source = await look(here, 1, [R, lets('a', 'id.example')])
  await look(here, 2, [R], { source, refused: { trusts: refused() } })
  expect(await issuers()).toMatchObject({ names: ['id.example'] })
})
test('never seen whole, none is not known', async () => {
  await look(here, 1, [R], { refused: { trusts: refused() } })
  expect(await issuers()).toBe('denied: refused')
})
