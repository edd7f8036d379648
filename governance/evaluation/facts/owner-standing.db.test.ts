// Who owns an identity and is a member of this installation is here or has left; of others nobody knows.
import { beforeAll, expect, test } from 'vitest'
import { absent, known, unknown, type Fact } from '@/core/fact'
import type { Owner } from '@/core/subject'
import { db } from '@/prisma/client'
import { told } from '@/tests/facts-world'
import { ownerStanding, standingsOf } from './owner-standing'

beforeAll(async () => {
  for (const [id, email, banned] of [
    ['1', 'ada@acme.example', false],
    ['2', 'bo@acme.example', true],
  ] as const)
    await db.user.create({ data: { id, name: id, email, banned } })
})
const named = (names: Owner['names'], ...values: string[]) => values.map((value) => ({ names, value }))
const standing = async (hints: ReturnType<typeof named>, owner?: Fact<Owner>) => {
  const [first] = hints
  const fact =
    owner ?? known({ name: first?.value ?? '', names: first?.names ?? 'unclear', how: 'tag' }, 'tag')
  return told(ownerStanding(fact, hints, await standingsOf(hints.map(({ value }) => value))))
}
const STRANGER = 'not-collected: nobody of that name is in the directory'

test.each([
  ['a member, whatever the case', named('person', 'Ada@acme.example'), 'here'],
  ['one who was shut out', named('person', 'bo@acme.example'), 'left'],
  ['several of whom one is here', named('person', 'bo@acme.example', 'ada@acme.example'), 'here'],
  ['several of whom nobody knows one', named('person', 'bo@acme.example', 'cy@acme.example'), STRANGER],
  ['a stranger', named('person', 'cy@acme.example'), STRANGER],
  ['a name without an address', named('person', 'Ada'), STRANGER],
  ['a name of unclear kind that is a member', named('unclear', 'ada@acme.example'), 'here'],
  ['a name of unclear kind', named('unclear', 'storefront'), STRANGER],
  ['a team', named('team', 'ada@acme.example'), null],
])('%s', async (_, hints, expected) => expect(await standing(hints)).toBe(expected))
test('without an owner there is nobody to have left, and one that was not seen is not known', async () => {
  expect(await standing([], absent('tags'))).toBeNull()
  expect(await standing([], unknown('denied', 'tags', 'no'))).toBe('denied: no')
})
