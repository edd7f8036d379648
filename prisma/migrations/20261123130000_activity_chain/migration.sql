-- Each entry of the activity log is chained to the one before it when its transaction commits: what is edited, taken out, put
-- in between or put in another order is found by whoever takes the hashes again.
CREATE TABLE "activity_link" (
    "seq" BIGINT NOT NULL,
    "activity_id" BIGINT NOT NULL,
    "hash" CHAR(64) NOT NULL,

    CONSTRAINT "activity_link_pkey" PRIMARY KEY ("seq")
);
CREATE UNIQUE INDEX "activity_link_activity_id_key" ON "activity_link"("activity_id");
CREATE INDEX "activity_action_id_idx" ON "activity"("action", "id" DESC);
CREATE INDEX "activity_actor_name_id_idx" ON "activity"("actor_name", "id" DESC);

-- The text that is hashed: everything an entry says, and its place. Evidence has it line for line.
CREATE FUNCTION activity_text(entry public.activity, place bigint) RETURNS text LANGUAGE sql STABLE
SET timezone = 'UTC' SET search_path = pg_catalog AS $$
  SELECT jsonb_build_object(
    'seq', place,
    'at', to_char(entry.at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'actor', jsonb_build_object('kind', entry.actor_kind, 'id', entry.actor_id, 'name', entry.actor_name),
    'action', entry.action,
    'object', entry.object,
    'detail', entry.detail
  )::text
$$;

-- SHA-256, in hex, of the hash before it, a space, and its text. Before the first stand 64 zeros.
CREATE FUNCTION activity_hash(before text, entry text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT encode(sha256(convert_to(before || ' ' || entry, 'UTF8')), 'hex')
$$;

-- As the last thing a transaction does: whoever waits here holds nothing that others wait for with the chain in their hands.
CREATE FUNCTION chain_activity() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  last public.activity_link;
BEGIN
  PERFORM pg_advisory_xact_lock(7306, 4);
  SELECT * INTO last FROM public.activity_link ORDER BY seq DESC LIMIT 1;
  INSERT INTO public.activity_link (seq, activity_id, hash)
  SELECT coalesce(last.seq, 0) + 1, entry.id,
    public.activity_hash(coalesce(last.hash, repeat('0', 64)), public.activity_text(entry, coalesce(last.seq, 0) + 1))
  FROM public.activity entry WHERE entry.id = NEW.id;
  RETURN NULL;
END $$;

-- What was written before there was a chain is chained in the order it was written.
DO $$
DECLARE
  entry public.activity;
  place bigint := 0;
  made text := repeat('0', 64);
BEGIN
  FOR entry IN SELECT * FROM public.activity ORDER BY id LOOP
    place := place + 1;
    made := public.activity_hash(made, public.activity_text(entry, place));
    INSERT INTO public.activity_link VALUES (place, entry.id, made);
  END LOOP;
END $$;

CREATE CONSTRAINT TRIGGER activity_chained AFTER INSERT ON activity DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION chain_activity();
CREATE TRIGGER activity_only_added BEFORE UPDATE OR DELETE ON activity FOR EACH ROW EXECUTE FUNCTION only_added();
CREATE TRIGGER activity_never_emptied BEFORE TRUNCATE ON activity FOR EACH STATEMENT EXECUTE FUNCTION only_added();
CREATE TRIGGER activity_link_only_added BEFORE UPDATE OR DELETE ON activity_link FOR EACH ROW EXECUTE FUNCTION only_added();
CREATE TRIGGER activity_link_never_emptied BEFORE TRUNCATE ON activity_link FOR EACH STATEMENT EXECUTE FUNCTION only_added();
