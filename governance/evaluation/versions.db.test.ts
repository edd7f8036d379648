// What evaluations leave in the past: a version where something changed, and nothing where nothing did.
import { beforeEach, describe, expect, test } from 'vitest'
import { recountFacets } from '@/inventory/facets/recount'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { rules } from '@/rules'
import {
  insertCredential,
  insertIdentities,
  insertIdentity,
  insertOwner,
  insertScope,
  lookAt,
} from '@/tests/inserted-scope'
import { evaluateScope } from './evaluate-scope'

const T = (day: number) => `2026-06-${String(day).padStart(2, '0')}T00:00:00.000Z`
const signal = new AbortController().signal
/** These stay as they are, whatever other rules there come to be. */
const ASKED = ['identity-ownerless', 'identity-administrator', 'identity-escalates', 'credential-long-lived']
const asking = rules.filter(({ meta }) => ASKED.includes(meta.id))
const evaluate = (scopeId: string, day: number, stop = signal, asked = asking) =>
  evaluateScope({ scopeId, signal: stop, now: T(day), asking: asked })

type Version = {
  table: string
  key: string
  state: string
  validFrom: Date
  validTo: Date | null
  knownTo: Date | null
}
/** Every version of what evaluations write about a scope, the oldest first. */
const versions = (scopeId: string): Promise<Version[]> =>
  db.$queryRaw<Version[]>(Prisma.sql`
    SELECT * FROM (
      SELECT 'posture' AS table, identity_id::text AS key, concat(owner_state, ' ', owner_name, ' ', failing) AS state,
        valid_from AS "validFrom", valid_to AS "validTo", known_from, known_to AS "knownTo" FROM version.posture WHERE scope_id = ${scopeId}::uuid
      UNION ALL SELECT 'finding', rule_id || ' ' || subject_name, concat(state, ' ', verdict), valid_from, valid_to, known_from, known_to
        FROM version.finding WHERE scope_id = ${scopeId}::uuid
      UNION ALL SELECT 'tally', rule_id, concat(pass, ' ', fail, ' ', unknown, ' ', not_applicable), valid_from, valid_to, known_from, known_to
        FROM version.tally WHERE scope_id = ${scopeId}::uuid
      UNION ALL SELECT 'facet', concat(type, ' ', class, ' ', owner_state, ' ', owner_name, ' ', privilege_class, ' ', retired), count::text,
        valid_from, valid_to, known_from, known_to FROM version.facet_count WHERE scope_id = ${scopeId}::uuid
    ) all_versions ORDER BY 1, known_from, 2, 3`)
const of = (rows: Version[], table: string, part = '') =>
  rows.filter((row) => row.table === table && row.key.includes(part))

let scopeId: string
beforeEach(async () => {
  ;({ id: scopeId } = await insertScope({ at: T(1) }))
  await insertIdentity(scopeId, 'owned', { owner: 'ada' })
  await insertIdentity(scopeId, 'nobody')
  await insertCredential(scopeId, 'old', 'owned', '2025-01-01T00:00:00.000Z')
})

test('an evaluation writes each posture once, with its counts, true from the instant judged for', async () => {
  await evaluate(scopeId, 2)
  const rows = await versions(scopeId)
  expect(of(rows, 'posture').map((row) => [row.state, row.validFrom.toISOString(), row.knownTo])).toEqual(
    expect.arrayContaining([
      ['known ada 1', T(2), null],
      ['absent  1', T(2), null],
    ]),
  )
  expect(of(rows, 'posture')).toHaveLength(2)
  expect(rows.every((row) => row.knownTo === null)).toBe(true)
  const posture = await db.posture.findFirstOrThrow({ where: { scopeId, ownerName: 'ada' } })
  expect(posture).toMatchObject({
    credentials: 1,
    credentialsState: 'known',
    failing: 1,
    unknowns: 0,
    worst: 1,
  })
})

test('asking again writes nothing: not after a day on which nothing moved, and not after a newer look', async () => {
  await db.credential.deleteMany({ where: { scopeId } })
  await evaluate(scopeId, 2)
  const before = await versions(scopeId)
  await evaluate(scopeId, 3)
  await lookAt(scopeId, T(4))
  await evaluate(scopeId, 5)
  expect(await versions(scopeId)).toEqual(before)
  const scope = await db.scope.findUniqueOrThrow({ where: { id: scopeId } })
  expect(scope.evaluatedAt?.toISOString()).toBe(T(5))
})

test('a change leaves one version of what it changed, and of nothing else', async () => {
  await evaluate(scopeId, 2)
  await insertOwner(scopeId, 'nobody', 'bob')
  await evaluate(scopeId, 3)
  const rows = await versions(scopeId)
  const ended = rows.filter((row) => row.knownTo !== null && !row.key.startsWith('credential-'))
  expect(ended.map((row) => [row.table, row.state, row.validTo?.toISOString()])).toEqual(
    expect.arrayContaining([
      ['posture', 'absent  1', T(3)],
      ['finding', 'open fail', T(3)],
      ['tally', '1 1 0 0', T(3)],
      ['facet', '1', expect.any(String)],
    ]),
  )
  expect(ended).toHaveLength(4)
})

