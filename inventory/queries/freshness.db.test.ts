// How long a look counts: the same for scopes, sources, verdicts, rules and facts, now and about the past.
import { beforeAll, describe, expect, test } from 'vitest'
import { FindingFilter } from '@/core/list'
import { evaluateScope } from '@/governance/evaluation/evaluate-scope'
import { atMoment } from '@/inventory/moment/at-moment'
import { db } from '@/prisma/client'
import { analyst } from '@/tests/queried-estate'
import {
  identityIdOf,
  insertCredential,
  insertIdentity,
  insertScope,
  lookAt,
  type InsertedScope,
} from '@/tests/inserted-scope'
import { completenessOf } from './completeness-of'
import { findingGroups } from './finding-groups'
import { staleSince, staleVerdicts } from './freshness'
import { getFinding } from './get-finding'
import { getIdentity } from './get-identity'
import { getSource } from './get-source'
import { listFindings } from './list-findings'
import { ruleTallies } from './rule-tallies'

const SEEN = '2026-06-01T00:00:00.000Z'
/** Twice the interval of an hour after it. */
const LAST = '2026-06-01T02:00:00.000Z'
const LATE = '2026-06-01T02:00:00.001Z'
const stale = { since: LAST, seenAt: SEEN }
const filter = FindingFilter.parse({})
const scopeOf = (scope: InsertedScope) => db.scope.findUniqueOrThrow({ where: { id: scope.id } })

