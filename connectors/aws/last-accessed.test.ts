// Asking for last use: what ends it, what a refusal costs, whose turn it is, and what comes of it beside the rest.
import { describe, expect, test } from 'vitest'
import type { Collected } from '@/core/collect'
import type { Kind, Of } from '@/core/observation'
import type { Limits } from '@/core/limits'
import { Session } from '@/core/session'
import { UpstreamError, type Transport } from '@/core/upstream'
import { NoReport } from './client-last-accessed'
import { eventsOf, sessionOn } from './fixtures/recorded-world'
import { GENERATE, inTurn, REPORT, reportsIn, type Asked } from './last-accessed'
import { sampleTransport } from './sample'

const NOW = '2026-09-30T12:00:00.000Z'
type Params = Readonly<Record<string, unknown>>
const job = (arn: unknown) => ({ JobId: `job of ${String(arn)}` })
const made = (...ServicesLastAccessed: object[]) => ({
  JobStatus: 'COMPLETED',
  JobCreationDate: NOW,
  ServicesLastAccessed,
  IsTruncated: false,
})
const S3 = { ServiceNamespace: 's3', LastAuthenticated: NOW }

/** An account with so many roles, and what it answers about last use. */
function account(
  roles: number,
  answer: (permission: string, params: Params) => unknown,
  limits: Partial<Limits> = {},
) {
  const calls: string[] = []
  const transport: Transport = {
    async send(permission, params) {
      calls.push(permission)
      if (permission === 'iam:ListUsers') return { Users: [], IsTruncated: false }
      if (permission !== 'iam:ListRoles') return answer(permission, params)
      const Roles = Array.from({ length: roles }, (_, n) => ({
        RoleId: `AROA${String(n).padStart(4, '0')}`,
        Arn: `arn:aws:iam::1:role/r-${n}`,
      }))
      return { Roles, IsTruncated: false }
    },
    explain: (error) => (error instanceof NoReport ? error.explanation : undefined),
  }
  const session = new Session({
    transport,
    limits,
    signal: new AbortController().signal,
    sleep: async () => {},
    random: () => 0.5,
  })
  return { session, calls, asked: () => calls.filter((one) => one === GENERATE).length }
}
const refuse = (why: UpstreamError['why'], permission = GENERATE): never => {
  throw new UpstreamError(why, permission, 'refused by the test')
}
const told = async ({ session }: ReturnType<typeof account>, now = NOW) =>
  [...(await reportsIn({ session, now })).told.values()].map((one) =>
    one.state === 'unknown' ? one.why : one.state,
  )
const counts = (words: readonly string[]) =>
  Object.fromEntries([...new Set(words)].sort().map((word) => [word, words.filter((w) => w === word).length]))

