// Migrations as npm start applies them: all or nothing, once, and never over a newer database.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '@/scripts/database/migrate.mjs'

const url = process.env.DATABASE_URL!
const client = new pg.Client({ connectionString: url })
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'migrations-'))
  await client.connect()
  await client.query('DROP TABLE _prisma_migrations')
})
afterAll(async () => {
  await client.end()
  rmSync(folder, { recursive: true })
})

function add(name: string, sql: string) {
  mkdirSync(path.join(folder, name), { recursive: true })
  writeFileSync(path.join(folder, name, 'migration.sql'), sql)
}
const has = async (table: string) =>
  (await client.query('SELECT to_regclass($1) AS found', [table])).rows[0].found !== null

test('a failed migration leaves nothing behind and can be repaired', async () => {
  add('1_good', 'CREATE TABLE good (a int);')
  add('2_bad', 'CREATE TABLE half (a int); SELECT 1 / 0;')
  await expect(migrate(url, { folder })).rejects.toThrow('Migration 2_bad failed: division by zero')
  expect([await has('good'), await has('half')]).toEqual([true, false])
  add('2_bad', 'CREATE TABLE half (a int);')
  expect(await migrate(url, { folder })).toEqual(['2_bad'])
})

test('three at once apply it once', async () => {
  add('3_once', 'CREATE TABLE once (a int); SELECT pg_sleep(0.1);')
  const applied = await Promise.all([1, 2, 3].map(() => migrate(url, { folder })))
  expect(applied.flat()).toEqual(['3_once'])
})

test('an edited one is reported, not applied again', async () => {
  const warnings: string[] = []
  add('1_good', 'CREATE TABLE good (a int, b int);')
  expect(await migrate(url, { folder, warn: (text: string) => void warnings.push(text) })).toEqual([])
  expect(warnings).toEqual(['Migration 1_good was edited after it was applied'])
})

test('a database of a newer version is refused', async () => {
  rmSync(path.join(folder, '3_once'), { recursive: true })
  await expect(migrate(url, { folder })).rejects.toThrow('made by a newer Rollcall (it has migration 3_once)')
})
