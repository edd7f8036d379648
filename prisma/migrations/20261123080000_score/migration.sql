-- How much of an identity is in order, seen from both sides: as far as it is known to fail, and as if everything that could
-- not be told failed too. Counted by scope, so that a score is read from a few rows at any moment.
ALTER TABLE version.posture ADD COLUMN "worst_open" INTEGER;

-- Nothing new is learned by this: no version ends. Of versions that ended nobody knows how bad what could not be told would
-- have been: as bad as can be.
ALTER TABLE public.posture DISABLE TRIGGER keep_versions;
UPDATE past.posture SET worst_open = CASE WHEN unknowns > 0 THEN 0 ELSE worst END;
UPDATE public.posture p SET worst_open = coalesce(
    (SELECT min(f.severity) FROM finding f WHERE f.identity_id = p.identity_id AND f.state = 'open'), 9)
  FROM identity i WHERE i.id = p.identity_id AND i.retired_at IS NULL;
ALTER TABLE public.posture ENABLE TRIGGER keep_versions;

-- Registered anew, with what shows every version of it.
DROP VIEW moment.posture, moment.posture_version, public.posture_version;
SELECT keep_versions('posture', '{identity_id}', '{"evaluated_at": "valid_from"}', $f$
  CASE WHEN (OLD.owner_state, OLD.owner_name, OLD.privilege_class) IS NOT DISTINCT FROM
    (NEW.owner_state, NEW.owner_name, NEW.privilege_class) THEN 'same' END $f$);
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

-- Counting a scope reads an index alone.
DROP INDEX public.posture_scope_id_idx;
CREATE INDEX "posture_scope_id_class_privilege_class_worst_worst_open_idx" ON "posture"("scope_id", "class", "privilege_class", "worst", "worst_open");

CREATE TABLE "score_count" (
    "scope_id" UUID NOT NULL,
    "privilege_class" TEXT NOT NULL,
    "worst" INTEGER NOT NULL,
    "worst_open" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
    "valid_to" TIMESTAMPTZ(3),
    "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
    "known_to" TIMESTAMPTZ(3),

    CONSTRAINT "score_count_pkey" PRIMARY KEY ("scope_id","privilege_class","worst","worst_open")
);

ALTER TABLE "score_count" ADD CONSTRAINT "score_count_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

INSERT INTO score_count (scope_id, privilege_class, worst, worst_open, count)
SELECT scope_id, privilege_class, worst, worst_open, count(*) FROM posture p
WHERE class IN ('machine', 'unclear') AND worst_open IS NOT NULL
  AND EXISTS (SELECT 1 FROM tally t WHERE t.scope_id = p.scope_id AND t.off IS NULL)
GROUP BY 1, 2, 3, 4;

SELECT keep_versions('score_count', '{scope_id,privilege_class,worst,worst_open}');