describe('asking', () => {
  test('is done once for a run, two calls for each', async () => {
    const world = account(25, (permission, { Arn }) => (permission === GENERATE ? job(Arn) : made(S3)))
    expect(counts(await told(world))).toEqual({ known: 25 })
    await told(world)
    expect(world.calls).toHaveLength(2 + 50)
  })
  test('is about no more than a pass that tries the permissions has room for', async () => {
    const answer = (permission: string, { Arn }: Params) => (permission === GENERATE ? job(Arn) : made(S3))
    const world = account(300, answer, { observationsMax: 25 })
    expect(counts(await told(world))).toEqual({ known: 25, limited: 275 })
    expect(world.calls).toHaveLength(2 + 50)
  })
  test('ends where the permission is missing, after ten', async () => {
    const world = account(40, () => refuse('denied'))
    expect(counts(await told(world))).toEqual({ denied: 40 })
    expect(world.asked()).toBe(10)
  })
  test('ends where reports are made and nobody may fetch them', async () => {
    const world = account(40, (permission, { Arn }) =>
      permission === GENERATE ? job(Arn) : refuse('denied', REPORT),
    )
    expect(counts(await told(world))).toEqual({ denied: 40 })
    expect(world.asked()).toBe(10)
  })
  test('ends sooner where AWS asks to call less often, and what was asked for before is fetched', async () => {
    let asked = 0
    const world = account(40, (permission, { Arn }) => {
      if (permission === REPORT) return made(S3)
      return ++asked > 12 ? refuse('throttled') : job(Arn)
    })
    expect(counts(await told(world))).toEqual({ known: 12, throttled: 28 })
    // Five attempts for each of three.
    expect(world.asked()).toBe(12 + 15)
  })
  test('ends at the bound of the settings, and what was asked for before is fetched', async () => {
    let asked = 0
    const world = account(40, (permission, { Arn }) => {
      if (permission === REPORT) return made(S3)
      if (++asked > 13) throw new NoReport({ why: 'left-out', detail: 'enough' })
      return job(Arn)
    })
    expect(counts(await told(world))).toEqual({ known: 13, 'left-out': 27 })
    expect(world.asked()).toBe(14)
  })
  test('goes on where one is refused, has failed, is still being made or is gone', async () => {
    const odd: Record<string, () => unknown> = {
      'job of arn:aws:iam::1:role/r-3': () => ({
        JobStatus: 'FAILED',
        JobCreationDate: NOW,
        Error: { Code: 'ServiceError', Message: 'about arn:aws:iam::1:role/r-3' },
      }),
      'job of arn:aws:iam::1:role/r-4': () => ({ JobStatus: 'IN_PROGRESS', JobCreationDate: NOW }),
      'job of arn:aws:iam::1:role/r-5': () => refuse('denied', REPORT),
      'job of arn:aws:iam::1:role/r-6': () => ({ JobStatus: 'COMPLETED', JobCreationDate: NOW }),
    }
    const world = account(20, (permission, { Arn, JobId }) => {
      if (Arn === 'arn:aws:iam::1:role/r-7')
        throw new NoReport({ why: 'not-offered', code: 'NoSuchEntity', detail: 'There is no such thing.' })
      return permission === GENERATE ? job(Arn) : (odd[String(JobId)]?.() ?? made(S3))
    })
    const { told: all } = await reportsIn({ session: world.session, now: NOW })
    expect(all.get('AROA0003')).toEqual({
      state: 'unknown',
      why: 'unreachable',
      source: REPORT,
      detail: 'AWS could not make the report (ServiceError)',
    })
    expect(all.get('AROA0004')).toMatchObject({ state: 'unknown', why: 'throttled' })
    expect(all.get('AROA0005')).toMatchObject({ state: 'unknown', why: 'denied' })
    // A page without its list would be a report that nothing was used.
    expect(all.get('AROA0006')).toMatchObject({ why: 'malformed', detail: 'ServicesLastAccessed: missing' })
    expect(all.get('AROA0007')).toMatchObject({ state: 'absent' })
    expect([...all.values()].filter(({ state }) => state === 'known')).toHaveLength(15)
  })
  test('a service on two pages is one, and a later page that is refused leaves nothing known', async () => {
    const pages = (second: () => unknown) =>
      account(1, (permission, { Arn, Marker }) => {
        if (permission === GENERATE) return job(Arn)
        if (Marker !== undefined) return second()
        const first = { ...S3, TrackedActionsLastAccessed: [{ ActionName: 'CreateBucket' }] }
        return { ...made(first), IsTruncated: true, Marker: 'p2' }
      })
    const whole = pages(() =>
      made({ ...S3, TrackedActionsLastAccessed: [{ ActionName: 'DeleteBucket', LastAccessedTime: NOW }] }),
    )
    const { told: all } = await reportsIn({ session: whole.session, now: NOW })
    expect([...all.values()]).toMatchObject([
      {
        value: {
          services: [
            {
              namespace: 's3',
              usedAt: NOW,
              actions: [{ name: 'CreateBucket' }, { name: 'DeleteBucket', usedAt: NOW }],
            },
          ],
        },
      },
    ])
    expect(await told(pages(() => refuse('denied', REPORT)))).toEqual(['denied'])
    const endless = pages(() => ({ ...made(S3), IsTruncated: true }))
    expect(await told(endless)).toEqual(['malformed'])
  })
})

