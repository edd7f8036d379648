// Writes a made-up realm into the inventory, seen whole, so that it is analysed the way every scope is.
import type pg from 'pg'
import type { Held, Realm } from '@/core/access'
import { maintain, withServer } from '../sync/server'

const HEAD = `rollcall_id($2, kind, id), $2, 'main', id, '00000000-0000-0000-0000-000000000000', now(), now(), '${'0'.repeat(8)}-0000-4000-8000-000000000000'`
const HEAD_COLUMNS = 'id, scope_id, stream, native_id, fingerprint, first_seen_at, valid_from, run_id'
const KINDS = ['identity', 'grant', 'entitlement', 'trust', 'workload', 'secret', 'issuer']
const known = (value: unknown) => ({ state: 'known', source: 'bench', value })

/** What becomes of one row of each kind; `$1` are the rows, `$2` is the scope. */
const INSERTS = {
  identity: `INSERT INTO identity (${HEAD_COLUMNS}, type, name, class, aliases, last_used_state, enabled, doc)
    SELECT ${HEAD}, type, name, class, aliases, 'unknown', true, doc FROM jsonb_to_recordset($1::jsonb) AS t (kind text, id text,
      type text, name text, class text, aliases text[], doc jsonb)`,
  entitlement: `INSERT INTO entitlement (${HEAD_COLUMNS}, type, name, language, managed_by, aliases, doc)
    SELECT ${HEAD}, type, name, language, 'customer', aliases, doc FROM jsonb_to_recordset($1::jsonb) AS t (kind text, id text,
      type text, name text, language text, aliases text[], doc jsonb)`,
  grant: `INSERT INTO "grant" (${HEAD_COLUMNS}, identity_id, identity_ref, entitlement_id, effect, via, doc)
    SELECT ${HEAD}, rollcall_id($2, 'identity', holder), holder, rollcall_id($2, 'entitlement', doc ->> 'entitlement'), effect, via, doc
    FROM jsonb_to_recordset($1::jsonb) AS t (kind text, id text, holder text, effect text, via text, doc jsonb)`,
  trust: `INSERT INTO trust (${HEAD_COLUMNS}, identity_id, identity_ref, principal_type, principal, effect, doc)
    SELECT ${HEAD}, rollcall_id($2, 'identity', holder), holder, "principalType", principal, effect, doc
    FROM jsonb_to_recordset($1::jsonb) AS t (kind text, id text, holder text, "principalType" text, principal text, effect text, doc jsonb)`,
  workload: `INSERT INTO workload (${HEAD_COLUMNS}, type, name, aliases, uses, doc)
    SELECT ${HEAD}, type, name, aliases, uses, doc FROM jsonb_to_recordset($1::jsonb) AS t (kind text, id text, type text, name text,
      aliases text[], uses text[], doc jsonb)`,
  secret: `INSERT INTO secret (${HEAD_COLUMNS}, type, name, doc)
    SELECT ${HEAD}, type, name, '{}' FROM jsonb_to_recordset($1::jsonb) AS t (kind text, id text, type text, name text)`,
  issuer: `INSERT INTO issuer (${HEAD_COLUMNS}, type, name, aliases, doc)
    SELECT ${HEAD}, type, name, '{}', '{}' FROM jsonb_to_recordset($1::jsonb) AS t (kind text, id text, type text, name text)`,
} as const
type Kind = keyof typeof INSERTS
type Row = Readonly<Record<string, unknown>>

function rowsOf({ principals, rulings, runners, things }: Realm): Record<Kind, Row[]> {
  const documents = new Map<string, Row>()
  const keep = (one: Omit<Held, 'effect' | 'via'>, type: string, aliases: readonly string[] = []) =>
    documents.set(one.id, {
      ...one,
      type,
      aliases,
      doc: { document: one.document ? known(one.document) : { state: 'absent', source: 'bench' } },
    })
  for (const { held } of principals) for (const one of held) keep(one, 'measured.document')
  for (const ruling of rulings) keep(ruling, ruling.type, ruling.aliases)
  return {
    identity: principals.map((one) => ({
      ...one,
      held: [],
      trusts: [],
      doc: { tags: known(one.tags ?? {}) },
    })),
    entitlement: [...documents.values()],
    grant: principals.flatMap(({ id: holder, held }) => held.map((one, at) => grantOf(holder, one, at))),
    trust: principals.flatMap(({ id: holder, trusts }) =>
      trusts.map(({ actions, conditions, ...one }) => ({ ...one, holder, doc: { actions, conditions } })),
    ),
    workload: runners.map((one) => ({ ...one, doc: { namespace: one.namespace } })),
    secret: things.filter(({ kind }) => kind === 'secret').map((one) => ({ ...one })),
    issuer: things.filter(({ kind }) => kind === 'issuer').map((one) => ({ ...one })),
  }
}

function grantOf(holder: string, { id, name, effect, via, place }: Held, at: number): Row {
  const [way = '', ...binding] = via.split(' ')
  const doc = {
    entitlement: id,
    entitlementName: name,
    place,
    ...(binding.length && { viaName: binding.join(' ') }),
  }
  return { id: `${holder}/${at}/${id}`, holder, effect, via: way, doc }
}

const ROWS_A_STATEMENT = 5000
async function insert(client: pg.Client, kind: Kind, scopeId: string, rows: readonly Row[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
    const some = rows.slice(at, at + ROWS_A_STATEMENT).map((row) => ({ ...row, kind }))
    await client.query(INSERTS[kind], [JSON.stringify(some), scopeId])
  }
}

/** @returns the id of its scope */
export async function fillRealm(realm: Realm): Promise<string> {
  const scopeId = await withServer(async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO scope (id, connector_id, native_id, name, type, sample, first_seen_at, authorities)
       VALUES (gen_random_uuid(), 'bench', $1, $2, $3, true, now(), '{}') RETURNING id`,
      [realm.id, realm.name, realm.type],
    )
    const id = rows[0]?.id ?? ''
    for (const [kind, some] of Object.entries(rowsOf(realm))) await insert(client, kind as Kind, id, some)
    await client.query(
      `INSERT INTO look (scope_id, stream, kind, at, run_id, state, gaps, complete_at)
       SELECT $1, 'main', kind, now(), gen_random_uuid(), 'complete', '[]', now() FROM unnest($2::text[]) kind`,
      [id, KINDS],
    )
    return id
  })
  await maintain('public')
  return scopeId
}
