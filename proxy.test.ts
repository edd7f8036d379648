// Which addresses are answered with 400: those of the record that ask about what is no moment, and no others.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { NextRequest } from 'next/server'
import { beforeAll, expect, test, vi } from 'vitest'
import { proxy } from './proxy'

const HOST = 'http://localhost:3000'
const app = path.join(import.meta.dirname, 'app')
beforeAll(() => {
  vi.stubEnv('BASE_URL', HOST)
  return () => vi.unstubAllEnvs()
})
const statusOf = (address: string, method = 'GET') =>
  proxy(new NextRequest(`${HOST}${address}`, { method })).status

/** `(console)/identities/[id]/page.tsx` → `/identities/x` */
const addressOf = (file: string) =>
  `/${path
    .dirname(file)
    .split(path.sep)
    .filter((part) => part !== '.' && !part.startsWith('('))
    .map((part) => (part.startsWith('[') ? 'x' : part))
    .join('/')}`
const pages = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .filter((file) => path.basename(file) === 'page.tsx')
  .map(
    (file) => [addressOf(file), /\brecordPage\b/.test(readFileSync(path.join(app, file), 'utf8'))] as const,
  )

test('there are pages of both sorts', () => {
  expect(pages.filter(([, ofRecord]) => ofRecord).length).toBeGreaterThan(8)
  expect(pages.filter(([, ofRecord]) => !ofRecord).length).toBeGreaterThan(8)
})

test.each(pages)('%s', (address, ofRecord) => {
  expect(statusOf(`${address}?asOf=soon`)).toBe(ofRecord ? 400 : 200)
  expect(statusOf(`${address}?asOf=2026-01-01T00:00:00Z`)).toBe(200)
})

test.each([
  'asOf=2999-01-01',
  'asOf=2026-02-30',
  'asOf=2026-01-02&asOf=2026-01-03',
  'asOf=2026-01-02&known=2026-01-01',
  'asOf=2026-01-02&known=soon',
  'asOf=now&known=2026-01-01',
])('%s is no moment', (query) => {
  expect(statusOf(`/identities?q=x&${query}`)).toBe(400)
  expect(statusOf(`/identities?q=x&${query}`, 'HEAD')).toBe(400)
  expect(statusOf(`/identities?q=x&${query}`, 'POST')).toBe(200)
})

test.each(['', 'asOf=', 'asOf=now', 'known=soon', 'asOf=2026-01-02', 'asOf=2026-01-02&known=now'])(
  '“%s” is one',
  (query) => expect(statusOf(`/identities?${query}`)).toBe(200),
)

test('an instant a moment ahead of this clock is left to the clock of the database', () => {
  const ahead = (ms: number) => new Date(Date.now() + ms).toISOString()
  expect(statusOf(`/?asOf=${ahead(20_000)}`)).toBe(200)
  expect(statusOf(`/?asOf=${ahead(120_000)}`)).toBe(400)
})