test('a finding that resolves and reopens leaves a version of each', async () => {
  await evaluate(scopeId, 2)
  await insertOwner(scopeId, 'nobody', 'bob')
  await evaluate(scopeId, 3)
  await db.ownerHint.updateMany({ where: { scopeId, value: 'bob' }, data: { retiredAt: T(4) } })
  await evaluate(scopeId, 5)
  const rows = of(await versions(scopeId), 'finding', 'identity-ownerless nobody')
  expect(rows.map((row) => [row.state, row.validFrom.toISOString(), row.validTo?.toISOString()])).toEqual([
    ['open fail', T(2), T(3)],
    ['resolved fail', T(3), T(5)],
    ['open fail', T(5), undefined],
  ])
})

describe('what is gone', () => {
  test('its findings end and its counts fall, once', async () => {
    await evaluate(scopeId, 2)
    await db.credential.updateMany({ where: { scopeId }, data: { retiredAt: T(3) } })
    await db.identity.updateMany({ where: { scopeId, name: 'owned' }, data: { retiredAt: T(3) } })
    await evaluate(scopeId, 4)
    const gone = await db.finding.findFirstOrThrow({ where: { scopeId, subjectName: 'old' } })
    expect([gone.state, gone.resolvedWhy]).toEqual(['resolved', 'the subject is gone'])
    const posture = await db.posture.findFirstOrThrow({ where: { scopeId, ownerName: 'ada' } })
    expect(posture).toMatchObject({ credentials: 0, failing: 0, worst: 9, oldestCredentialAt: null })
    const before = await versions(scopeId)
    await evaluate(scopeId, 5)
    expect(await versions(scopeId)).toEqual(before)
  })

  test('a rule that is no longer there has no tally and no open finding', async () => {
    await evaluate(scopeId, 2)
    const lost = 'identity-ownerless'
    await evaluate(
      scopeId,
      3,
      signal,
      asking.filter(({ meta }) => meta.id !== lost),
    )
    expect(await db.tally.count({ where: { scopeId, ruleId: lost } })).toBe(0)
    const left = await db.finding.findFirstOrThrow({ where: { scopeId, ruleId: lost } })
    expect([left.state, left.resolvedWhy]).toEqual(['resolved', 'the rule is no longer there'])
    const posture = await db.posture.findFirstOrThrow({ where: { scopeId, ownerState: 'absent' } })
    expect(posture).toMatchObject({ failing: 0, worst: 9 })
  })
})

test('a credential that nobody holds is judged too', async () => {
  await insertCredential(scopeId, 'stray', undefined, '2025-01-01T00:00:00.000Z')
  await insertCredential(scopeId, 'of-unseen', 'never-seen', '2025-01-01T00:00:00.000Z')
  await evaluate(scopeId, 2)
  const findings = await db.finding.findMany({
    where: { scopeId, ruleId: 'credential-long-lived' },
    orderBy: { subjectName: 'asc' },
  })
  expect(findings.map((f) => [f.subjectName, f.identityId !== null])).toEqual([
    ['of-unseen', false],
    ['old', true],
    ['stray', false],
  ])
})

test('what was interrupted is made good, as if it had not been', async () => {
  await insertIdentities(
    scopeId,
    Array.from({ length: 1200 }, (_, at) => ({ nativeId: `n-${at}`, owner: at % 3 ? 'ada' : undefined })),
  )
  await db.$transaction((tx) => recountFacets(tx, scopeId))
  const stop = new AbortController()
  const ask = stop.signal.throwIfAborted.bind(stop.signal)
  let asked = 0
  stop.signal.throwIfAborted = () => {
    if (++asked === 2) stop.abort()
    ask()
  }
  await expect(evaluate(scopeId, 2, stop.signal)).rejects.toThrow()
  const written = await db.posture.count({ where: { scopeId } })
  expect(written).toBe(1000)
  const counted = await db.facetCount.aggregate({
    where: { scopeId, ownerState: { not: 'unknown' } },
    _sum: { count: true },
  })
  expect(counted._sum.count).toBe(1000)
  expect(await db.$transaction((tx) => recountFacets(tx, scopeId))).toBe(0)
  await evaluate(scopeId, 2)
  const rows = await versions(scopeId)
  expect(of(rows, 'posture')).toHaveLength(1202)
  expect(of(rows, 'finding').every((row) => row.knownTo === null)).toBe(true)
  expect(of(rows, 'tally', 'identity-ownerless')).toMatchObject([{ state: '801 401 0 0' }])
}, 120_000)

test('where very many move the counts are taken away and made anew: the past does not keep one for every bit', async () => {
  await insertIdentities(
    scopeId,
    Array.from({ length: 2400 }, (_, at) => ({ nativeId: `n-${at}`, owner: `o-${at % 20}` })),
  )
  await db.$transaction((tx) => recountFacets(tx, scopeId))
  await evaluate(scopeId, 2)
  const rows = of(await versions(scopeId), 'facet')
  const held = rows.filter((row) => row.knownTo === null)
  expect(held.reduce((sum, row) => sum + Number(row.state), 0)).toBe(2402)
  // Three chunks; but the counts moved with the first two alone.
  expect(rows.length - held.length).toBeLessThanOrEqual(3 * 23)
  expect(await db.$transaction((tx) => recountFacets(tx, scopeId))).toBe(0)
}, 120_000)

test('a scope that is removed meanwhile is left alone', async () => {
  await evaluateScope({ scopeId: '00000000-0000-4000-8000-0000000000aa', signal, now: T(2) })
  expect(await db.tally.count({ where: { scopeId: '00000000-0000-4000-8000-0000000000aa' } })).toBe(0)
})
