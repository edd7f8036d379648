// What is judged again only where something moved says the same as judging everything anew, row by row.
import { beforeEach, expect, test } from 'vitest'
import { absent, known } from '@/core/fact'
import { DEFAULT_POLICY, Policy } from '@/core/policy'
import type { Observed } from '@/core/observation'
import { scopeIdOf } from '@/inventory/scopes'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { seeded } from '@/bench/queries/random'
import { ownerHint } from '@/tests/queried-estate'
import { connection, credential, grant, identity, refused, secret, takeLook } from '@/tests/scripted-source'
import { evaluateDue } from './evaluate-due'
import { evaluateScope } from './evaluate-scope'

const SOURCE = 'demo:List'
const DAY_MS = 24 * 3600_000
const at = (day: number) => new Date(Date.parse('2026-06-01T00:00:00.000Z') + day * DAY_MS).toISOString()
const signal = new AbortController().signal

let scope: string
let scopeId: string
beforeEach(async () => {
  await db.policy.deleteMany()
  scope = `s-${Math.random().toString(36).slice(2)}`
  scopeId = scopeIdOf('demo', false, scope)
})
const evaluate = (day: number) => evaluateScope({ scopeId, signal, now: at(day) })

/** All that an evaluation leaves, but for when it was written and confirmed. */
async function said() {
  const rows = (what: Prisma.Sql) => db.$queryRaw<Record<string, unknown>[]>(what)
  const id = Prisma.sql`${scopeId}::uuid`
  return {
    findings: await rows(Prisma.sql`
      SELECT rule_id, revision, subject_kind, subject_id, subject_name, identity_id, verdict, severity, message, latent, state,
        evidence_hash FROM finding WHERE scope_id = ${id} AND state = 'open' ORDER BY rule_id, subject_id`),
    postures: await rows(Prisma.sql`
      SELECT p.identity_id, p.owner_state, p.owner_name, p.privilege_class, p.credentials, p.credentials_state,
        p.oldest_credential_at, p.failing, p.unknowns, p.worst, p.worst_open FROM posture p JOIN identity i ON i.id = p.identity_id
      WHERE p.scope_id = ${id} ORDER BY 1`),
    tallies: await rows(Prisma.sql`
      SELECT rule_id, pass, fail, unknown, not_applicable, exempt, off FROM tally WHERE scope_id = ${id} ORDER BY 1`),
    states: await rows(Prisma.sql`
      SELECT s.id, s.kind, s.answers, s.digest, s.due_at, f.facts FROM subject_state s LEFT JOIN subject_facts f USING (id)
      WHERE s.scope_id = ${id} AND s.kind <> 'scope' ORDER BY 1`),
    scores: await rows(Prisma.sql`
      SELECT privilege_class, worst, worst_open, count FROM score_count WHERE scope_id = ${id} ORDER BY 1, 2, 3`),
    facets: await rows(Prisma.sql`
      SELECT type, class, owner_state, owner_name, privilege_class, retired, count FROM facet_count WHERE scope_id = ${id}
      ORDER BY 1, 2, 3, 4, 5, 6`),
  }
}

/** The same after everything was forgotten on which an evaluation could go on. */
async function saidAnew(day: number) {
  await db.evaluation.deleteMany({ where: { scopeId } })
  await db.subjectState.deleteMany({ where: { scopeId } })
  await db.subjectFacts.deleteMany({ where: { scopeId } })
  expect(await evaluate(day)).toMatchObject({ how: 'read' })
  return said()
}

type Random = () => number
const pick = <T>(random: Random, some: readonly T[]): T => some[Math.floor(random() * some.length)] as T

/** A small organisation that is another one each time. */
function organisation(random: Random): Observed[] {
  const chance = (part: number) => random() < part
  return Array.from({ length: 12 }, (_, n) => `i${n}`)
    .filter(() => chance(0.8))
    .flatMap((name): Observed[] => [
      identity(name, {
        enabled: known(chance(0.8), SOURCE),
        tags: chance(0.5) ? known({ env: pick(random, ['prod', 'dev']) }, SOURCE) : absent(SOURCE),
        class: chance(0.9) ? 'machine' : 'human',
      }),
      ...(chance(0.4) ? [ownerHint(name, pick(random, ['ann@example.com', 'bob@example.com']))] : []),
      ...(chance(0.6)
        ? [
            credential(`k-${name}`, pick(random, [name, 'i0', 'nobody']), {
              createdAt: known(at(-Math.floor(random() * 120)), SOURCE),
              expiresAt: chance(0.5) ? known(at(Math.floor(random() * 40)), SOURCE) : absent(SOURCE),
            }),
          ]
        : []),
      ...(chance(0.3) ? [grant(`g-${name}`, name)] : []),
      ...(chance(0.3)
        ? [secret(`s-${name}`, { expiresAt: chance(0.5) ? known(at(20), SOURCE) : absent(SOURCE) })]
        : []),
    ])
}

const KINDS = ['identity', 'credential', 'grant', 'owner-hint', 'secret'] as const
const policies: Policy[] = [
  DEFAULT_POLICY,
  Policy.parse({
    ...DEFAULT_POLICY,
    rules: {
      'credential-long-lived': {
        params: { ageDaysMax: 30 },
        for: [{ environments: ['production'], severity: 'critical' }],
      },
      'identity-ownerless': { off: 'owners are kept elsewhere' },
    },
    breakGlass: [{ identity: 'i1', why: 'when all else fails', until: '2026-06-10' }],
  }),
]
const decide = async (policy: Policy) => {
  const newest = await db.policy.aggregate({ _max: { version: true } })
  const version = (newest._max.version ?? 0) + 1
  await db.policy.create({
    data: {
      version,
      doc: policy as unknown as Prisma.InputJsonObject,
      note: 'test',
      author: 'test',
      source: 'code',
    },
  })
}

