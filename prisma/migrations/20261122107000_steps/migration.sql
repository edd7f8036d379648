-- Comparing two instants without reading what is compared: each version says how it differs from the one before it. That is
-- written when the one before ends, which is when both are at hand; a first look says nothing more and costs nothing more.

-- Registers a table of `public` that has the four columns of the two times, or registers it anew after a column was added.
--   keys         what names a row
--   unversioned  columns whose change makes no version, each with the SQL that stands for it in an answer about the past
--   step         how a version differs from the one before, as SQL over OLD and NEW, for tables that have a column for it
DROP FUNCTION keep_versions(text, text[], jsonb);
CREATE FUNCTION keep_versions(t text, keys text[], unversioned jsonb DEFAULT '{}', step text DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $body$
DECLARE
  own text[] := ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = format('public.%I', t)::regclass
    AND attnum > 0 AND NOT attisdropped AND attname NOT IN ('valid_to', 'known_to') ORDER BY attnum);
  watched text[] := ARRAY(SELECT c FROM unnest(own) c
    WHERE c <> ALL (keys || ARRAY['valid_from', 'known_from', 'step', 'prior_known', 'prior_valid']) AND NOT unversioned ? c);
  -- A value that is encrypted or only bookkeeping is not copied into the past.
  kept text := (SELECT string_agg(CASE WHEN unversioned ->> c = 'valid_from' THEN 'OLD.valid_from'
    WHEN unversioned ? c THEN unversioned ->> c ELSE format('OLD.%I', c) END, ', ') FROM unnest(own) c);
  shown text := (SELECT string_agg(CASE WHEN unversioned ? c THEN format('%s AS %I', unversioned ->> c, c) ELSE quote_ident(c) END, ', ') FROM unnest(own) c);
  named text := (SELECT string_agg(quote_ident(c), ', ') FROM unnest(own) c);
  was text := (SELECT string_agg(format('OLD.%I', c), ', ') FROM unnest(watched) c);
  becomes text := (SELECT string_agg(format('NEW.%I', c), ', ') FROM unnest(watched) c);
  noted text := CASE WHEN step IS NULL THEN '' ELSE format($f$
        NEW.step := %s;
        NEW.prior_known := OLD.known_from;
        NEW.prior_valid := OLD.valid_from;
      -- Written twice at one instant: it still follows the same version, and how it differs from that is not known here.
      ELSIF OLD.step IS DISTINCT FROM 'first' THEN
        NEW.step := NULL;$f$, step) END;
  key text := (SELECT string_agg(quote_ident(c), ', ') FROM unnest(keys) c);
