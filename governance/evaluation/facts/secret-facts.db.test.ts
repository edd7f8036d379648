// Where stored secrets are copied from and to, told by joins and by what bears one name in one place.
import { expect, test, vi } from 'vitest'
import { absent, known, unknown } from '@/core/fact'
import type { Observed, Of } from '@/core/observation'
import { db } from '@/prisma/client'
import { fresh, link, look, scopeFacts, T, told } from '@/tests/facts-world'
import { refused, secret } from '@/tests/scripted-source'
import { secretFacts } from './secret-facts'

vi.mock('../../connector-registry', async () => ({
  manifests: (await import('@/tests/made-up-types')).demoManifests,
}))

const factsOf = async (nativeId: string, name: string) => {
  const scope = await scopeFacts(nativeId)
  const { id } = await db.secret.findFirstOrThrow({ where: { scopeId: scope.id, name } })
  const facts = (await secretFacts(scope, [id])).get(id)
  return {
    every: told(facts?.copiedEverySeconds),
    kept: told(facts?.keptIn),
    copies: told(facts?.copies),
    rotated: told(facts?.sourceRotatedAt),
  }
}
const from = (path: string) =>
  link(path, { to: 'demo.path', kind: 'secret', means: 'relied-on', relation: 'declared' })
const copier = (path: string, more: Partial<Of<'secret'>> = {}) =>
  secret('copier', {
    type: 'demo.copier',
    copiedEverySeconds: known(3600, 's'),
    links: [from(path), link('login', { kind: 'secret', means: 'relied-on', relation: 'declared' })],
    keys: [{ type: 'demo.name', value: `${path} copy` }],
    ...more,
  })
const item = (path: string, more: Partial<Of<'secret'>> = {}) =>
  secret('item', {
    type: 'demo.item',
    keys: [{ type: 'demo.path', value: path }],
    rotatedAt: known(T(4), 's'),
    ...more,
  })
const copy = (path: string) =>
  secret('copy', { type: 'demo.secret', keys: [{ type: 'demo.name', value: `${path} copy` }] })

/** A store, and a place in which copies of what it keeps are. */
async function estate(
  store: (path: string) => Observed[],
  place: (path: string) => Observed[],
  options?: Parameters<typeof look>[3],
) {
  await db.scope.deleteMany()
  const [kept, used] = [fresh(), fresh()]
  const path = `${kept}/path`
  await look(kept, 1, store(path))
  await look(used, 1, place(path), options)
  return { kept, used, path }
}

test('a copy, what makes it, and its original', async () => {
  const { kept, used } = await estate(
    (path) => [item(path), item('other', { nativeId: 'lone', name: 'lone' })],
    (path) => [copier(path), copy(path), secret('login', { type: 'demo.secret' })],
  )
  const copied = { every: 3600, kept: { count: 1, names: [`item in ${kept}`] }, copies: null, rotated: T(4) }
  expect(await factsOf(used, 'copier')).toEqual(copied)
  expect(await factsOf(used, 'copy')).toEqual(copied)
  expect(await factsOf(used, 'login')).toEqual({ every: null, kept: null, copies: null, rotated: null })
  const own = { every: null, kept: { count: 1, names: [kept] }, rotated: null }
  expect(await factsOf(kept, 'item')).toEqual({ ...own, copies: { count: 1, names: [`copier in ${used}`] } })
  expect(await factsOf(kept, 'lone')).toEqual({ ...own, copies: null })
})
test('of a store that is not connected it is known that it keeps it, and not when it changed', async () => {
  const { used } = await estate(
    () => [],
    () => [copier('far/path')],
  )
  expect(await factsOf(used, 'copier')).toMatchObject({
    kept: { count: 1, names: ['far/path'] },
    rotated: expect.stringMatching(/^not-collected: It is not known which source/) as string,
  })
})
test('an original that does not tell when it changed, or never did', async () => {
  const rotated = async (rotatedAt: Of<'secret'>['rotatedAt']) => {
    const { used } = await estate(
      (path) => [item(path, { rotatedAt })],
      (path) => [copier(path)],
    )
    return (await factsOf(used, 'copier')).rotated
  }
  expect(await rotated(unknown('denied', 's'))).toBe('not-collected: when item last changed is not known')
  expect(await rotated(absent('s'))).toBeNull()
})
test('what copies without a name for its original, or once, or without saying how often', async () => {
  const { used } = await estate(
    () => [],
    () => [copier('p', { links: [], copiedEverySeconds: absent('s', 'once') })],
  )
  expect(await factsOf(used, 'copier')).toMatchObject({
    every: null,
    kept: 'not-offered: where it is copied from is not told by any name',
    rotated: 'not-offered: where it is copied from is not told by any name',
  })
  const vague = await estate(
    () => [],
    () => [copier('p', { copiedEverySeconds: unknown('malformed', 's', 'no span') }), copy('p')],
  )
  expect((await factsOf(vague.used, 'copy')).every).toBe('malformed: no span')
})
test('where secrets were refused, nobody says that something is no copy, or has none', async () => {
  const { kept, used } = await estate(
    (path) => [item(path)],
    () => [secret('lone', { type: 'demo.secret' })],
    { refused: { secrets: refused() } },
  )
  expect(await factsOf(used, 'lone')).toMatchObject({ every: 'denied: refused', kept: 'denied: refused' })
  expect((await factsOf(kept, 'item')).copies).toBe('denied: refused')
})
