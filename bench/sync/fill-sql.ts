// What the rules of today answer about the generated estate, as SQL over the scopes in `todo`. `@now` is when.

/** The owner of each identity, chosen as evaluation chooses it: a person before a team. */
export const HINTS = `
  CREATE TEMP TABLE hint ON COMMIT DROP AS
  SELECT DISTINCT ON (identity_id) identity_id, names, value, via
  FROM owner_hint WHERE scope_id IN (SELECT id FROM todo) AND retired_at IS NULL AND identity_id IS NOT NULL
  ORDER BY identity_id, CASE names WHEN 'person' THEN 0 WHEN 'team' THEN 1 ELSE 2 END, via, value`

type Finding = {
  rule: string
  kind: string
  verdict: string
  severity: string
  message: string
  from: string
}

const insert = ({ rule, kind, verdict, severity, message, from }: Finding) => `
  INSERT INTO finding (id, rule_id, revision, subject_kind, subject_id, subject_name, identity_id, scope_id, verdict, severity,
    message, evidence, evidence_hash, state, opened_at, changed_at, valid_from, known_from)
  SELECT md5('${rule} ' || r.id)::uuid, '${rule}', 'filled', '${kind}', r.id, r.name, r.identity_id, r.scope_id, '${verdict}',
    ${severity}, ${message}, jsonb_build_array(jsonb_build_object('fact', 'filled', 'state', 'known', 'source', 'estate:filled',
      'value', r.name)), md5(r.id::text), 'open', @now::timestamptz, @now::timestamptz, @now::timestamptz, k.at
  FROM (${from}) r, (SELECT knowledge_now() AS at) k ON CONFLICT (id) DO NOTHING`

const JUDGED = `i.scope_id IN (SELECT id FROM todo) AND i.retired_at IS NULL AND i.class IN ('machine', 'unclear')`
const IDENTITY = 'i.id, i.name, i.id AS identity_id, i.scope_id'

export const FINDINGS = [
  insert({
    rule: 'identity-ownerless',
    kind: 'identity',
    verdict: 'fail',
    severity: '2',
    message: `'Nobody is named who answers for it.'`,
    from: `SELECT ${IDENTITY} FROM identity i WHERE ${JUDGED} AND NOT EXISTS (SELECT 1 FROM hint h WHERE h.identity_id = i.id)`,
  }),
  insert({
    rule: 'identity-administrator',
    kind: 'identity',
    verdict: 'unknown',
    severity: '1',
    message: `'It depends: What its grants allow could not be read (estate-roles).'`,
    from: `SELECT ${IDENTITY} FROM identity i WHERE ${JUDGED}
      AND EXISTS (SELECT 1 FROM "grant" g WHERE g.identity_id = i.id AND g.retired_at IS NULL)`,
  }),
  insert({
    rule: 'credential-long-lived',
    kind: 'credential',
    verdict: 'fail',
    severity: `CASE WHEN r.enabled IS FALSE THEN 3 WHEN r.days > 365 THEN 1 ELSE 2 END`,
    message: `'Its value has been the same since ' || r.since || '; the limit is 90 days.'`,
    from: `SELECT c.id, c.name, c.identity_id, c.scope_id, c.enabled,
        extract(day FROM @now::timestamptz - greatest(c.created_at, c.rotated_at))::int AS days,
        to_char(greatest(c.created_at, c.rotated_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS since
      FROM credential c JOIN identity i ON i.id = c.identity_id
      WHERE ${JUDGED} AND c.retired_at IS NULL AND c.form IN ('static-key', 'ssh-key', 'token')
        AND greatest(c.created_at, c.rotated_at) < @now::timestamptz - interval '91 days'
        AND (c.expires_at IS NULL OR c.expires_at > @now::timestamptz)`,
  }),
]

/** What stands in each posture of findings and credentials. */
export const COUNT_FINDINGS = `
  CREATE TEMP TABLE counted ON COMMIT DROP AS
  SELECT identity_id, (count(*) FILTER (WHERE verdict = 'fail'))::int AS failing,
    (count(*) FILTER (WHERE verdict = 'unknown'))::int AS unknowns,
    min(severity) FILTER (WHERE verdict = 'fail') AS worst
  FROM finding WHERE scope_id IN (SELECT id FROM todo) GROUP BY 1`

export const POSTURE = `
  WITH held AS (
    SELECT identity_id, count(*)::int AS count, min(coalesce(rotated_at, created_at))
      FILTER (WHERE enabled IS DISTINCT FROM FALSE AND form IN ('static-key', 'ssh-key', 'password', 'token')) AS oldest
    FROM credential WHERE scope_id IN (SELECT id FROM todo) AND retired_at IS NULL GROUP BY 1
  ), granted AS (
    SELECT identity_id, count(*)::int AS count FROM "grant"
    WHERE scope_id IN (SELECT id FROM todo) AND retired_at IS NULL GROUP BY 1
  )
  INSERT INTO posture (identity_id, scope_id, type, class, owner, privilege, owner_state, owner_name, privilege_class, credentials,
    credentials_state, oldest_credential_at, failing, unknowns, worst, evaluated_at, valid_from, known_from)
  SELECT i.id, i.scope_id, i.type, i.class,
    CASE WHEN h.value IS NULL THEN jsonb_build_object('state', 'absent', 'source', 'identities, read for owner-hints')
      ELSE jsonb_build_object('state', 'known', 'source', h.via,
        'value', jsonb_build_object('name', h.value, 'names', h.names, 'how', h.via)) END,
    CASE WHEN g.count IS NULL THEN jsonb_build_object('state', 'known', 'source', 'grants, read for grants',
        'value', jsonb_build_object('class', 'none', 'because', jsonb_build_array('It holds no grant.')))
      ELSE jsonb_build_object('state', 'known', 'source', g.count || ' grants, read as estate-roles',
        'value', jsonb_build_object('class', 'conditional', 'because',
          jsonb_build_array('What ' || g.count || ' of its grants allow could not be read (estate-roles).'))) END,
    CASE WHEN h.value IS NULL THEN 'absent' ELSE 'known' END, h.value,
    CASE WHEN g.count IS NULL THEN 'none' ELSE 'conditional' END, coalesce(c.count, 0), 'known', c.oldest,
    coalesce(f.failing, 0), coalesce(f.unknowns, 0), coalesce(f.worst, 9), @now::timestamptz, @now::timestamptz, k.at
  FROM identity i LEFT JOIN hint h ON h.identity_id = i.id LEFT JOIN granted g ON g.identity_id = i.id
    LEFT JOIN held c ON c.identity_id = i.id LEFT JOIN counted f ON f.identity_id = i.id, (SELECT knowledge_now() AS at) k
  WHERE i.scope_id IN (SELECT id FROM todo) AND i.retired_at IS NULL ON CONFLICT (identity_id) DO NOTHING`
