// What the role may that pages and worker work with: everything they do, and nothing that would change what was done.
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { grantWork } from '@/scripts/database/app-role.mjs'

const owner = process.env.DATABASE_URL ?? ''
const [name = '', password = ''] = (process.env.ROLLCALL_TEST_WORKER ?? '').split(':')
const worker = Object.assign(new URL(owner), { username: name, password }).href
let client: pg.Client | undefined
const admin = new pg.Client({ connectionString: owner })

beforeEach(({ skip }) => skip(!name, 'this server was lent without the right to make roles'))
beforeAll(async () => {
  if (!name) return
  await admin.connect()
  await grantWork(owner, name)
  client = new pg.Client({ connectionString: worker })
  await client.connect()
  await client.query(`INSERT INTO activity (at, actor_kind, actor_id, actor_name, action, detail)
    VALUES (now(), 'user', 'u1', 'Ada', 'test.done', '{}')`)
})
afterAll(async () => {
  await client?.end()
  await admin.end()
})
const asWorker = () => {
  if (!client) throw new Error('nobody is connected')
  return client
}

const refused = (sql: string) =>
  expect(
    asWorker()
      .query(sql)
      .then(() => 'done'),
    sql,
  ).rejects.toMatchObject({ code: '42501' })
const tablesOf = async (schema: string): Promise<string[]> => {
  const { rows } = await admin.query<{ name: string }>(
    "SELECT oid::regclass::text AS name FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind IN ('r', 'p', 'v') ORDER BY 1",
    [schema],
  )
  return rows.map(({ name: table }) => table)
}

test('what it writes is chained by the database, whose links it cannot write', async () => {
  const { rows } = await asWorker().query(
    'SELECT l.seq FROM activity a JOIN activity_link l ON l.activity_id = a.id',
  )
  expect(rows).toEqual([{ seq: '1' }])
  await refused("INSERT INTO activity_link VALUES (2, 2, repeat('0', 64))")
})

describe.each(['activity', 'activity_link'])('%s', (table) => {
  test.each([
    `UPDATE ${table} SET ${table === 'activity' ? "action = 'x'" : 'seq = 9'}`,
    `DELETE FROM ${table}`,
    `TRUNCATE ${table}`,
    `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
    `DROP TRIGGER ${table}_only_added ON ${table}`,
    `DROP TABLE ${table}`,
    `CREATE TRIGGER mine BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION only_added()`,
    `ALTER TABLE ${table} OWNER TO ${JSON.stringify(name)}`,
  ])('refuses %s', refused)
})

test.each([
  `CREATE OR REPLACE FUNCTION only_added() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
  'ALTER FUNCTION chain_activity() SECURITY INVOKER',
  'CREATE TABLE public.mine (a int)',
  'SET session_replication_role = replica',
  "UPDATE _prisma_migrations SET checksum = 'x'",
  'CREATE ROLE another SUPERUSER',
])('nor is what guards it taken off: %s', refused)

test('every other table is worked with', async () => {
  const privileges = async (tables: string[]) => {
    const { rows } = await asWorker().query<{ name: string; may: string }>(
      `SELECT t.name, concat_ws(' ', ${['SELECT', 'INSERT', 'UPDATE', 'DELETE']
        .map((one) => `CASE WHEN has_table_privilege(t.name, '${one}') THEN '${one}' END`)
        .join(', ')}) AS may FROM unnest($1::text[]) t (name)`,
      [tables],
    )
    return rows.filter(({ may }) => may !== 'SELECT INSERT UPDATE DELETE')
  }
  expect(await privileges(await tablesOf('public'))).toEqual([
    { name: '_prisma_migrations', may: 'SELECT' },
    { name: 'activity', may: 'SELECT INSERT' },
    { name: 'activity_link', may: 'SELECT' },
  ])
  for (const schema of ['past', 'version', 'moment'])
    expect(await privileges(await tablesOf(schema)), schema).toEqual([])
})

test('it makes the tables that come and go, and those that somebody else made there are its own', async () => {
  await admin.query('CREATE TABLE staging.left_over (a int)')
  await refused('INSERT INTO staging.left_over VALUES (1)')
  await grantWork(owner, name)
  await asWorker().query(
    'DROP TABLE staging.left_over; CREATE UNLOGGED TABLE judging.mine (a int); CREATE SCHEMA pgboss',
  )
  await asWorker().query('DROP TABLE judging.mine')
})

test('a name that could be more than a name is granted nothing', async () => {
  await expect(grantWork(owner, 'x"; DROP TABLE activity; --')).rejects.toThrow('cannot grant anything to')
})