/** Lets everything that is held be known since then. */
const learnedAt = (at: Date) =>
  db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`
    for (const table of [
      'connection',
      'scope',
      'connection_scope',
      'look',
      'identity',
      'posture',
      'finding',
      'tally',
    ])
      await tx.$executeRawUnsafe(`UPDATE ${table} SET known_from = $1, valid_from = $1`, at)
  })

/** What is said about a scope at an instant of the present. */
async function said({ id, connectionId }: InsertedScope, now: string) {
  const at = new Date(now)
  const [completeness, source, verdicts] = await Promise.all([
    completenessOf(analyst, { scopeIds: [id], now }),
    getSource(analyst, connectionId, { now: at }),
    staleVerdicts([id], at),
  ])
  return {
    listed: completeness.stale.length === 1,
    source: source.source.overdue,
    scope: source.source.scopes.rows[0]?.overdue,
    verdict: verdicts.of(id, 'identity'),
  }
}
const FRESH = { listed: false, source: undefined, scope: undefined, verdict: undefined }
const OVERDUE = { listed: true, source: stale, scope: stale, verdict: stale }

describe('a scope', () => {
  test('is in time at exactly twice its interval, and overdue a millisecond later', async () => {
    const scope = await insertScope({ at: SEEN })
    expect(await said(scope, LAST)).toEqual(FRESH)
    expect(await said(scope, LATE)).toEqual(OVERDUE)
    expect([staleSince(SEEN, 60, new Date(LAST)), staleSince(SEEN, 60, new Date(LATE))]).toEqual([
      undefined,
      LAST,
    ])
  })
  test('of a source that is held back grows old all the same', async () => {
    expect(await said(await insertScope({ at: SEEN, paused: true }), LATE)).toEqual(OVERDUE)
  })
  test('is measured by the source that reads it most often, of those that read it', async () => {
    const daily = await insertScope({ at: SEEN, intervalMinutes: 1440 })
    expect(await said(daily, LATE)).toEqual(FRESH)
    const hourly = await insertScope({ into: daily.id })
    expect(await said(daily, LATE)).toEqual(OVERDUE)
    await db.connection.update({ where: { id: hourly.connectionId }, data: { paused: true } })
    expect(await said(daily, LATE)).toEqual(FRESH)
    await db.connection.update({ where: { id: daily.connectionId }, data: { paused: true } })
    expect(await said(daily, LATE)).toEqual(OVERDUE)
  })
  test('that comes from files is due for a new one; without an interval it never is', async () => {
    const monthly = await insertScope({ at: SEEN, mode: 'import', paused: true, intervalMinutes: 43_200 })
    expect(await said(monthly, '2026-07-31T00:00:00.000Z')).toEqual(FRESH)
    expect((await said(monthly, '2026-07-31T00:00:00.001Z')).listed).toBe(true)
    const never = await insertScope({ at: SEEN, mode: 'import', paused: true, intervalMinutes: 0 })
    expect(await said(never, '2036-01-01T00:00:00.000Z')).toEqual(FRESH)
  })
  test('of the sample organisation never grows old', async () => {
    expect(await said(await insertScope({ at: SEEN, mode: 'sample' }), '2036-01-01T00:00:00.000Z')).toEqual(
      FRESH,
    )
  })
  test('is as old as the oldest of its kinds; a refused look is not a newer one', async () => {
    const scope = await insertScope({ at: SEEN })
    await lookAt(scope.id, LAST, { kinds: ['identity', 'grant', 'entitlement', 'owner-hint'] })
    await lookAt(scope.id, LAST, { kinds: ['credential'], partial: true })
    const late = await said(scope, LATE)
    expect([late.listed, late.verdict]).toEqual([true, undefined])
    expect((await staleVerdicts([scope.id], new Date(LATE))).of(scope.id, 'credential')).toEqual(stale)
  })
})

describe('verdicts, rules and facts', () => {
  let scope: InsertedScope
  beforeAll(async () => {
    await db.$executeRaw`TRUNCATE scope, connection, posture, finding CASCADE`
    const hour = 3600_000
    const seen = new Date(Date.now() - 3 * hour).toISOString()
    scope = await insertScope({ at: seen })
    await insertIdentity(scope.id, 'nobody', { at: seen })
    await insertIdentity(scope.id, 'owned', { at: seen, owner: 'ada' })
    await insertCredential(scope.id, 'old', 'owned', '2025-01-01T00:00:00.000Z')
    const signal = new AbortController().signal
    await evaluateScope({ scopeId: scope.id, signal, now: seen })
  })

  test('say since when they are out of date', async () => {
    const { rows } = await listFindings(analyst, filter)
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows)
      expect(row.stale).toMatchObject({ seenAt: (await scopeOf(scope)).firstSeenAt.toISOString() })
    const { finding } = await getFinding(analyst, rows[0]?.id ?? '')
    expect(finding).toEqual(rows[0])
    const { groups } = await findingGroups(analyst, filter)
    expect(groups.map((g) => g.stale)).toEqual(groups.map((g) => g.fail + g.unknown))
    const tallies = await ruleTallies(analyst)
    expect(tallies.find((t) => t.ruleId === 'identity-ownerless')).toMatchObject({
      pass: 1,
      fail: 1,
      stale: 2,
      stalePass: 1,
    })
    const { facts, credentials } = await getIdentity(analyst, identityIdOf(scope.id, 'owned'))
    for (const fact of [facts.createdAt, facts.owner, facts.privilege, credentials.rows[0]?.facts.createdAt])
      expect(fact).toMatchObject({ stale: { since: rows[0]?.stale?.since } })
  })
  test('are fresh again after a look', async () => {
    const at = new Date().toISOString()
    await lookAt(scope.id, at)
    const { rows } = await listFindings(analyst, filter)
    expect(rows.map((row) => row.stale).filter(Boolean)).toEqual([])
    expect((await ruleTallies(analyst)).map((t) => t.stale).filter(Boolean)).toEqual([])
    const { facts } = await getIdentity(analyst, identityIdOf(scope.id, 'owned'))
    expect([facts.createdAt, facts.owner, facts.privilege].map((f) => 'stale' in f)).toEqual([
      false,
      false,
      false,
    ])
    expect(facts.privilege).toMatchObject({ state: 'known', at })
  })
})

test('about a time at which it was fresh it says fresh, and goes on saying so', async () => {
  await db.$executeRaw`TRUNCATE scope, connection, posture, finding CASCADE`
  const seen = new Date(Date.now() - 3 * 3600_000)
  const scope = await insertScope({ at: seen.toISOString(), intervalMinutes: 15 })
  await insertIdentity(scope.id, 'nobody', { at: seen.toISOString() })
  await evaluateScope({ scopeId: scope.id, signal: new AbortController().signal, now: seen.toISOString() })
  await learnedAt(seen)
  const ask = (at: number) => {
    const moment = new Date(at).toISOString()
    return atMoment({ valid: moment, known: moment }, async () =>
      JSON.stringify([
        await listFindings(analyst, filter),
        await ruleTallies(analyst),
        await findingGroups(analyst, filter),
        await getIdentity(analyst, identityIdOf(scope.id, 'nobody')),
        await getSource(analyst, scope.connectionId),
      ]),
    )
  }
  const [fresh, late] = [seen.getTime() + 30 * 60_000, seen.getTime() + 30 * 60_000 + 1]
  const before = [await ask(fresh), await ask(late)]
  expect(before[0]).toContain('"verdict":"fail"')
  expect(before[0]).not.toContain('"stale":{')
  expect(before[1]).toContain(
    JSON.stringify({ since: new Date(fresh).toISOString(), seenAt: seen.toISOString() }),
  )
  await lookAt(scope.id, new Date().toISOString())
  await db.connection.update({
    where: { id: scope.connectionId },
    data: { intervalMinutes: 600, paused: true },
  })
  expect((await listFindings(analyst, filter)).rows[0]?.stale).toBeUndefined()
  expect([await ask(fresh), await ask(late)]).toEqual(before)
})
