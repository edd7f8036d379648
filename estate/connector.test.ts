// The estate is the same at every run, is understood by the pipeline, and hangs together.
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { collect } from '@/core/collect'
import { isFact } from '@/core/fact'
import { Observation, type Kind, type Of } from '@/core/observation'
import { Session } from '@/core/session'
import { estateConnector, type EstateOptions } from './connector'
import { organisationOf } from './organisation'
import { readEstate } from './read-estate'
import { keyOf, readWhole } from './read-whole'

const SMALL = { identities: 2000, seed: 7, day: 3 }

async function digest(options: EstateOptions, most = Infinity): Promise<string> {
  const hash = createHash('sha256')
  let count = 0
  for await (const { scope, observed } of readEstate(options)) {
    hash.update(JSON.stringify(scope))
    for await (const one of observed) {
      if (++count > most) return hash.digest('hex')
      hash.update(JSON.stringify(one))
    }
  }
  return hash.digest('hex')
}

describe('the same options', () => {
  test('give the same rows, byte for byte; another seed gives others', async () => {
    expect(await digest(SMALL)).toBe(await digest(SMALL))
    expect(await digest(SMALL)).not.toBe(await digest({ ...SMALL, seed: 8 }))
  })
  test('give the same first rows of a large one', async () => {
    const large = { identities: 300_000, seed: 7, day: 0 }
    expect(await digest(large, 20_000)).toBe(await digest(large, 20_000))
    expect(await digest(large, 20_000)).not.toBe(await digest({ ...large, seed: 8 }, 20_000))
  })
  test('give these rows: a change of them is a change for every measurement', async () => {
    expect(await digest({ identities: 300, seed: 1, day: 0 })).toMatchInlineSnapshot(
      `"879ff99dcaded134517932ff69c0b4b9aad8eb0d6721dd59563bba08f96b2dbc"`,
    )
  })
  test('of two estates share no id, whether seed or size differ', async () => {
    const idsOf = async (options: EstateOptions) =>
      new Set([...(await readWhole(options)).rows].map(({ scope }) => scope))
    const one = await idsOf(SMALL)
    for (const other of [await idsOf({ ...SMALL, seed: 8 }), await idsOf({ ...SMALL, identities: 2001 })])
      expect([...other].filter((id) => one.has(id))).toEqual([])
  })
})

