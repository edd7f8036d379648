// Exceptions as the API and the command line list them: by the filter of the page, and with the same answers.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '@/core/permissions'
import { askException } from '@/governance/exceptions/ask-exception'
import { approveException, refuseException } from '@/governance/exceptions/decide-exception'
import { endException, withdrawException } from '@/governance/exceptions/end-exception'
import { EXCEPTION_STATES, listExceptions } from '@/governance/exceptions/list-exceptions'
import { createFirstAdministrator } from '@/governance/auth/first-administrator'
import { createToken } from '@/governance/tokens/create-token'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorOf, analyst, estate, look } from '@/tests/queried-estate'
import { runCli } from '@/tests/run-cli'
import { connection } from '@/tests/scripted-source'
import { handlers, routes } from '../_api/routes'

const HOST = 'http://localhost:3000'
process.env.BASE_URL = HOST
const DAY_MS = 24 * 3600_000
const until = new Date(Date.now() + 9 * DAY_MS).toISOString().slice(0, 10)

let token: string
let admin: Actor
const get = (template: string, address: string) =>
  handlers(template).GET(
    new Request(`${HOST}/api/v1${address}`, { headers: { authorization: `Bearer ${token}` } }),
  )
const answerOf = async (template: string, address: string) => {
  const said = (await (await get(template, address)).json()) as { rows: { id: string }[]; next?: string }
  const route = routes.find((one) => one.path === template && one.method === 'GET')
  expect(route?.answer.safeParse(said).error).toBeUndefined()
  return said
}
const idsIn = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)

/** One in each state. */
async function oneOfEach(): Promise<void> {
  const [finding] = await db.finding.findMany({ where: { state: 'open', verdict: 'fail' }, take: 1 })
  const words = { reason: 'Why', control: 'How', evidence: 'https://tickets.example/1', until }
  const ask = async () => (await askException(analyst, { finding: finding?.id, ...words })).id
  const other = actorOf('administrator')
  await ask()
  await withdrawException(analyst, { id: await ask() })
  await refuseException(other, { id: await ask(), note: 'No' })
  await approveException(other, { id: await ask() })
  const ended = await ask()
  await approveException(other, { id: ended })
  await endException(other, { id: ended, why: 'Mended' })
  const past = (days: number) => new Date(Date.now() - days * DAY_MS)
  await db.exception.update({
    where: { id: await ask() },
    data: { askedAt: past(9), expiresAt: past(1) },
  })
}

beforeAll(async () => {
  const given = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery staple' }
  const { id } = await createFirstAdministrator(given)
  admin = { kind: 'user', id, name: given.name, role: 'administrator' }
  token = (await createToken(admin, { name: 'test' })).token
  await look(await connection(), { at: '2026-06-01T00:00:00.000Z', streams: estate(4) })
  await oneOfEach()
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

describe('by state', () => {
  test.each([...EXCEPTION_STATES, 'any', 'asked,ended', undefined])(
    '%s: API, file and command line list what the page does',
    async (state) => {
      const { rows } = await listExceptions(admin, state ? { state: state.split(',') as ['asked'] } : {})
      expect(rows).toHaveLength(!state || state === 'any' ? 6 : state.split(',').length)
      const query = state ? `?state=${state}` : '?'
      expect((await answerOf('/exceptions', `/exceptions${query}`)).rows).toEqual(rows)
      const file = await (await get('/exceptions', `/exceptions${query}&format=csv&cols=id`)).text()
      expect(file.match(/^[\da-f]{8}-[\da-f-]{27}/gm)).toEqual(idsIn(rows))
      const options = state ? ['--state', state] : []
      const told = await runCli(['exceptions', ...options, '--json'])
      expect((JSON.parse(told.out) as { rows: unknown }).rows).toEqual(rows)
      const all = await runCli(['exceptions', ...options, '--all', '--json'])
      expect(
        all.out
          .trim()
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line) as unknown),
      ).toEqual(rows)
    },
  )
  test('a state there is not is refused, and what there is is named', async () => {
    expect((await get('/exceptions', '/exceptions?state=fine')).status).toBe(400)
    expect(await runCli(['exceptions', '--state', 'fine'])).toMatchObject({ code: 2 })
  })
})

test('page by page, all of them, and each once', async () => {
  const { rows } = await answerOf('/exceptions', '/exceptions?state=any')
  const [first, told] = await Promise.all([
    answerOf('/exceptions', '/exceptions?state=any&size=2'),
    runCli(['exceptions', '--state', 'any', '--limit', '2', '--json']),
  ])
  expect(JSON.parse(told.out)).toMatchObject({ rows: first.rows, next: first.next })
  const seen = [...first.rows]
  for (let { next } = first; next;) {
    const page = await answerOf('/exceptions', `/exceptions?state=any&size=2&after=${next}`)
    seen.push(...page.rows)
    next = page.next
  }
  expect(idsIn(seen)).toEqual(idsIn(rows))
})