describe('turns', () => {
  const list = (n: number): Asked[] =>
    Array.from({ length: n }, (_, at) => ({ id: `A${String(at).padStart(5, '0')}`, arn: '', last: false }))
  const HOUR = 3600_000
  /** In how many syncs everybody had a turn. */
  function syncs(size: number, most: number, hours: number): number {
    const had = new Set<string>()
    for (let n = 1; n < 1000; n++) {
      const now = new Date(Date.parse(NOW) + n * hours * HOUR).toISOString()
      for (const { id } of inTurn(list(size), now).slice(0, most)) had.add(id)
      if (had.size === size) return n
    }
    throw new Error('somebody never had a turn')
  }
  test.each([6, 12, 24, 72, 168])('come to everybody where a sync is every %i hours', (hours) => {
    // Eleven times 300 would be enough if each sync began where the last one ended.
    expect(syncs(3300, 300, hours)).toBeLessThan(11 * 4)
    expect(syncs(301, 300, hours)).toBeLessThan(6)
  })
  test('nobody is left out or asked twice, and people come last', () => {
    const some = list(7).map((one, at) => ({ ...one, last: at % 3 === 0 }))
    const turn = inTurn(some, NOW)
    expect(turn.map(({ id }) => id).sort()).toEqual(some.map(({ id }) => id))
    expect(turn.map(({ last }) => last)).toEqual([false, false, false, false, true, true, true])
  })
})

describe('beside the rest', () => {
  const sample = sampleTransport(new Date(NOW))
  const look = (answer: (permission: string, params: Params) => unknown, signal?: AbortController) =>
    eventsOf({
      async send(permission, params, aborted) {
        const own = answer(permission, params)
        signal?.signal.throwIfAborted()
        return own ?? (await sample.send(permission, params, aborted))
      },
      explain: sample.explain,
    })
  const of = <K extends Kind>(events: readonly Collected[], kind: K) =>
    events
      .flatMap((e) => (e.type === 'observations' ? e.observations : []))
      .filter((o): o is Of<K> => o.kind === kind)
  const coverage = (events: readonly Collected[], stream: string) =>
    events.flatMap((e) => (e.type === 'coverage' && e.stream === stream ? Object.values(e.kinds) : []))

  test('a refusal costs what is told of use, and no grant', async () => {
    const calm = await look(() => undefined)
    const denied = await look((permission) => (permission === GENERATE ? refuse('denied') : undefined))
    const ids = (events: readonly Collected[]) => of(events, 'grant').map(({ nativeId }) => nativeId)
    expect(ids(denied)).toEqual(ids(calm))
    expect(coverage(denied, 'principals').map(({ state }) => state)).toEqual(Array(5).fill('complete'))
    expect(coverage(denied, 'last-accessed')).toMatchObject([{ state: 'partial', why: 'denied' }])
    const use = of(denied, 'grant').flatMap(({ exercised }) => exercised ?? [])
    expect(use.filter(({ state }) => state !== 'unknown')).toEqual([])
    // Limits give nothing, and the root user is not asked about.
    const untold = of(calm, 'grant').filter(({ exercised }) => !exercised)
    expect(new Set(untold.map(({ effect, identity }) => effect === 'limit' || identity))).toEqual(
      new Set([true, '410258837719/root']),
    )
  })
  test('what is used is told as a try', async () => {
    const events = await look(() => undefined)
    const tries = of(events, 'usage').filter(({ nativeId }) => nativeId.includes('/last-tried/'))
    expect(tries.map(({ what }) => what)).toContain('route53 in us-east-1 (tried, allowed or not)')
    expect(coverage(events, 'last-accessed')).toMatchObject([{ state: 'complete' }])
  })
  test('where policies cannot be read, what of them was used is unknown', async () => {
    const events = await look((permission, { Filter }) => {
      if (permission === 'iam:GetPolicy') return refuse('denied', permission)
      return String(Filter) === 'LocalManagedPolicy' ? refuse('denied', permission) : undefined
    })
    const managed = of(events, 'grant').filter(
      ({ entitlement, effect, identity }) =>
        entitlement.startsWith('arn:') && effect === 'allow' && !identity.endsWith('/root'),
    )
    expect(managed.length).toBeGreaterThan(40)
    expect(managed.filter(({ exercised }) => exercised?.state !== 'unknown')).toEqual([])
    expect(of(events, 'grant').some(({ exercised }) => exercised?.state === 'known')).toBe(true)
  })
  test('alone, as when it was throttled, it lists whom to ask by itself', async () => {
    const session = sessionOn(sample)
    const { told: all } = await reportsIn({ session, now: NOW })
    expect(all.size).toBeGreaterThan(60)
    expect(session.usage().map(({ permission }) => permission)).toEqual([
      GENERATE,
      REPORT,
      'iam:ListRoles',
      'iam:ListUsers',
    ])
  })
})
