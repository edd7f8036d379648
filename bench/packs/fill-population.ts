// Fills a database of its own with what a pack can be about, in a few statements: identities, each with a credential, a right
// and what the rules would have said of it. No rule is asked.
import { maintain, withServer } from '../sync/server'

const KNOWN = (value: string) =>
  `jsonb_build_object('state', 'known', 'value', ${value}, 'source', 'bench:List', 'at', '2026-06-01T00:00:00.000Z')`
const UNKNOWN = `jsonb_build_object('state', 'unknown', 'why', 'not-offered', 'source', 'bench:List')`
const id = (word: string) => `md5('${word} ' || n)::uuid`
const PLACE = `md5('place ' || n % 100)::uuid`
/** How a row came to be known: what every kind of row ends with. */
const KEPT = 'fingerprint, first_seen_at, valid_from, run_id'
const kept = (word: string) => `${id(word)}, now(), now(), gen_random_uuid()`
const ALL = 'generate_series(1, $1::int) n'
const PLACES = 'generate_series(0, 99) n'

const IDENTITY = `jsonb_build_object('kind', 'identity', 'nativeId', 'measured-' || n, 'aliases', '[]'::jsonb, 'type', 'measured.role',
  'name', 'service-' || n, 'class', 'machine', 'classReason', 'It is so.', 'createdAt', ${KNOWN("'2026-01-01T00:00:00.000Z'")})`
const CREDENTIAL = `jsonb_build_object('kind', 'credential', 'nativeId', 'key-' || n, 'type', 'measured.key', 'form', 'key', 'name', 'key-' || n,
  'identity', ${KNOWN("'measured-' || n")}, 'createdAt', ${KNOWN("'2026-01-01T00:00:00.000Z'")}, 'rotatedAt', ${UNKNOWN},
  'expiresAt', ${UNKNOWN}, 'lastUsedAt', ${UNKNOWN}, 'lastUsedWhere', ${UNKNOWN}, 'enabled', ${KNOWN('true')})`
const ENTITLEMENT = `jsonb_build_object('kind', 'entitlement', 'nativeId', 'right-' || n, 'type', 'measured.right', 'name', 'right-' || n,
  'language', 'measured', 'managedBy', 'customer', 'aliases', '[]'::jsonb, 'document', ${UNKNOWN})`
const GRANT = `jsonb_build_object('kind', 'grant', 'nativeId', 'grant-' || n, 'identity', 'measured-' || n,
  'entitlement', 'right-' || n % 100, 'entitlementName', 'right-' || n % 100, 'effect', 'allow', 'via', 'attached')`
const EVIDENCE = `jsonb_build_array(jsonb_build_object('fact', 'owner', 'state', 'unknown', 'source', 'bench:List', 'why', 'not-offered'))`

const STATEMENTS: readonly string[] = [
  `INSERT INTO scope (id, connector_id, native_id, name, type, sample, first_seen_at, authorities)
   SELECT ${id('place')}, 'bench', 'place-' || n, 'place-' || n, 'measured.account', false, now(), '{}' FROM ${PLACES}`,
  `INSERT INTO look (scope_id, stream, kind, at, run_id, state, gaps, complete_at)
   SELECT md5('place ' || n)::uuid, 'main', kind, now(), gen_random_uuid(), 'complete', '[]', now()
   FROM ${PLACES}, unnest(ARRAY['identity', 'credential', 'entitlement', 'grant']) kind`,
  `INSERT INTO entitlement (id, scope_id, stream, native_id, type, name, language, managed_by, aliases, doc, ${KEPT})
   SELECT ${id('right')}, ${id('place')}, 'main', 'right-' || n, 'measured.right', 'right-' || n, 'measured', 'customer', '{}',
     ${ENTITLEMENT}, ${kept('right')} FROM ${PLACES}`,
]
const FILLING: readonly string[] = [
  `INSERT INTO identity (id, scope_id, stream, native_id, type, name, class, aliases, last_used_state, enabled, doc, ${KEPT})
   SELECT ${id('measured')}, ${PLACE}, 'main', 'measured-' || n, 'measured.role', 'service-' || n, 'machine', '{}', 'unknown', true,
     ${IDENTITY}, ${kept('measured')} FROM ${ALL}`,
  `INSERT INTO credential (id, scope_id, stream, native_id, identity_id, identity_ref, type, form, name, created_at, enabled, doc, ${KEPT})
   SELECT ${id('key')}, ${PLACE}, 'main', 'key-' || n, ${id('measured')}, 'measured-' || n, 'measured.key', 'key', 'key-' || n,
     '2026-01-01T00:00:00Z', true, ${CREDENTIAL}, ${kept('key')} FROM ${ALL}`,
  `INSERT INTO "grant" (id, scope_id, stream, native_id, identity_id, identity_ref, entitlement_id, effect, via, doc, ${KEPT})
   SELECT ${id('grant')}, ${PLACE}, 'main', 'grant-' || n, ${id('measured')}, 'measured-' || n, md5('right ' || n % 100)::uuid,
     'allow', 'attached', ${GRANT}, ${kept('grant')} FROM ${ALL}`,
  `INSERT INTO finding (id, rule_id, revision, subject_kind, subject_id, subject_name, identity_id, scope_id, verdict, severity,
     message, evidence, evidence_hash, state, opened_at, changed_at)
   SELECT ${id('finding')}, 'identity-ownerless', 'measured', 'identity', ${id('measured')}, 'service-' || n, ${id('measured')}, ${PLACE},
     'unknown', 2, 'Nobody can tell who answers for it.', ${EVIDENCE}, 'measured', 'open', now(), now() FROM ${ALL}`,
]

/** @param identities how many there are; there are as many credentials, rights and findings */
export async function fillPopulation(identities: number): Promise<void> {
  await withServer(async (client) => {
    for (const statement of STATEMENTS) await client.query(statement)
    for (const statement of FILLING) await client.query(statement, [identities])
  })
  await maintain('public')
}
