// Fills a database of its own with identities and steps between them, without their indexes, which are made afterwards.
import type pg from 'pg'
import { sizesOf } from '@/estate/sizes'
import { maintain, withServer } from '../sync/server'
import { ADMINISTRATORS, IDENTITIES, NODES, OTHERS, STEPS, VERDICTS } from './graph-sql'

const TABLES = ['identity', 'access_step', 'access_verdict']
const PLAIN_INDEXES = `
  SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
  WHERE indrelid = ANY($1::regclass[]) AND NOT indisprimary AND NOT indisunique`

async function withoutIndexes(client: pg.Client, work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ name: string; definition: string }>(PLAIN_INDEXES, [TABLES])
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`)
  await work()
  await client.query("SET maintenance_work_mem = '512MB'")
  for (const { definition } of rows) await client.query(definition)
}

const PLACES = `
  CREATE TEMP TABLE place AS SELECT gen_random_uuid() AS id, ordinality AS at, size,
    (sum(size) OVER (ORDER BY ordinality) - size)::int AS low FROM unnest($SIZES::int[]) WITH ORDINALITY AS t (size, ordinality)`
const SCOPES = `
  INSERT INTO scope (id, connector_id, native_id, name, type, sample, first_seen_at, authorities)
  SELECT id, 'bench', 'measured-' || at, 'measured-' || at, 'measured.account', true, now(), '{}' FROM place`

export const fillGraph = (identities: number, seed: number): Promise<{ steps: number; scopes: number }> =>
  withServer(async (client) => {
    const sizes = sizesOf(identities)
    // Each row would be looked up in the table of scopes; whoever may not say so waits for that.
    await client.query("SET session_replication_role = 'replica'").catch(() => {})
    await client.query('SELECT setseed($1)', [(seed % 1000) / 1000])
    await client.query(PLACES.replace('$SIZES', `'{${sizes.join()}}'`))
    await client.query(SCOPES)
    await client.query(NODES)
    await client.query('CREATE INDEX ON node (n)')
    await client.query('ANALYZE node')
    await withoutIndexes(client, async () => {
      await client.query(IDENTITIES)
      await client.query(VERDICTS)
      await client.query(STEPS, [identities])
      await client.query(ADMINISTRATORS, [identities])
      await client.query(OTHERS)
    })
    const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM access_step')
    return { steps: rows[0]?.count ?? 0, scopes: sizes.length }
  }).then(async (filled) => {
    await maintain('public')
    return filled
  })
