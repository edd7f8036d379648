-- What comparing two instants, listing what happened to one thing, and letting old versions go need.

-- Differences are read newest first by when they became known, page by page: the row's id tells equal instants apart.
DROP INDEX "identity_known_from_idx";
DROP INDEX "credential_known_from_idx";
DROP INDEX "grant_known_from_idx";
DROP INDEX "trust_known_from_idx";
DROP INDEX "posture_known_from_idx";
DROP INDEX "finding_known_from_idx";

-- CreateIndex
CREATE INDEX "identity_known_from_id_idx" ON "identity"("known_from", "id");

-- CreateIndex
CREATE INDEX "credential_known_from_id_idx" ON "credential"("known_from", "id");

-- CreateIndex
CREATE INDEX "grant_known_from_id_idx" ON "grant"("known_from", "id");

-- CreateIndex
CREATE INDEX "trust_known_from_id_idx" ON "trust"("known_from", "id");

-- CreateIndex
CREATE INDEX "posture_known_from_identity_id_idx" ON "posture"("known_from", "identity_id");

-- CreateIndex
CREATE INDEX "finding_known_from_id_idx" ON "finding"("known_from", "id");

DO $$
DECLARE
  t text;
  id text;
  own text;
BEGIN
  FOREACH t IN ARRAY '{identity,credential,grant,trust,posture,finding}'::text[] LOOP
    id := CASE t WHEN 'posture' THEN 'identity_id' ELSE 'id' END;
    EXECUTE format('DROP INDEX past.%I', t || '_known_from_idx');
    -- When a version ended in both times: compaction and "changed this week" go by it.
    EXECUTE format('DROP INDEX past.%I', t || '_known_to_idx');
    EXECUTE format('CREATE INDEX ON past.%I (greatest(known_to, valid_to))', t);
    EXECUTE format('CREATE INDEX ON past.%I (known_from, %I)', t, id);
    -- Last versions of what was taken away: where another version follows, one ended earlier than that was known.
    EXECUTE format('CREATE INDEX ON past.%I (known_to, %I) WHERE valid_to >= known_to', t, id);
    -- A clock that runs ahead writes facts that are true later than they are known. There are next to none, and whoever
    -- looks for changes by when they became known must find these too.
    EXECUTE format('CREATE INDEX %I ON public.%I (valid_from) WHERE valid_from > known_from', t || '_ahead_idx', t);
    EXECUTE format('CREATE INDEX ON past.%I (valid_from) WHERE valid_from > known_from', t);
  END LOOP;

  -- What is gone and for how long: few rows of many.
  FOREACH t IN ARRAY '{identity,credential,entitlement,grant,trust,workload,usage,owner_hint,secret,issuer}'::text[] LOOP
    EXECUTE format('CREATE INDEX %I ON public.%I (retired_at) WHERE retired_at IS NOT NULL', t || '_retired_idx', t);
  END LOOP;
  CREATE INDEX finding_resolved_idx ON public.finding (resolved_at) WHERE state = 'resolved';

  -- Every version there was, under one name: all of them, or in the schema `moment` those known at the moment asked about,
  -- where a version that ended later has not ended yet.
  FOREACH t IN ARRAY '{identity,credential,grant,trust,owner_hint,posture,finding}'::text[] LOOP
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO own FROM pg_attribute
      WHERE attrelid = format('version.%I', t)::regclass AND attnum > 0 AND NOT attisdropped
      AND attname NOT IN ('valid_to', 'known_to');
    EXECUTE format('CREATE VIEW public.%I AS SELECT %s, valid_to, known_to FROM version.%I', t || '_version', own, t);
    EXECUTE format($f$
      CREATE VIEW moment.%I AS SELECT %s,
        CASE WHEN known_to <= (SELECT current_setting('rollcall.known')::timestamptz)
          AND valid_to <= (SELECT current_setting('rollcall.valid')::timestamptz) THEN valid_to END AS valid_to,
        CASE WHEN known_to <= (SELECT current_setting('rollcall.known')::timestamptz)
          AND valid_to <= (SELECT current_setting('rollcall.valid')::timestamptz) THEN known_to END AS known_to
      FROM version.%I WHERE (known_from > (SELECT current_setting('rollcall.known')::timestamptz)) IS NOT TRUE
        AND (valid_from > (SELECT current_setting('rollcall.valid')::timestamptz)) IS NOT TRUE $f$, t || '_version', own, t);
  END LOOP;
END $$;

-- How two documents differ: `changed` where both sides know, `learned` where one side does not, NULL where they say the
-- same. When and by what call an answer was given, and whether a newer look confirmed it, is no difference.
CREATE FUNCTION doc_difference(before jsonb, after jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  field text;
  b jsonb;
  a jsonb;
  b_state text;
  a_state text;
  learned boolean := FALSE;
BEGIN
  FOR field IN SELECT jsonb_object_keys(before || after) LOOP
    b := before -> field;
    a := after -> field;
    CONTINUE WHEN b = a;
    -- A field that one side does not have is as unknown as one that it could not read.
    b_state := CASE WHEN b ?& '{state,source}' THEN b ->> 'state' WHEN coalesce(b, 'null') = 'null' THEN 'unknown' END;
    a_state := CASE WHEN a ?& '{state,source}' THEN a ->> 'state' WHEN coalesce(a, 'null') = 'null' THEN 'unknown' END;
    IF b_state IS NULL OR a_state IS NULL THEN RETURN 'changed'; END IF;
    IF b_state = 'unknown' OR a_state = 'unknown' THEN
      learned := learned OR b_state <> a_state;
    ELSIF b_state <> a_state OR b -> 'value' IS DISTINCT FROM a -> 'value' THEN
      RETURN 'changed';
    END IF;
  END LOOP;
  RETURN CASE WHEN learned THEN 'learned' END;
END $$;