describe('a small estate', async () => {
  const { rows, byKey } = await readWhole(SMALL)
  const ofKind = <K extends Kind>(kind: K) =>
    rows.flatMap(({ scope, row }) => (row.kind === kind ? [{ scope, row: row as Of<K> }] : []))
  const isThere = (scope: string, kind: Kind, nativeId: string) => byKey.has(keyOf(scope, kind, nativeId))

  test('is understood, row by row', () => {
    const wrong = rows.flatMap(({ row }) => {
      const parsed = Observation.safeParse(row)
      return parsed.success ? [] : [`${row.nativeId}: ${parsed.error.message}`]
    })
    expect(wrong).toEqual([])
  })
  test('has every kind', () => {
    expect(new Set(rows.map(({ row }) => row.kind)).size).toBe(10)
  })
  test('goes through the pipeline: every look is complete, and refusals are told as gaps', async () => {
    const connector = estateConnector({ identities: 6000, seed: 7, day: 0 })
    const session = new Session({
      transport: connector.open({}),
      signal: new AbortController().signal,
      sleep: () => Promise.resolve(),
      random: () => 0,
    })
    const states = new Set<string>()
    const gaps = new Set<string>()
    for await (const event of collect(connector, session, '2026-01-01T00:00:00Z'))
      if (event.type === 'coverage')
        for (const coverage of Object.values(event.kinds)) {
          states.add(coverage.state)
          for (const gap of coverage.gaps) gaps.add(`${gap.permission} ${gap.why}`)
        }
    expect([...states]).toEqual(['complete'])
    expect([...gaps]).toEqual(['estate:GetLastUse denied'])
  })
  test('points only to what is there', () => {
    const lost: string[] = []
    const expectThere = (scope: string, kind: Kind, id: string) => isThere(scope, kind, id) || lost.push(id)
    for (const { scope, row } of ofKind('credential'))
      if (row.identity.state === 'known') expectThere(scope, 'identity', row.identity.value)
    for (const { scope, row } of ofKind('grant')) {
      expectThere(scope, 'identity', row.identity)
      expectThere(scope, 'entitlement', row.entitlement)
      const granted = byKey.get(keyOf(scope, 'entitlement', row.entitlement))
      expect(granted).toMatchObject({ name: row.entitlementName })
    }
    for (const { scope, row } of ofKind('workload'))
      for (const used of row.uses) expectThere(scope, 'identity', used)
    for (const { scope, row } of ofKind('usage')) {
      expectThere(scope, 'identity', row.identity)
      if (row.credential !== undefined) expectThere(scope, 'credential', row.credential)
    }
    for (const kind of ['trust', 'owner-hint'] as const)
      for (const { scope, row } of ofKind(kind)) expectThere(scope, 'identity', row.identity ?? '')
    expect(lost).toEqual([])
  })
  test('has no credential where there never is one', () => {
    const never = new Set(
      ofKind('identity').flatMap(({ row }) => (row.neverHasCredentials ? row.nativeId : [])),
    )
    const held = ofKind('credential').flatMap(({ row }) =>
      row.identity.state === 'known' ? row.identity.value : [],
    )
    expect(never.size).toBeGreaterThan(100)
    expect(held.filter((id) => never.has(id))).toEqual([])
  })
  test('knows some facts, lacks some and cannot tell others', () => {
    const shares = (facts: readonly { state: string }[]) => {
      const of = (state: string) => facts.filter((fact) => fact.state === state).length / facts.length
      return { known: of('known'), absent: of('absent'), unknown: of('unknown') }
    }
    const { known, absent, unknown } = shares(ofKind('credential').map(({ row }) => row.lastUsedAt))
    expect(Math.min(known, absent, unknown)).toBeGreaterThan(0.1)
    expect(known).toBeGreaterThan(0.4)
  })
  test('says of every fact which declared permission told it', () => {
    const declared = new Set(estateConnector(SMALL).manifest.permissions.map(({ name }) => name))
    const sources = rows.flatMap(({ row }) => Object.values(row).flatMap((v) => (isFact(v) ? v.source : [])))
    expect([...new Set(sources)].filter((source) => !declared.has(source))).toEqual([])
  })
  test('has a name for every type it reports, and reports every type it names', () => {
    const { types } = estateConnector(SMALL).manifest
    const scopes = organisationOf(SMALL).places.map(({ kind }) => `estate.${kind}`)
    const reported = new Set([...scopes, ...rows.flatMap(({ row }) => ('type' in row ? row.type : []))])
    expect([...reported].sort()).toEqual(Object.keys(types).sort())
  })
  test('has names and aliases of a length that real ones have', () => {
    const identities = ofKind('identity').map(({ row }) => row)
    const lengths = (texts: string[]) => texts.map((text) => text.length).sort((a, b) => a - b)
    const names = lengths(identities.map(({ name }) => name))
    const aliases = lengths(identities.map(({ aliases }) => aliases[0] ?? ''))
    expect([names[0]! >= 10, names.at(-1)! <= 40]).toEqual([true, true])
    expect([aliases[0]! >= 55, aliases.at(-1)! <= 95]).toEqual([true, true])
    expect(aliases[Math.floor(aliases.length / 2)]).toBeGreaterThan(60)
    expect(new Set(identities.map(({ aliases }) => aliases[0])).size).toBe(identities.length)
  })
  test('says nothing that lies after the look', () => {
    const look = '2026-01-04T00:00:00.000Z'
    const told = rows.flatMap(({ row }) =>
      Object.entries(row).flatMap(([field, v]) => {
        if (row.kind === 'usage') return field === 'at' ? String(v) : []
        return field !== 'expiresAt' && /At$/.test(field) && isFact(v) && v.state === 'known'
          ? String(v.value)
          : []
      }),
    )
    expect(told.length).toBeGreaterThan(5000)
    expect(told.filter((instant) => instant > look)).toEqual([])
  })
})

test('an estate of a single identity can be read', async () => {
  const { rows } = await readWhole({ identities: 1, seed: 7, day: 0 })
  expect(rows.filter(({ row }) => row.kind === 'identity')).toHaveLength(1)
})
