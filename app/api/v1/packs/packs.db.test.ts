// Packs over the API: asked for, followed, taken as they lie on the disk, ended; and the keys.
import { createPublicKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyPack } from '@/evidence/verify/verify-pack'
import { createFirstAdministrator } from '@/governance/auth/first-administrator'
import { buildPack } from '@/governance/packs/building/build-pack'
import { createToken } from '@/governance/tokens/create-token'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { fileOf, packsFolder } from '@/tests/built-packs'
import { estate, look } from '@/tests/queried-estate'
import { connection } from '@/tests/scripted-source'
import { handlers, routes } from '../_api/routes'

const HOST = 'http://localhost:3000'
process.env.BASE_URL = HOST
let folder = ''
let token = ''

type Method = 'GET' | 'HEAD' | 'POST' | 'DELETE'
const call = (method: Method, template: string, address: string, body?: object) =>
  handlers(template)[method](
    new Request(`${HOST}/api/v1${address}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    }),
  )
/** What it answers, which is what its description says. */
async function answer<T>(method: Method, template: string, address: string, body?: object): Promise<T> {
  const response = await call(method, template, address, body)
  const said: unknown = await response.json()
  const route = routes.find((one) => one.path === template && one.method === method)
  expect(response.status, JSON.stringify(said)).toBe(route?.status)
  expect(route?.answer.safeParse(said).error).toBeUndefined()
  return said as T
}

beforeAll(async () => {
  folder = await packsFolder()
  const given = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery staple' }
  const { id } = await createFirstAdministrator(given)
  const admin = { kind: 'user', id, name: given.name, role: 'administrator' } as const
  token = (await createToken(admin, { name: 'test' })).token
  await look(await connection(), { at: '2026-06-01T00:00:00.000Z', streams: estate(6) })
}, 60_000)
afterAll(async () => {
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

test('what it would hold, asked for, followed, and taken byte for byte', async () => {
  const asked = { controls: ['owasp-nhi'], title: 'Ünï "quoted"' }
  const seen = await answer<{ files: unknown[] }>('POST', '/packs/preview', '/packs/preview', asked)
  expect(seen.files.length).toBeGreaterThan(1)
  const { id } = await answer<{ id: string }>('POST', '/packs', '/packs', asked)
  expect((await call('GET', '/packs/{id}/download', `/packs/${id}/download`)).status).toBe(409)
  await buildPack(id, { signal: new AbortController().signal })
  const view = await answer<{ sha256: string; bytes: number }>('GET', '/packs/{id}', `/packs/${id}`)
  const response = await call('GET', '/packs/{id}/download', `/packs/${id}/download`)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/zip',
    'content-length': String(view.bytes),
    'content-disposition': expect.stringMatching(
      /^attachment; filename="rollcall-pack-u-?n-?i[a-z0-9-]*\.zip"$/,
    ),
    'rollcall-sha256': view.sha256,
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(bytes.equals(await readFile(await fileOf(folder, id)))).toBe(true)
  expect((await verifyPack(new Blob([new Uint8Array(bytes)]))).problems).toEqual([])
  const { rows } = await answer<{ rows: object[] }>('GET', '/packs', '/packs?state=sealed')
  expect(rows).toMatchObject([{ id }])
  const csv = await (await call('GET', '/packs', '/packs?format=csv')).text()
  expect(csv).toContain(view.sha256)
})

test('one that waits is cancelled, the file of a sealed one removed, and neither twice', async () => {
  const { id } = await answer<{ id: string }>('POST', '/packs', '/packs', {})
  await answer('DELETE', '/packs/{id}', `/packs/${id}`)
  expect((await call('DELETE', '/packs/{id}', `/packs/${id}`)).status).toBe(409)
  const sealed = await db.pack.findFirstOrThrow({ where: { state: 'sealed' } })
  await answer('DELETE', '/packs/{id}', `/packs/${sealed.id}`)
  expect((await call('GET', '/packs/{id}/download', `/packs/${sealed.id}/download`)).status).toBe(404)
  expect((await call('DELETE', '/packs/{id}', `/packs/${sealed.id}`)).status).toBe(409)
})

test('keys are told in both forms, and another one is made', async () => {
  type Keys = { rows: { key: string; pem: string; until?: string }[] }
  const { key } = await answer<{ key: string }>('POST', '/signing-keys', '/signing-keys', {})
  const { rows } = await answer<Keys>('GET', '/signing-keys', '/signing-keys')
  expect(rows[0]).toMatchObject({ key })
  for (const row of rows) {
    const { x = '' } = createPublicKey(row.pem).export({ format: 'jwk' })
    expect(Buffer.from(x, 'base64url').toString('hex')).toBe(row.key)
  }
  const pem = await call('GET', '/signing-keys', '/signing-keys?format=pem')
  expect(await pem.text()).toBe(rows[0]?.pem)
  expect(JSON.stringify(rows)).not.toMatch(/PRIVATE|sealed|secret/)
})
