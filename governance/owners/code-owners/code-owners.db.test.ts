// CODEOWNERS files suggest who answers for what the runs of their repositories act as: those and no others.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Of } from '@/core/observation'
import { importPeople } from '@/governance/directory/import-people'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorAs } from '@/tests/actors'
import { analyst, look } from '@/tests/queried-estate'
import { connection, identity } from '@/tests/scripted-source'
import { suggestionsFor } from '../suggest/suggestions-for'
import { applyCodeOwners, removeCodeOwners } from './apply-code-owners'
import { listCodeOwners } from './list-code-owners'

const HUB = 'token.actions.githubusercontent.com'
/** That tokens with such a subject can act as it. */
const letsIn = (of: string, value: string): Of<'trust'> => ({
  ...{ kind: 'trust', nativeId: `${of} ${value}`, identity: of, effect: 'allow', actions: ['assume'] },
  ...{ principalType: 'federated', principal: HUB },
  links: [
    {
      ...{ relation: 'permitted', means: 'becomes-this', to: 'oidc.subject', value: `${HUB}|${value}` },
      ...{ match: value.includes('*') ? 'pattern' : 'exact', reason: 'It trusts it.' },
    },
  ],
})
const NAMES = ['deploys', 'anybody', 'many', 'other']
let ids: Record<string, string>
const suggested = async (name: string) =>
  (await suggestionsFor([ids[name] ?? '']))
    .get(ids[name] ?? '')
    ?.map(({ role, name: who }) => `${role} ${who}`) ?? []
const bring = (text: string, repository = 'acme/app') =>
  applyCodeOwners(analyst, { repository, text, ref: 'main@1' })

beforeAll(async () => {
  await look(await connection(), {
    at: '2026-06-01T00:00:00.000Z',
    streams: {
      main: {
        observations: [
          ...NAMES.map((name) => identity(name)),
          letsIn('deploys', 'repo:Acme/App:ref:refs/heads/main'),
          letsIn('anybody', 'repo:acme/*'),
          ...['app', 'b', 'c', 'd'].map((name) => letsIn('many', `repo:acme/${name}:*`)),
          letsIn('other', 'repo:acme/other:*'),
        ],
      },
    },
  })
  await importPeople(actorAs('administrator'), { csv: 'name,email,team\nAnn,ann@b.c,Platform' })
  ids = Object.fromEntries((await db.identity.findMany()).map(({ name, id }) => [name, id]))
})
beforeEach(() => db.codeOwners.deleteMany())
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

describe('what the runs of a repository act as', () => {
  test('has the owners of its workflows suggested, with line, pattern and where it is from', async () => {
    await bring('* @acme/all\n/.github/workflows/ @acme/platform ann@b.c @stranger\n')
    const [first, ...more] = (await suggestionsFor([ids.deploys ?? ''])).get(ids.deploys ?? '') ?? []
    expect([first, ...more].map((one) => [one?.role, one?.name, one?.confidence])).toEqual([
      ['person', 'ann@b.c', 'fair'],
      ['team', 'Platform', 'fair'],
      ['unclear', 'stranger', 'fair'],
    ])
    expect(first?.evidence).toMatchObject([
      {
        words: 'CODEOWNERS, line 2 (/.github/workflows/)',
        source: 'acme/app at main@1',
      },
    ])
    // Nobody is confirmed by it.
    expect(await db.ownership.count()).toBe(0)
  })
  test('and nothing else: not whoever is let in by a wildcard, by many, or from elsewhere', async () => {
    await bring('* @acme/platform')
    expect(await suggested('deploys')).toEqual(['team Platform'])
    for (const name of ['anybody', 'many', 'other']) expect(await suggested(name), name).toEqual([])
  })
  test('follows the newest file, and ends with it', async () => {
    await bring('* @acme/platform')
    expect((await bring('* @acme/platform')).isNew).toBe(false)
    expect((await bring('* ann@b.c')).isNew).toBe(true)
    expect(await suggested('deploys')).toEqual(['person ann@b.c'])
    await removeCodeOwners(analyst, { repository: 'ACME/app' })
    expect(await suggested('deploys')).toEqual([])
  })
})

test('a file of something else is refused by its line, and the one before stays', async () => {
  await bring('* @acme/platform')
  await expect(bring('<html>\n<body class="x">')).rejects.toMatchObject({ code: 'invalid' })
  await expect(bring('')).rejects.toMatchObject({ code: 'invalid' })
  // A part of it would name whom the rest takes out.
  await expect(bring('* @a\n'.repeat(20_001))).rejects.toMatchObject({ code: 'invalid' })
  await expect(bring('* @a', 'no-slash')).rejects.toMatchObject({ code: 'invalid' })
  await expect(bring(`* @a ${'x'.repeat(1_000_000)}`)).rejects.toMatchObject({ code: 'invalid' })
  await expect(removeCodeOwners(analyst, { repository: 'acme/none' })).rejects.toMatchObject({
    code: 'not-found',
  })
  expect(await suggested('deploys')).toEqual(['team Platform'])
})

test('are listed a page at a time, and found by a part of their name', async () => {
  for (const name of ['acme/a', 'acme/b', 'acme/c', 'x_y/z']) await bring('* @a', name)
  const first = await listCodeOwners(analyst, { size: 2 })
  expect([first.rows.map(({ repository }) => repository), first.next]).toEqual([
    ['acme/a', 'acme/b'],
    'acme/b',
  ])
  const { rows, next } = await listCodeOwners(analyst, { after: 'acme/b' })
  expect([rows.map(({ repository }) => repository), next]).toEqual([['acme/c', 'x_y/z'], undefined])
  expect((await listCodeOwners(analyst, { q: 'x_' })).rows).toMatchObject([{ repository: 'x_y/z', rules: 1 }])
})
