// Fills a database of its own with identities that a pack can be about, in a few statements: none of them is judged.
import { maintain, withServer } from '../sync/server'

const SCOPES = `
  INSERT INTO scope (id, connector_id, native_id, name, type, sample, first_seen_at, authorities)
  SELECT md5('place ' || n)::uuid, 'bench', 'place-' || n, 'place-' || n, 'measured.account', false, now(), '{}'
  FROM generate_series(0, 99) n`
const LOOKS = `
  INSERT INTO look (scope_id, stream, kind, at, run_id, state, gaps, complete_at)
  SELECT id, 'main', 'identity', now(), gen_random_uuid(), 'complete', '[]', now() FROM scope`
const DOC = `jsonb_build_object('kind', 'identity', 'nativeId', 'measured-' || n, 'aliases', '[]'::jsonb, 'type', 'measured.role',
  'name', 'service-' || n, 'class', 'machine', 'classReason', 'It is so.',
  'createdAt', jsonb_build_object('state', 'known', 'value', '2026-01-01T00:00:00.000Z', 'source', 'bench:List', 'at', '2026-06-01T00:00:00.000Z'))`
const IDENTITIES = `
  INSERT INTO identity (id, scope_id, stream, native_id, type, name, class, aliases, last_used_state, enabled, doc, fingerprint,
    first_seen_at, valid_from, run_id)
  SELECT md5('measured ' || n)::uuid, md5('place ' || n % 100)::uuid, 'main', 'measured-' || n, 'measured.role', 'service-' || n,
    'machine', '{}', 'unknown', true, ${DOC}, md5('measured ' || n)::uuid, now(), now(), gen_random_uuid()
  FROM generate_series(1, $1::int) n`

export async function fillPopulation(identities: number): Promise<void> {
  await withServer(async (client) => {
    await client.query(SCOPES)
    await client.query(LOOKS)
    await client.query(IDENTITIES, [identities])
  })
  await maintain('public')
}