BEGIN
  IF to_regclass(format('version.%I', t)) IS NULL THEN
    EXECUTE format('CREATE TABLE version.%1$I (LIKE public.%1$I)', t);
    EXECUTE format('ALTER TABLE public.%1$I INHERIT version.%1$I', t);
    EXECUTE format('CREATE TABLE past.%1$I () INHERITS (version.%1$I)', t);
    EXECUTE format('CREATE UNIQUE INDEX ON past.%I (%s, known_from, valid_from)', t, key);
    EXECUTE format('CREATE INDEX ON past.%I (known_to)', t);
    EXECUTE format('CREATE INDEX ON past.%I (known_from)', t);
  END IF;
  EXECUTE format($f$
    CREATE OR REPLACE FUNCTION version.%1$I() RETURNS trigger LANGUAGE plpgsql AS $t$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        IF current_setting('rollcall.forget', true) = 'on' THEN RETURN OLD; END IF;
        INSERT INTO past.%1$I (%2$s, valid_to, known_to) SELECT %3$s, greatest(OLD.valid_from, knowledge_now()), knowledge_now()
          WHERE OLD.known_from < knowledge_now();
        RETURN OLD;
      END IF;
      IF ROW(%4$s) IS NOT DISTINCT FROM ROW(%5$s) THEN
        NEW.valid_from := OLD.valid_from;
        NEW.known_from := OLD.known_from;
        RETURN NEW;
      END IF;
      NEW.known_from := knowledge_now();
      -- A writer that says nothing about when it became true means now.
      IF NEW.valid_from = OLD.valid_from AND OLD.known_from < NEW.known_from THEN NEW.valid_from := NEW.known_from; END IF;
      NEW.valid_from := greatest(NEW.valid_from, OLD.valid_from);
      -- What began and ended within one look was true for a while, although it was never known to hold.
      IF OLD.known_from < NEW.known_from OR OLD.valid_from < NEW.valid_from THEN
        INSERT INTO past.%1$I (%2$s, valid_to, known_to) VALUES (%3$s, NEW.valid_from, NEW.known_from);%6$s
      END IF;
      RETURN NEW;
    END $t$ $f$, t, named, kept, becomes, was, noted);
  EXECUTE format('CREATE OR REPLACE TRIGGER keep_versions BEFORE UPDATE OR DELETE ON public.%1$I FOR EACH ROW EXECUTE FUNCTION version.%1$I()', t);
  EXECUTE format('DROP VIEW IF EXISTS moment.%I', t);
  EXECUTE format($f$
    CREATE VIEW moment.%1$I AS SELECT %2$s, NULL::timestamptz(3) AS valid_to, NULL::timestamptz(3) AS known_to FROM version.%1$I
    -- The moment is read once a statement instead of twice a row, which takes longer than the row itself. Of "later" the
    -- planner assumes one third, of "not later" two thirds, and most rows are not later than what is asked about.
    WHERE (known_from > (SELECT current_setting('rollcall.known')::timestamptz)) IS NOT TRUE
      AND (valid_from > (SELECT current_setting('rollcall.valid')::timestamptz)) IS NOT TRUE
      AND (known_to IS NULL OR known_to > (SELECT current_setting('rollcall.known')::timestamptz)
        OR valid_to > (SELECT current_setting('rollcall.valid')::timestamptz)) $f$, t, shown);
END $body$;

-- first, returned, gone, changed, learned or same; empty where it is not known and has to be looked at, as in versions from
-- before this migration. With it, since when the version before was known and true: it may not be the one asked about.
DO $$
DECLARE
  t text;
  gone text := $f$ WHEN NEW.retired_at IS NOT NULL THEN CASE WHEN OLD.retired_at IS NULL THEN 'gone' ELSE 'same' END
    WHEN OLD.retired_at IS NOT NULL THEN 'returned' $f$;
  doc text := $f$ ELSE coalesce(public.doc_difference(OLD.doc, NEW.doc), 'same') END $f$;
  own text := $f$ WHEN OLD.identity_id IS DISTINCT FROM NEW.identity_id THEN 'changed' $f$;
  bare jsonb := '{"fingerprint": "''00000000-0000-0000-0000-000000000000''::uuid"}';
BEGIN
  FOREACH t IN ARRAY '{identity,credential,grant,trust,posture,finding}'::text[] LOOP
    EXECUTE format('ALTER TABLE version.%I ADD COLUMN step text, ADD COLUMN prior_known timestamptz(3),
      ADD COLUMN prior_valid timestamptz(3)', t);
    EXECUTE format('ALTER TABLE public.%I ALTER COLUMN step SET DEFAULT %L', t, 'first');
  END LOOP;
  PERFORM keep_versions('identity', '{id}', bare, 'CASE' || gone || doc);
  PERFORM keep_versions(k, '{id}', bare, 'CASE' || gone || own || doc) FROM unnest('{credential,grant,trust}'::text[]) k;
  -- Most of what is noted about an identity is neither its owner nor its privilege.
  PERFORM keep_versions('posture', '{identity_id}', '{"evaluated_at": "valid_from"}', $f$
    CASE WHEN (OLD.owner_state, OLD.owner_name, OLD.privilege_class) IS NOT DISTINCT FROM
      (NEW.owner_state, NEW.owner_name, NEW.privilege_class) THEN 'same' END $f$);
  PERFORM keep_versions('finding', '{id}', '{}', $f$
    CASE WHEN NEW.state <> 'open' THEN CASE WHEN OLD.state = 'open' THEN 'gone' ELSE 'same' END
      WHEN OLD.state <> 'open' THEN 'returned'
      WHEN OLD.verdict <> NEW.verdict THEN 'learned'
      WHEN (OLD.severity, OLD.message) IS DISTINCT FROM (NEW.severity, NEW.message) THEN 'changed' ELSE 'same' END $f$);
END $$;
