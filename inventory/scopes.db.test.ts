// A file never says what a scope is called, or what it knows, where a live source has said so.
import { expect, test } from 'vitest'
import { db } from '@/prisma/client'
import { connection } from '@/tests/scripted-source'
import { markGoneScopes, rememberScope } from './scopes'

const T = (n: number) => `2026-10-0${n}T00:00:00.000Z`
const told = async (id: string) => {
  const { name, authorities } = await db.scope.findUniqueOrThrow({ where: { id } })
  return { name, authorities }
}
const LIVE = { name: 'acme-prod', authorities: ['system:one', 'system:two'] }
const FILE = { name: 'cluster.json', authorities: ['system:one'] }

test('a file beside a live source renames nothing and takes no authority away', async () => {
  const [live, file] = [await connection(), await connection('import')]
  const scope = { nativeId: `s-${Math.random()}`, type: 'demo.account' }
  const id = await rememberScope(file, { ...scope, ...FILE }, T(1))
  expect(await told(id)).toEqual(FILE)
  expect(await rememberScope(live, { ...scope, ...LIVE }, T(2))).toBe(id)
  await rememberScope(file, { ...scope, ...FILE }, T(3))
  expect(await told(id)).toEqual(LIVE)
  expect(await db.connectionScope.count({ where: { scopeId: id } })).toBe(2)
  // The live source no longer lists it: what the file says is the newest that is known.
  await markGoneScopes(live.id, [], T(4))
  await rememberScope(file, { ...scope, ...FILE }, T(5))
  expect(await told(id)).toEqual(FILE)
})
