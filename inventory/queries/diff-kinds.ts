// What is compared: for each kind its table of versions, when a row counts as being there, and how two versions differ.
import type { DiffKind } from '@/core/diff'

/** SQL over the aliases n (the later version), o (the earlier one) or x (either). Constant text: nothing from outside gets in. */
export type DiffSource = {
  /** The table, in the schemas `version` and `past`. */
  table: string
  /** What names a row, over x. */
  id: string
  /** Whether the versions o and n are of one row. */
  same: string
  /** Whether a version says that the thing is there, over x. */
  there: string
  /** Whether versions say themselves how they differ from the one before: as `there` and `differs` do, or not at all. */
  steps?: true
  /** changed, learned or NULL, over o and n. */
  differs: string
  /** What is shown field by field, over x. */
  shown: string
  name: string
  identity: string
  scope: string
  run: string
  /**
   * Whether nobody could have seen it at the earlier moment, over n. `{at x}` stands for "the version x holds at the
   * earlier moment".
   */
  unseen: string
  /** Further columns, over x. */
  more?: string
}

const looked = (
  kinds: string,
  stream = '',
) => `EXISTS (SELECT 1 FROM version.look l WHERE l.scope_id = n.scope_id
  AND l.kind ${kinds}${stream} AND l.complete_at IS NOT NULL AND {at l})`

const inventory = (table: string, kind: string, name: string, identity: string): DiffSource => ({
  table,
  id: 'x.id',
  same: 'o.id = n.id',
  there: 'x.retired_at IS NULL',
  steps: true,
  differs: `CASE WHEN o.doc = n.doc THEN NULL ELSE public.doc_difference(o.doc, n.doc) END`,
  shown: 'x.doc',
  name,
  identity,
  scope: 'x.scope_id',
  run: 'coalesce(x.retired_run_id, x.run_id)',
  unseen: `NOT ${looked(`= '${kind}'`, ' AND l.stream = n.stream')}`,
})

/** A row of an identity that now belongs to another one has changed, whatever its document says. */
const ofIdentity = (table: string, kind: string, name: string): DiffSource => {
  const source = inventory(table, kind, name, 'x.identity_id')
  return {
    ...source,
    differs: `CASE WHEN o.identity_id IS DISTINCT FROM n.identity_id THEN 'changed' ELSE ${source.differs} END`,
  }
}

/** An identity that was there and not judged yet, or in a scope that was never seen whole. */
const UNJUDGED = `(EXISTS (SELECT 1 FROM version.identity i WHERE i.id = n.identity_id AND {at i})
  OR NOT ${looked(`= 'identity'`)})`

const posture = (state: string, value: string, fact: string): DiffSource => ({
  table: 'posture',
  id: 'x.identity_id',
  same: 'o.identity_id = n.identity_id',
  there: 'TRUE',
  steps: true,
  differs: `CASE WHEN o.${state} = n.${state} AND o.${value} IS NOT DISTINCT FROM n.${value} THEN NULL
    WHEN 'unknown' IN (o.${state}, n.${state}) THEN 'learned' ELSE 'changed' END`,
  shown: fact,
  name: `''`,
  identity: 'x.identity_id',
  scope: 'x.scope_id',
  run: 'NULL::uuid',
  unseen: UNJUDGED,
})

export const DIFF_SOURCES: Readonly<Record<DiffKind, DiffSource>> = {
  identity: inventory('identity', 'identity', 'x.name', 'x.id'),
  credential: ofIdentity('credential', 'credential', 'x.name'),
  grant: ofIdentity('"grant"', 'grant', `x.doc ->> 'entitlementName'`),
  trust: ofIdentity('trust', 'trust', 'x.principal'),
  owner: posture(
    'owner_state',
    'owner_name',
    `jsonb_build_object('owner', jsonb_build_object('state', x.owner_state, 'source', 'rules', 'value', x.owner_name))`,
  ),
  privilege: posture(
    'privilege_class',
    'privilege_class',
    `jsonb_build_object('privilege', CASE x.privilege_class WHEN 'unknown'
      THEN jsonb_build_object('state', 'unknown', 'source', 'rules')
      ELSE jsonb_build_object('state', 'known', 'source', 'rules', 'value', x.privilege_class) END)`,
  ),
  finding: {
    table: 'finding',
    id: 'x.id',
    same: 'o.id = n.id',
    there: `x.state = 'open'`,
    steps: true,
    differs: `CASE WHEN (o.verdict, o.severity, o.message) = (n.verdict, n.severity, n.message) THEN NULL
      WHEN o.verdict <> n.verdict THEN 'learned' ELSE 'changed' END`,
    shown: `jsonb_build_object('verdict', x.verdict, 'severity', x.severity, 'message', x.message)
      || CASE x.state WHEN 'open' THEN '{}' ELSE jsonb_build_object('resolved', x.resolved_why) END`,
    name: 'x.subject_name',
    identity: 'x.identity_id',
    scope: 'x.scope_id',
    run: 'NULL::uuid',
    // The rule had not been asked about the scope, or its subject is new itself and could not have been seen.
    unseen: `(NOT EXISTS (SELECT 1 FROM version.tally t WHERE t.rule_id = n.rule_id AND t.scope_id = n.scope_id AND {at t})
      OR (NOT EXISTS (SELECT 1 FROM version.identity i WHERE i.id = n.subject_id AND {at i})
        AND NOT EXISTS (SELECT 1 FROM version.credential c WHERE c.id = n.subject_id AND {at c})
        AND NOT ${looked('= n.subject_kind')}))`,
    more: `x.rule_id AS "ruleId", x.severity AS "severity", x.verdict AS "verdict"`,
  },
  source: {
    table: 'connection',
    id: 'x.id',
    same: 'o.id = n.id',
    there: 'TRUE',
    differs: `CASE WHEN (o.name, o.paused, o.interval_minutes) = (n.name, n.paused, n.interval_minutes) THEN NULL ELSE 'changed' END`,
    shown: `jsonb_build_object('name', x.name, 'paused', x.paused, 'intervalMinutes', x.interval_minutes)`,
    name: 'x.name',
    identity: 'NULL::uuid',
    scope: 'NULL::uuid',
    run: 'NULL::uuid',
    unseen: 'FALSE',
  },
  scope: {
    table: 'connection_scope',
    id: 'md5(x.connection_id::text || x.scope_id::text)::uuid',
    same: '(o.connection_id, o.scope_id) = (n.connection_id, n.scope_id)',
    there: 'x.gone_at IS NULL',
    differs: 'NULL::text',
    shown: `'{}'::jsonb`,
    name: `(SELECT s.name FROM version.scope s WHERE s.id = x.scope_id AND s.known_from <= {known} ORDER BY s.known_from DESC LIMIT 1)`,
    identity: 'NULL::uuid',
    scope: 'x.scope_id',
    run: 'NULL::uuid',
    // Only a whole list of scopes could have shown that it was not there.
    unseen: `NOT EXISTS (SELECT 1 FROM version.run r WHERE r.connection_id = n.connection_id
      AND r.scopes_coverage ->> 'state' = 'complete' AND {at r})`,
  },
}
