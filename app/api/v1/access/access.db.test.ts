// Questions about access over HTTP: answers as described, context as JSON, files, and what is refused in which words.
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { BecomeAnswer, CanAnswer, PathAnswer, ReachAnswer } from '@/app/api/v1/_api/access-schemas'
import type { Actor, Role } from '@/core/permissions'
import { createFirstAdministrator } from '@/governance/auth/first-administrator'
import { createMember } from '@/governance/members/create-member'
import { createToken } from '@/governance/tokens/create-token'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { askedWorld, TOKEN } from '@/tests/asked-world'
import { NORTH, roleArn } from '@/tests/granted-world'
import { GET as can } from './can/route'
import { GET as paths } from './paths/route'
import { GET as reach } from './reach/route'
import { GET as whoCanBecome } from './who-can-become/route'

const HOST = 'http://localhost:3000'
process.env.BASE_URL = HOST
const password = 'correct horse battery staple'
let [auditor, owner] = ['', '']

beforeAll(async () => {
  const actor = (id: string, role: Role): Actor => ({ kind: 'user', id, name: role, role })
  const first = await createFirstAdministrator({ name: 'Ada', email: 'ada@example.com', password })
  const tokenOf = async (role: 'auditor' | 'owner') => {
    const made = { name: role, email: `${role}@example.com`, role, password }
    const { id } = await createMember(actor(first.id, 'administrator'), made)
    return (await createToken(actor(id, role), { name: 'test' })).token
  }
  auditor = await tokenOf('auditor')
  owner = await tokenOf('owner')
  await askedWorld()
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

const DOORS = { can, 'who-can-become': whoCanBecome, reach, paths } as const
type Door = keyof typeof DOORS
const ask = (door: Door, asked: Record<string, string>, token = auditor) =>
  DOORS[door](
    new Request(`${HOST}/api/v1/access/${door}?${new URLSearchParams(asked)}`, {
      headers: token ? { authorization: `Bearer ${token}` } : {},
    }),
  )
const LIST = { action: 's3:ListAllMyBuckets', resource: '*' }

const answered: [Door, Record<string, string>, z.ZodType][] = [
  ['can', { identity: 'lone', ...LIST }, CanAnswer],
  ['can', { identity: roleArn('asker'), ...LIST, scope: NORTH, place: 'here' }, CanAnswer],
  ['can', { identity: 'stranger', ...LIST }, CanAnswer],
  ['can', { identity: 'old', ...LIST }, CanAnswer],
  ['who-can-become', { identity: 'target' }, BecomeAnswer],
  ['who-can-become', { identity: 'lone', hops: '8', certain: 'true' }, BecomeAnswer],
  ['reach', { from: 'asker' }, ReachAnswer],
  ['reach', { from: TOKEN, hops: '1' }, ReachAnswer],
  ['reach', { from: 'lone' }, ReachAnswer],
  ['paths', { from: 'ci', to: `administrator:${NORTH}` }, PathAnswer],
  ['paths', { from: 'lone', to: 'target' }, PathAnswer],
]
test.each(answered)('%s %j is as described', async (door, asked, schema) => {
  const response = await ask(door, asked)
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(schema.safeParse(await response.json()).error).toBeUndefined()
})

describe('context', () => {
  const context = (value: unknown) =>
    ask('can', {
      identity: 'lone',
      ...LIST,
      context: typeof value === 'string' ? value : JSON.stringify(value),
    })
  test('is JSON, and told with the answer', async () => {
    const given = { 'aws:SourceIp': '10.0.0.1', 'aws:TagKeys': ['a', 'b'], empty: [] }
    const response = await context(given)
    expect(response.status).toBe(200)
    expect(CanAnswer.parse(await response.json()).question).toMatchObject({ context: given })
  })
  const wrong: [string, unknown][] = [
    ['no JSON', '{'],
    ['a list', []],
    ['a number for a value', { a: 5 }],
    ['too many keys', Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'v']))],
    ['too many values', { a: Array.from({ length: 101 }, () => 'v') }],
  ]
  test.each(wrong)('%s is refused by its name', async (_, value) => {
    const response = await context(value)
    expect(response.status).toBe(400)
    const { issues } = (await response.json()) as { issues: { path: string }[] }
    expect(issues[0]?.path).toMatch(/^context/)
  })
})

