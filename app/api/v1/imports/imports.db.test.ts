// Imports over the API: a file is shown first, then applied or dropped, and is nowhere afterwards.
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { beforeAll, expect, test } from 'vitest'
import { sampleTransport } from '@/connectors/aws/sample'
import { createFirstAdministrator } from '@/governance/auth/first-administrator'
import { createToken } from '@/governance/tokens/create-token'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { stagedRows } from '@/tests/staged-rows'
import { Problem } from '../_api/schemas'
import { POST as confirm } from './[run]/confirm/route'
import { DELETE as drop } from './[run]/route'
import { GET as formats } from './formats/route'
import { POST as upload } from './route'

const HOST = 'http://localhost:3000'
// The test runner uses this name for something else.
process.env.BASE_URL = HOST
const FORMAT = 'aws-credential-report'
let csv: string
let authorization: string

const send = (handler: (request: Request) => Promise<Response>, address: string, init: RequestInit = {}) =>
  handler(
    new Request(`${HOST}/api/v1/imports${address}`, {
      method: 'POST',
      ...init,
      headers: { authorization, ...init.headers },
    }),
  )
const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('rollcall-'))
type Preview = { runId: string; report: { understood: { count: number }[] } }

beforeAll(async () => {
  const { id } = await createFirstAdministrator({
    name: 'Ada',
    email: 'ada@example.com',
    password: 'correct horse battery staple',
  })
  const { token } = await createToken(
    { kind: 'user', id, name: 'Ada', role: 'administrator' },
    { name: 'test' },
  )
  authorization = `Bearer ${token}`
  const report = await sampleTransport(new Date('2026-06-01T00:00:00Z')).send(
    'iam:GetCredentialReport',
    {},
    AbortSignal.timeout(5000),
  )
  csv = (report as { Content: string }).Content
  return closeSender
})

test('the body is shown, changes nothing, and is applied when confirmed', async () => {
  const before = left()
  const shown = await send(upload, `?format=${FORMAT}&name=report.csv&observedAt=2026-06-01T00:00:00Z`, {
    body: csv,
  })
  expect(shown.status).toBe(201)
  const { runId, report } = (await shown.json()) as Preview
  expect(report.understood.reduce((sum, one) => sum + one.count, 0)).toBeGreaterThan(0)
  expect(await db.identity.count()).toBe(0)
  const applied = await send(confirm, `/${runId}/confirm`)
  expect(applied.status).toBe(200)
  expect(await applied.json()).toMatchObject({
    runId,
    state: expect.stringMatching(/complete|partial/) as string,
  })
  expect(await db.identity.count()).toBeGreaterThan(0)
  expect(left()).toEqual(before)
  expect((await send(confirm, `/${runId}/confirm`)).status).toBe(409)
})

test('a form is shown, and can be dropped', async () => {
  const held = await db.identity.count()
  const form = new FormData()
  form.set('format', FORMAT)
  form.set('file', new File([csv], 'report.csv'))
  const { runId } = (await (await send(upload, '', { body: form })).json()) as Preview
  expect((await send(drop, `/${runId}`, { method: 'DELETE' })).status).toBe(200)
  expect((await send(drop, `/${runId}`, { method: 'DELETE' })).status).toBe(409)
  expect(await db.identity.count()).toBe(held)
  expect(await stagedRows()).toBe(0)
})

test.each([
  ['?name=report.csv', 'format'],
  ['?format=nonsense&name=report.csv', 'format'],
  [`?format=${FORMAT}`, 'name'],
  [`?format=${FORMAT}&name=report.exe`, 'name'],
  [`?format=${FORMAT}&name=report.csv&observedAt=yesterday`, 'observedAt'],
])('%s is refused for its %s', async (query, field) => {
  const before = left()
  const response = await send(upload, query, { body: csv })
  expect(response.status).toBe(400)
  expect(Problem.parse(await response.json()).issues?.map((i) => i.path)).toContain(field)
  expect(left()).toEqual(before)
})

test('what is not such a file is refused without quoting it', async () => {
  const response = await send(upload, `?format=${FORMAT}&name=report.csv`, {
    body: 'user,password\nann,s3cret-value\n',
  })
  expect(response.status).toBe(400)
  expect(await response.text()).not.toContain('s3cret-value')
})

test('a file that is too large has the status for it', async () => {
  const response = await send(upload, `?format=${FORMAT}&name=report.csv`, {
    body: 'x',
    headers: { 'content-length': '1000000000' },
  })
  expect(response.status).toBe(413)
})

test('the formats say how to make the files', async () => {
  const { rows } = (await (await send(formats, '/formats', { method: 'GET' })).json()) as {
    rows: { id: string; command: string }[]
  }
  expect(rows.find((r) => r.id === FORMAT)?.command).not.toBe('')
})