test.each([1, 2, 3])('random changes, seed %i', { timeout: 600_000 }, async (seed) => {
  const random = seeded(seed)
  const to = await connection()
  let seen = organisation(random)
  const look = (day: number, fails = false) =>
    takeLook(to, {
      at: at(day),
      scopes: [scope],
      streams: {
        main: { kinds: [...KINDS], observations: fails ? [] : seen, ...(fails && { fails: refused() }) },
      },
    })
  await look(0)
  await evaluate(0)
  const ways = new Set<string>()
  for (let day = 1; day < 10; day++) {
    const what = random()
    if (what < 0.2) await decide(pick(random, policies))
    else if (what < 0.35) await look(day, true)
    else if (what < 0.85) {
      const other = organisation(random)
      seen = seen.flatMap((one) => (random() < 0.85 ? [one] : []))
      const names = new Set(seen.map(({ nativeId }) => nativeId))
      seen.push(...other.filter(({ nativeId }) => !names.has(nativeId)).slice(0, 4))
      await look(day)
    }
    const done = await evaluate(day * 4)
    ways.add(done?.how ?? 'gone')
    const step = await said()
    expect(step, `seed ${seed}, day ${day}, ${done?.how}`).toEqual(await saidAnew(day * 4))
  }
  expect(ways.has('moved')).toBe(true)
})

test('what did not move is not read; what falls due is, and its scope is found', async () => {
  const to = await connection()
  const observations = [
    ...Array.from({ length: 30 }, (_, n) => identity(`i${n}`)),
    credential('fresh', 'i1', { createdAt: known(at(-80), SOURCE) }),
  ]
  const look = (day: number, seen: Observed[]) =>
    takeLook(to, {
      at: at(day),
      scopes: [scope],
      streams: { main: { kinds: [...KINDS], observations: seen } },
    })
  await look(0, observations)
  expect(await evaluate(0)).toMatchObject({ how: 'read', read: 31 })
  await look(1, observations)
  // The scope itself is asked about each time.
  expect(await evaluate(1)).toMatchObject({ how: 'moved', read: 1 })
  await look(2, [
    ...observations.slice(0, -1),
    ownerHint('i7', 'ann@example.com'),
    observations.at(-1) as Observed,
  ])
  expect(await evaluate(2)).toMatchObject({ how: 'moved', read: 2 })
  expect(await evaluateDue(new Date(at(3)))).not.toContain(scopeId)
  expect(await evaluateDue(new Date(at(20)))).toContain(scopeId)
  expect(await evaluate(20)).toMatchObject({ how: 'moved', read: 2 })
  const [finding] = await db.finding.findMany({ where: { scopeId, ruleId: 'credential-long-lived' } })
  expect(finding?.state).toBe('open')
})

test('a policy is asked from what was read, and only what it moves is read again', async () => {
  const to = await connection()
  const observations = [identity('a'), identity('b'), ownerHint('b', 'ann@example.com')]
  await takeLook(to, { at: at(0), scopes: [scope], streams: { main: { kinds: [...KINDS], observations } } })
  await evaluate(0)
  const ownerless = { scopeId, ruleId: 'identity-ownerless' }
  const before = await db.finding.findFirstOrThrow({ where: ownerless })
  await decide(Policy.parse({ ...DEFAULT_POLICY, rules: { 'identity-ownerless': { severity: 'critical' } } }))
  expect(await evaluate(1)).toMatchObject({ how: 'asked', read: 2 })
  const worse = await db.finding.findFirstOrThrow({ where: ownerless })
  expect([worse.id, worse.severity, worse.state]).toEqual([before.id, 0, 'open'])
  expect(worse.revision).not.toBe(before.revision)
  const revision = await db.ruleRevision.findUniqueOrThrow({ where: { revision: worse.revision } })
  expect(revision).toMatchObject({ ruleId: 'identity-ownerless', severity: 'critical', params: {} })
  await decide(
    Policy.parse({ ...DEFAULT_POLICY, rules: { 'identity-ownerless': { off: 'kept elsewhere' } } }),
  )
  await evaluate(2)
  const off = await db.finding.findFirstOrThrow({ where: ownerless })
  expect([off.state, off.resolvedWhy]).toEqual(['resolved', 'the rule is turned off: kept elsewhere'])
  expect(await db.tally.findFirstOrThrow({ where: ownerless })).toMatchObject({
    fail: 0,
    off: 'kept elsewhere',
  })
})

test('a stored secret is judged with no identity, and what is gone is told of it', async () => {
  const to = await connection()
  const look = (day: number, observations: Observed[]) =>
    takeLook(to, { at: at(day), scopes: [scope], streams: { main: { kinds: [...KINDS], observations } } })
  await look(0, [identity('a'), secret('kept')])
  await evaluate(0)
  const of = async () =>
    (await db.finding.findMany({ where: { scopeId, subjectKind: 'secret' } })).map((f) => [
      f.identityId,
      f.state,
    ])
  const kinds = await db.subjectState.findMany({ where: { scopeId }, orderBy: { kind: 'asc' } })
  expect(kinds.map(({ kind }) => kind)).toEqual(['identity', 'scope', 'secret'])
  const open = await of()
  await look(1, [identity('a')])
  await evaluate(1)
  expect(await of()).toEqual(open.map(() => [null, 'resolved']))
  expect(await db.subjectState.count({ where: { scopeId, kind: 'secret' } })).toBe(0)
})
