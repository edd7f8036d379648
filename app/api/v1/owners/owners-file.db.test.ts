// The OWNERS file over the API: sent as it is, previewed, applied, told again, and refused by line.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { handlers, routes } from '@/app/api/v1/_api/routes'
import { Problem } from '@/app/api/v1/_api/schemas'
import { importPeople } from '@/governance/directory/import-people'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { look } from '@/tests/queried-estate'
import { openInstallation, tokens } from '@/tests/scim-client'
import { connection, identity } from '@/tests/scripted-source'

const HOST = 'http://localhost:3000'
const FILE = [
  '',
  '# who answers',
  'version: 1',
  'owners:',
  '  - match: { name: one }',
  '    team: Data',
  '',
].join('\n')

async function ask(
  method: 'GET' | 'PUT' | 'POST',
  path: string,
  query = '',
  body?: string,
  role = 'analyst',
) {
  const response = await handlers(path)[method](
    new Request(`${HOST}/api/v1${path}${query}`, {
      method,
      headers: { authorization: `Bearer ${tokens[role]}`, 'content-type': 'application/yaml' },
      ...(body !== undefined && { body }),
    }),
  )
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const isDescribed = (method: string, path: string, body: unknown) =>
  routes.find((one) => one.method === method && one.path === path)?.answer.safeParse(body).error

beforeAll(async () => {
  const administrator = await openInstallation()
  await look(await connection(), {
    at: '2026-06-01T00:00:00.000Z',
    streams: { main: { observations: [identity('one'), identity('two')] } },
  })
  await importPeople(administrator, { csv: 'name,email,team\nAnn,ann@b.c,Data' })
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

test('is previewed, applied, told as it was sent, and listed beside what stands', async () => {
  const preview = await ask('POST', '/owners/file/preview', '', FILE)
  expect([preview.status, preview.body.named]).toEqual([200, 1])
  expect(isDescribed('POST', '/owners/file/preview', preview.body)).toBeUndefined()
  expect((await ask('GET', '/owners/file')).body).toEqual({ past: [] })
  const applied = await ask('PUT', '/owners/file', '?ref=main@1', FILE)
  expect(applied).toMatchObject({ status: 200, body: { version: 1, isNew: true, changed: 1 } })
  expect(isDescribed('PUT', '/owners/file', applied.body)).toBeUndefined()
  const { body } = await ask('GET', '/owners/file', '', undefined, 'auditor')
  expect(body).toMatchObject({ current: { text: FILE, ref: 'main@1', drift: 0 } })
  expect(isDescribed('GET', '/owners/file', body)).toBeUndefined()
  const listed = await ask('GET', '/owners', '?file=same')
  expect(listed.body.rows).toMatchObject([
    { name: 'one', declared: { line: 5, owner: 'Data', differs: false } },
  ])
  expect(isDescribed('GET', '/owners', listed.body)).toBeUndefined()
})
test('is refused by line, and where more lose their source than were agreed to', async () => {
  const wrong = await ask('PUT', '/owners/file', '?ref=x', FILE.replace('Data', 'Dota'))
  expect(Problem.parse(wrong.body)).toMatchObject({
    status: 400,
    issues: [{ path: 'line 6, column 5', message: expect.stringContaining('no team Dota') as string }],
  })
  const empty = 'version: 1\nowners: []\n'
  expect((await ask('PUT', '/owners/file', '?ref=x', empty)).status).toBe(409)
  expect((await ask('PUT', '/owners/file', '?ref=x&losing=1', empty)).status).toBe(200)
  expect((await ask('PUT', '/owners/file', '?ref=x', 'x'.repeat(2 * 1024 * 1024))).status).toBe(413)
  expect((await ask('PUT', '/owners/file', '', empty)).status).toBe(400)
})
