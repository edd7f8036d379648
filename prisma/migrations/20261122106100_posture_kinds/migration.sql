-- Lists are narrowed by what an identity is and by what the rules say about it, both at once. What hardly ever changes of
-- the first stands with the second, so that one index knows both.
ALTER TABLE version.posture ADD COLUMN "type" TEXT NOT NULL DEFAULT '', ADD COLUMN "class" TEXT NOT NULL DEFAULT '';

-- Nothing new is learned by copying: no version ends.
ALTER TABLE public.posture DISABLE TRIGGER keep_versions;

UPDATE version.posture p SET type = i.type, class = i.class FROM (
  SELECT id, min(type) AS type, min(class) AS class FROM version.identity
  GROUP BY id HAVING min(type) = max(type) AND min(class) = max(class)) i WHERE i.id = p.identity_id;

-- Where an identity once was something else, a version of its posture takes as many as there were of it meanwhile. Each
-- begins where the one before it ends, in both times, so that at no moment another one holds than before.
CREATE TEMP TABLE piece ON COMMIT DROP AS
SELECT part.identity_id, part.was_known, part.was_valid, part.type, part.class, part.known_from, part.valid_from,
  coalesce(lead(part.known_from) OVER nth, part.known_to) AS known_to,
  coalesce(lead(part.valid_from) OVER nth, part.valid_to) AS valid_to
FROM (
  SELECT p.identity_id, p.known_from AS was_known, p.valid_from AS was_valid, p.known_to, p.valid_to, i.type, i.class,
    CASE WHEN row_number() OVER times = 1 THEN p.known_from ELSE greatest(p.known_from, i.known_from) END AS known_from,
    CASE WHEN row_number() OVER times = 1 THEN p.valid_from ELSE greatest(p.valid_from, i.valid_from) END AS valid_from
  FROM version.posture p JOIN version.identity i ON i.id = p.identity_id
  WHERE p.type = '' AND (p.known_to IS NULL OR i.known_from < p.known_to) AND (i.known_to IS NULL OR i.known_to > p.known_from)
  WINDOW times AS (PARTITION BY p.identity_id, p.known_from, p.valid_from ORDER BY i.known_from, i.valid_from)
) part
WINDOW nth AS (PARTITION BY part.identity_id, part.was_known, part.was_valid ORDER BY part.known_from, part.valid_from);

CREATE TEMP TABLE whole ON COMMIT DROP AS SELECT * FROM version.posture WHERE type = '';
DELETE FROM past.posture p USING piece n
WHERE (n.identity_id, n.known_from, n.valid_from) = (p.identity_id, p.known_from, p.valid_from);
INSERT INTO past.posture (identity_id, scope_id, owner, privilege, owner_state, owner_name, privilege_class, credentials,
  credentials_state, oldest_credential_at, failing, unknowns, worst, evaluated_at, type, class, known_from, valid_from,
  known_to, valid_to)
SELECT w.identity_id, w.scope_id, w.owner, w.privilege, w.owner_state, w.owner_name, w.privilege_class, w.credentials,
  w.credentials_state, w.oldest_credential_at, w.failing, w.unknowns, w.worst, w.evaluated_at, n.type, n.class,
  n.known_from, n.valid_from, n.known_to, n.valid_to
FROM whole w JOIN piece n ON (n.identity_id, n.was_known, n.was_valid) = (w.identity_id, w.known_from, w.valid_from)
WHERE n.known_to IS NOT NULL;
UPDATE public.posture p SET type = n.type, class = n.class, known_from = n.known_from, valid_from = n.valid_from
FROM piece n WHERE n.identity_id = p.identity_id AND n.known_to IS NULL;

ALTER TABLE public.posture ENABLE TRIGGER keep_versions;
ALTER TABLE version.posture ALTER COLUMN "type" DROP DEFAULT, ALTER COLUMN "class" DROP DEFAULT;

-- Registered anew, with what shows every version of it.
DROP VIEW moment.posture, moment.posture_version, public.posture_version;
SELECT keep_versions('posture', '{identity_id}', '{"evaluated_at": "valid_from"}');
DO $$
DECLARE
  own text := (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = 'version.posture'::regclass AND attnum > 0 AND NOT attisdropped AND attname NOT IN ('valid_to', 'known_to'));
BEGIN
  EXECUTE format('CREATE VIEW public.posture_version AS SELECT %s, valid_to, known_to FROM version.posture', own);
  EXECUTE format($f$
    CREATE VIEW moment.posture_version AS SELECT %s,
      CASE WHEN known_to <= (SELECT current_setting('rollcall.known')::timestamptz)
        AND valid_to <= (SELECT current_setting('rollcall.valid')::timestamptz) THEN valid_to END AS valid_to,
      CASE WHEN known_to <= (SELECT current_setting('rollcall.known')::timestamptz)
        AND valid_to <= (SELECT current_setting('rollcall.valid')::timestamptz) THEN known_to END AS known_to
    FROM version.posture WHERE (known_from > (SELECT current_setting('rollcall.known')::timestamptz)) IS NOT TRUE
      AND (valid_from > (SELECT current_setting('rollcall.valid')::timestamptz)) IS NOT TRUE $f$, own);
END $$;

-- Whoever writes an identity that became something else: its posture says the same from the same instant on.
CREATE FUNCTION posture_follows_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE posture SET type = NEW.type, class = NEW.class WHERE identity_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER posture_follows_identity AFTER UPDATE ON identity FOR EACH ROW
WHEN ((OLD.type, OLD.class) IS DISTINCT FROM (NEW.type, NEW.class)) EXECUTE FUNCTION posture_follows_identity();

-- Who may do what, by what they are.
DROP INDEX public.posture_privilege_class_identity_id_idx;
DROP INDEX past.posture_privilege_class_identity_id_idx;
CREATE INDEX posture_privilege_class_class_identity_id_idx ON public.posture (privilege_class, class, identity_id);
CREATE INDEX ON past.posture (privilege_class, class, identity_id);

-- Worst first of one type, read in that order; of whatever else is asked about them, filtered by an index alone.
CREATE INDEX posture_type_worst_identity_id_idx ON public.posture (type, worst, identity_id);
CREATE INDEX ON past.posture (type, worst, identity_id);
DROP INDEX public.posture_worst_identity_id_idx;
DROP INDEX past.posture_worst_identity_id_idx;
CREATE INDEX posture_worst_identity_id_idx ON public.posture (worst, identity_id)
  INCLUDE (class, privilege_class, known_from, valid_from, known_to, valid_to);
CREATE INDEX ON past.posture (worst, identity_id)
  INCLUDE (class, privilege_class, known_from, valid_from, known_to, valid_to);

-- Counts of whom a name leaves.
CREATE INDEX facet_count_owner_name_trgm ON public.facet_count USING gin (owner_name gin_trgm_ops);
CREATE INDEX ON past.facet_count USING gin (owner_name gin_trgm_ops);
