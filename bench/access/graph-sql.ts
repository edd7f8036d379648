// Who can act as whom in a made-up organisation of any size, as SQL over `place`: most have few steps, a few have thousands.

/** `$1` of all identities there are. */
export const NODES = `
  CREATE TEMP TABLE node AS
  SELECT n, md5('measured ' || n)::uuid AS id, scope_id, low, size, is_admin,
    CASE WHEN is_admin THEN 0 WHEN r < 0.25 THEN 0 WHEN r < 0.55 THEN 1 WHEN r < 0.75 THEN 2 WHEN r < 0.9 THEN 3
      WHEN r < 0.98 THEN 4 + (random() * 8)::int WHEN r < 0.9985 THEN 20 + (random() * 100)::int
      ELSE 500 + (random() * 1500)::int END AS fan
  FROM (SELECT p.low + k AS n, p.id AS scope_id, p.low, p.size, random() AS r, random() < 0.005 AS is_admin
    FROM place p, generate_series(0, p.size - 1) k) drawn`

const RUN = "'00000000-0000-4000-8000-000000000000'"
export const IDENTITIES = `
  INSERT INTO identity (id, scope_id, stream, native_id, type, name, class, aliases, last_used_state, enabled, doc, fingerprint,
    first_seen_at, valid_from, run_id)
  SELECT id, scope_id, 'main', 'measured-' || n, 'measured.role', 'service-' || n, 'machine', '{}', 'unknown', true, '{}', id,
    now(), now(), ${RUN} FROM node`

export const VERDICTS = `
  INSERT INTO access_verdict (identity_id, scope_id, platform, certain, possible, because, missing)
  SELECT id, scope_id, 'measured', level, level, ARRAY['policy-7, statement 2: allows s3:GetObject on *.'], '{}'
  FROM (SELECT *, CASE WHEN is_admin THEN 'administrator' WHEN fan > 100 THEN 'write' WHEN fan > 0 THEN 'read' ELSE 'none' END AS level
    FROM node) judged`

const COLUMNS = `access_step (id, scope_id, from_id, from_kind, from_scope_id, to_id, to_kind, to_scope_id, origin, by, certainty, because, missing)`
const WORDS = `ARRAY['deploy-policy, statement 2: allows iam:PassRole on role/*.',
    'deploy-policy, statement 3: allows lambda:CreateFunction and lambda:InvokeFunction on *.']`
const WAYS = `(ARRAY['trust', 'lambda-create-invoke', 'iam-rewrite-trust', 'ec2-run'])[1 + (random() * 3)::int]`

/** One of twenty leads out of its scope. Within it some are reached by more than others. */
export const STEPS = `
  INSERT INTO ${COLUMNS}
  SELECT gen_random_uuid(), s.scope_id, s.id, 'identity', s.scope_id, t.id, 'identity', t.scope_id, 'platform', ${WAYS},
    CASE WHEN random() < 0.65 THEN 'possible' ELSE 'depends' END, ${WORDS}, '{}'
  FROM (SELECT f.n, f.id, f.scope_id, CASE WHEN random() < 0.95 THEN f.low + floor(random() * random() * f.size)::int
      ELSE floor(random() * $1)::int END AS target
    FROM node f, generate_series(1, f.fan)) s
  JOIN node t ON t.n = s.target WHERE t.n <> s.n`

/** Whoever may do everything has that step, and some out of the scope. */
export const ADMINISTRATORS = `
  INSERT INTO ${COLUMNS}
  SELECT gen_random_uuid(), s.scope_id, s.id, 'identity', s.scope_id, t.id, CASE WHEN s.k = 0 THEN 'administrator' ELSE 'identity' END,
    CASE WHEN s.k = 0 THEN s.scope_id ELSE t.scope_id END, 'platform', CASE WHEN s.k = 0 THEN 'administrator' ELSE 'trust' END,
    'possible', ${WORDS}, '{}'
  FROM (SELECT f.id, f.scope_id, k, CASE WHEN k > 0 THEN floor(random() * $1)::int END AS target
    FROM node f, generate_series(0, 2) k WHERE f.is_admin) s
  LEFT JOIN node t ON t.n = s.target WHERE s.k = 0 OR t.scope_id <> s.scope_id`

/** A stored secret that it can read, or more rights of which it is not known how many. */
export const OTHERS = `
  INSERT INTO ${COLUMNS}
  SELECT gen_random_uuid(), scope_id, id, 'identity', scope_id, CASE WHEN is_secret THEN gen_random_uuid() END,
    CASE WHEN is_secret THEN 'secret' ELSE 'more' END, scope_id, 'platform', 'iam-put-own-role-policy', 'possible', ${WORDS}, '{}'
  FROM (SELECT *, random() < 0.7 AS is_secret FROM node WHERE random() < 0.1) chosen`
