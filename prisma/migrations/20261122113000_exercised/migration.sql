-- What was seen in use of a grant is told with a window of time, which moves on with every look: only another action is news.

-- How two documents differ: `changed` where both sides know, `learned` where one side does not, NULL where they say the
-- same. When and by what call an answer was given, and whether a newer look confirmed it, is no difference.
CREATE OR REPLACE FUNCTION doc_difference(before jsonb, after jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  field text;
  b jsonb;
  a jsonb;
  b_state text;
  a_state text;
  said text[];
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
    said := CASE field WHEN 'exercised' THEN '{value,actions}' ELSE '{value}' END;
    IF b_state = 'unknown' OR a_state = 'unknown' THEN
      learned := learned OR b_state <> a_state;
    ELSIF b_state <> a_state OR b #> said IS DISTINCT FROM a #> said THEN
      RETURN 'changed';
    END IF;
  END LOOP;
  RETURN CASE WHEN learned THEN 'learned' END;
END $$;
