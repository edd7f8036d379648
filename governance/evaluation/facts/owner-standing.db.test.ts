// Who owns an identity and is in the directory is here or has left; of others nobody knows.
import { beforeAll, expect, test } from 'vitest'
import { absent, known, unknown, type Fact } from '@/core/fact'
import type { Owner } from '@/core/subject'
import { db } from '@/prisma/client'
import { told } from '@/tests/facts-world'
import { ownerStanding, standingsOf } from './owner-standing'

beforeAll(async () => {
  for (const [email, standing] of [
    ['ada@acme.example', 'here'],
    ['bo@acme.example', 'left'],
  ] as const) {
    const said = { source: 'import', externalId: email, isActive: standing === 'here', at: new Date() }
    await db.person.create({ data: { name: email, email, standing, sources: { create: said } } })
  }
  // Somebody was confirmed by this address, and no source speaks of them.
  await db.person.create({ data: { name: 'Di', email: 'di@acme.example' } })
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
  ['one who is there, whatever the case', named('person', 'Ada@acme.example'), 'here'],
  ['one who left', named('person', 'bo@acme.example'), 'left'],
  ['several of whom one is here', named('person', 'bo@acme.example', 'ada@acme.example'), 'here'],
  ['several of whom nobody knows one', named('person', 'bo@acme.example', 'cy@acme.example'), STRANGER],
  ['a stranger', named('person', 'cy@acme.example'), STRANGER],
  ['one of whom no source speaks', named('person', 'di@acme.example'), STRANGER],
  ['a name without an address', named('person', 'Ada'), STRANGER],
  ['a name of unclear kind that the directory knows', named('unclear', 'ada@acme.example'), 'here'],
  ['a name of unclear kind', named('unclear', 'storefront'), STRANGER],
  ['a team', named('team', 'ada@acme.example'), null],
])('%s', async (_, hints, expected) => expect(await standing(hints)).toBe(expected))
test('without an owner there is nobody to have left, and one that was not seen is not known', async () => {
  expect(await standing([], absent('tags'))).toBeNull()
  expect(await standing([], unknown('denied', 'tags', 'no'))).toBe('denied: no')
})
test.each([
  ['left, whoever hints name besides', 'person', 'left', 'left'],
  ['here', 'person', 'here', 'here'],
  [
    'somebody of whom no source speaks',
    'person',
    null,
    'not-collected: no source of the directory speaks of the owner',
  ],
  ['a team', 'team', null, null],
] as const)('who was confirmed is %s', async (_, names, standing, expected) => {
  const hints = named('person', 'ada@acme.example')
  const owner = known({ name: 'bo@acme.example', names, how: 'confirmed by Ada' }, 'owners')
  const standings = await standingsOf(hints.map(({ value }) => value))
  expect(told(ownerStanding(owner, hints, standings, { names, standing }))).toBe(expected)
})
