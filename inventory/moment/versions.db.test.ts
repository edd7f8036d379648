// The database keeps the past by itself: every table of the record is registered, with every column it has.
import { expect, test } from 'vitest'
import { db } from '@/prisma/client'

/** Tables that are no part of the record: people, secrets of the installation, bookkeeping, what is only ever added (as what
 *  people decide, and what they were told), and what is worked out anew from the record (its verdicts are kept as findings). */
const UNVERSIONED = [
  '_prisma_migrations',
  'access_analysis',
  'access_change',
  'access_rests',
  'access_step',
  'access_verdict',
  'account',
  'activity',
  'activity_link',
  'addendum',
  'apikey',
  'audit',
  'audit_auditor',
  'audit_change',
  'audit_comment',
  'audit_item',
  'audit_pack',
  'audit_sample',
  'campaign',
  'campaign_item',
  'campaign_stage',
  'channel',
  'code_owners',
  'decision',
  'delegation',
  'delivery',
  'delivery_period',
  'directory_change',
  'evaluation',
  'exception',
  'item_handover',
  'join_change',
  'join_key',
  'join_link',
  'join_scope',
  'join_todo',
  'link_attempt',
  'notice',
  'notice_preference',
  'owner_declared',
  'owners_file',
  'ownership',
  'ownership_act',
  'ownership_change',
  'pack',
  'person',
  'person_source',
  'policy',
  'provisioned_person',
  'provisioned_team',
  'received',
  'received_gap',
  'remediation',
  'review_event',
  'review_link',
  'rule_revision',
  'second_look',
  'session',
  'setting',
  'sign_off',
  'signing_key',
  'subject_facts',
  'subject_state',
  'team',
  'team_member',
  'touched',
  'touched_up_to',
  'triage',
  'triage_act',
  'triage_change',
  'user',
  'user_scope',
  'verification',
  'worker',
]

const tablesOf = async (schema: string) =>
  (
    await db.$queryRaw<{ name: string }[]>`
      SELECT tablename AS name FROM pg_tables WHERE schemaname = ${schema} ORDER BY tablename`
  ).map(({ name }) => name)

test('every table either keeps its versions or is named here', async () => {
  const kept = await tablesOf('version')
  expect(kept.length).toBeGreaterThan(15)
  expect(await tablesOf('past')).toEqual(kept)
  expect((await tablesOf('public')).filter((name) => !kept.includes(name))).toEqual(UNVERSIONED)
})

test('a table, its past and what spans both have the same columns, and its trigger copies each of them', async () => {
  const columns = await db.$queryRaw<{ table: string; schema: string; columns: string[] }[]>`
    SELECT c.relname AS table, n.nspname AS schema, array_agg(a.attname::text ORDER BY a.attname) AS columns
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('public', 'past', 'version', 'moment') AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'v')
    GROUP BY 1, 2`
  const of = (schema: string, table: string) =>
    columns.find((c) => c.schema === schema && c.table === table)?.columns ?? []
  const triggers = await db.$queryRaw<{ name: string; body: string }[]>`
    SELECT p.proname AS name, p.prosrc AS body FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'version'`
  for (const table of await tablesOf('version')) {
    for (const schema of ['past', 'public', 'moment'])
      expect(of(schema, table), `${schema}.${table}`).toEqual(of('version', table))
    const body = triggers.find(({ name }) => name === table)?.body ?? ''
    const written = /INSERT INTO past\.\S+ \(([^)]*)\)/.exec(body)?.[1]?.replaceAll('"', '').split(', ')
    expect(written?.sort(), table).toEqual(of('version', table))
  }
})

test('secrets are never copied into the past', async () => {
  const { id } = await db.connection.create({
    data: {
      connectorId: 'demo',
      name: 'sealed',
      mode: 'live',
      settings: Buffer.from('sealed settings'),
      intervalMinutes: 60,
      createdBy: 'test',
    },
  })
  await db.connection.update({ where: { id }, data: { settings: Buffer.from('other'), paused: true } })
  await db.connection.delete({ where: { id } })
  const kept = await db.$queryRaw<{ paused: boolean; bytes: number }[]>`
    SELECT paused, length(settings) AS bytes FROM past.connection WHERE id = ${id}::uuid ORDER BY known_from`
  expect(kept).toEqual([
    { paused: false, bytes: 0 },
    { paused: true, bytes: 0 },
  ])
})

test('an update that changes nothing makes no version, and a version is never longer than its time', async () => {
  const at = new Date('2026-05-01T00:00:00.000Z')
  const scope = await db.scope.create({
    data: {
      id: '00000000-0000-8000-8000-0000000000aa',
      connectorId: 'demo',
      nativeId: 'versions',
      name: 'one',
      type: 'demo.account',
      sample: false,
      firstSeenAt: at,
      validFrom: at,
    },
  })
  const versions = () =>
    db.$queryRaw<{ name: string; ordered: boolean }[]>`
      SELECT name, valid_from < valid_to AND known_from < known_to AS ordered FROM past.scope
      WHERE id = ${scope.id}::uuid ORDER BY known_from`
  await db.scope.update({ where: { id: scope.id }, data: { name: 'one', evaluatedAt: new Date() } })
  expect(await versions()).toEqual([])
  await db.scope.update({ where: { id: scope.id }, data: { name: 'two' } })
  // A writer that claims it was true before it was: the version that ends keeps its time.
  await db.scope.update({ where: { id: scope.id }, data: { name: 'three', validFrom: new Date(0) } })
  expect((await versions()).map(({ name }) => name)).toEqual(['one', 'two'])
  expect((await db.scope.findUniqueOrThrow({ where: { id: scope.id } })).validFrom > at).toBe(true)
})

test('knowledge never goes back, even when the clock does', async () => {
  const [now] = await db.$queryRaw<{ at: Date }[]>`SELECT knowledge_now() AS at`
  const ahead = Date.now() + 3_600_000
  await db.$executeRaw`SELECT setval('knowledge_clock', ${ahead}::bigint)`
  const [later] = await db.$queryRaw<{ at: Date }[]>`SELECT knowledge_now() AS at`
  const [latest] = await db.$queryRaw<{ at: Date }[]>`SELECT knowledge_now() AS at`
  expect(now && later && latest && now.at < later.at && later.at < latest.at).toBe(true)
  expect(later?.at.getTime()).toBe(ahead + 1)
})