test('as a file: the rows of the answer, with columns that are chosen', async () => {
  const response = await ask('reach', { from: 'asker', format: 'csv' })
  expect(response.headers.get('content-type')).toMatch(/^text\/csv/)
  const rows = parse(await response.text(), { columns: true, record_delimiter: '\r\n' }) as { name: string }[]
  expect(rows.map(({ name }) => name)).toEqual([`everything in ${NORTH}`, 'target'])
  expect((await ask('paths', { from: 'ci', to: 'target', format: 'csv', cols: 'nonsense' })).status).toBe(400)
  expect((await ask('reach', { from: 'nobody', format: 'csv' })).status).toBe(404)
})

describe('what is refused', () => {
  const bad: [Door, Record<string, string>, number, string][] = [
    ['can', { ...LIST }, 400, 'identity'],
    ['can', { identity: '', ...LIST }, 400, 'identity'],
    ['can', { identity: 'a\u0000b', ...LIST }, 400, 'identity'],
    ['can', { identity: 'x'.repeat(3000), ...LIST }, 400, 'identity'],
    ['can', { identity: 'lone', action: 's3:Get' }, 400, 'resource'],
    ['can', { identity: 'lone', ...LIST, colour: 'red' }, 400, 'colour'],
    ['can', { identity: 'nobody', ...LIST }, 404, 'identity'],
    ['can', { identity: 'twin', ...LIST }, 409, 'identity'],
    ['who-can-become', {}, 400, 'identity'],
    ['who-can-become', { identity: 'lone', hops: '0' }, 400, 'hops'],
    ['who-can-become', { identity: 'lone', hops: '9' }, 400, 'hops'],
    ['who-can-become', { identity: 'lone', hops: 'many' }, 400, 'hops'],
    ['who-can-become', { identity: 'twin' }, 409, 'identity'],
    ['reach', { from: 'token:abc' }, 400, 'from'],
    ['reach', { from: 'a\u0000b' }, 400, 'from'],
    ['reach', { from: 'vendor:Nobody' }, 404, 'from'],
    ['reach', { from: 'lone', certain: 'maybe' }, 400, 'certain'],
    ['paths', { from: 'lone' }, 400, 'to'],
    ['paths', { from: 'lone', to: 'administrator:nowhere' }, 404, 'to'],
    ['paths', { from: 'lone', to: 'twin' }, 409, 'to'],
    ['paths', { from: 'lone', to: 'ci', paths: '21' }, 400, 'paths'],
  ]
  test.each(bad)('%s %j is a problem', async (door, asked, status, part) => {
    const response = await ask(door, asked)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    const { issues } = (await response.json()) as { issues: { path: string; message: string }[] }
    expect(JSON.stringify(issues[0])).toContain(part)
  })
  test('candidates are told where a name is not one identity’s alone', async () => {
    const { issues } = (await (await ask('who-can-become', { identity: 'twin' })).json()) as {
      issues: { path: string; message: string }[]
    }
    expect(issues.filter(({ message }) => /twin .* in /.test(message))).toHaveLength(2)
  })
  const doors = Object.keys(DOORS) as Door[]
  test.each(doors)('%s: an owner may not, and nobody is nobody', async (door) => {
    const asked = { ...(door === 'reach' || door === 'paths' ? { from: 'lone' } : { identity: 'lone' }) }
    const more = { ...asked, ...(door === 'can' && LIST), ...(door === 'paths' && { to: 'ci' }) }
    expect((await ask(door, more)).status).toBe(200)
    expect((await ask(door, more, owner)).status).toBe(403)
    expect((await ask(door, more, '')).status).toBe(401)
  })
})
