-- Two times: since when a row is true (valid_from) and since when we know it (known_from). Every table registered with
-- keep_versions() remembers its ended versions by itself: whoever writes, no version is lost.

-- The last instant at which knowledge changed, in milliseconds since 1970. It never goes back, whatever the clock does.
CREATE SEQUENCE knowledge_clock MINVALUE 0 START 0;

-- The instant of this transaction's changes: one for the whole transaction, later than that of every earlier one. The
-- shared lock says that a change is in flight until the transaction ends.
CREATE FUNCTION knowledge_now() RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  held text := current_setting('rollcall.now', true);
  stamp bigint;
BEGIN
  IF held <> '' THEN RETURN held::timestamptz; END IF;
  PERFORM pg_advisory_xact_lock_shared(7305, 1);
  PERFORM pg_advisory_lock(7305, 2);
  SELECT greatest(last_value + 1, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) INTO stamp FROM knowledge_clock;
  PERFORM setval('knowledge_clock', stamp);
  PERFORM pg_advisory_unlock(7305, 2);
  PERFORM set_config('rollcall.now', (to_timestamp(stamp / 1000.0) AT TIME ZONE 'UTC')::text || 'Z', true);
  RETURN to_timestamp(stamp / 1000.0);
END $$;

-- Since when changes are in flight that may still be stamped at or before the instant; NULL where what was known then is
-- settled for ever. Later changes are stamped later than the instant, even if the clock is set back.
CREATE FUNCTION knowledge_unsettled(instant timestamptz) RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  asked bigint := ceil(extract(epoch FROM instant) * 1000)::bigint;
BEGIN
  IF asked > (SELECT last_value FROM knowledge_clock) THEN
    PERFORM pg_advisory_lock(7305, 2);
    IF asked > (SELECT last_value FROM knowledge_clock) THEN PERFORM setval('knowledge_clock', asked); END IF;
    PERFORM pg_advisory_unlock(7305, 2);
  END IF;
  RETURN (SELECT min(a.xact_start) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'advisory' AND l.classid = 7305 AND l.objid = 1 AND l.objsubid = 2 AND l.pid <> pg_backend_pid()
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND date_trunc('milliseconds', a.xact_start) <= instant);
END $$;

-- DropIndex
DROP INDEX "identity_scope_id_native_id_idx";

-- AlterTable
ALTER TABLE "identity" DROP COLUMN "doc_hash",
DROP COLUMN "raw_hash",
ADD COLUMN     "fingerprint" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "known_to" TIMESTAMPTZ(3),
ADD COLUMN     "predecessor_id" UUID,
ADD COLUMN     "valid_to" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "credential" ADD COLUMN     "unbound" BOOLEAN NOT NULL DEFAULT false,
DROP COLUMN "doc_hash",
DROP COLUMN "raw_hash",
ADD COLUMN     "fingerprint" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "known_to" TIMESTAMPTZ(3),
ADD COLUMN     "valid_to" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "entitlement" DROP COLUMN "doc_hash",
DROP COLUMN "raw_hash",
ADD COLUMN     "fingerprint" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "known_to" TIMESTAMPTZ(3),
ADD COLUMN     "valid_to" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "grant" ADD COLUMN     "unbound" BOOLEAN NOT NULL DEFAULT false,
DROP COLUMN "doc_hash",
DROP COLUMN "raw_hash",
ADD COLUMN     "fingerprint" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "known_to" TIMESTAMPTZ(3),
ADD COLUMN     "valid_to" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "trust" ADD COLUMN     "unbound" BOOLEAN NOT NULL DEFAULT false,
DROP COLUMN "doc_hash",
DROP COLUMN "raw_hash",
ADD COLUMN     "fingerprint" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "known_to" TIMESTAMPTZ(3),
ADD COLUMN     "valid_to" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "workload" DROP COLUMN "doc_hash",
DROP COLUMN "raw_hash",
ADD COLUMN     "fingerprint" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "known_to" TIMESTAMPTZ(3),
ADD COLUMN     "valid_to" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "usage" ADD COLUMN     "unbound" BOOLEAN NOT NULL DEFAULT false,
DROP COLUMN "doc_hash",
DROP COLUMN "raw_hash",
ADD COLUMN     "fingerprint" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "known_to" TIMESTAMPTZ(3),
ADD COLUMN     "valid_to" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "owner_hint" ADD COLUMN     "unbound" BOOLEAN NOT NULL DEFAULT false,
DROP COLUMN "doc_hash",
DROP COLUMN "raw_hash",
ADD COLUMN     "fingerprint" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "known_to" TIMESTAMPTZ(3),
ADD COLUMN     "valid_to" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "secret" DROP COLUMN "doc_hash",
DROP COLUMN "raw_hash",
ADD COLUMN     "fingerprint" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "known_to" TIMESTAMPTZ(3),
ADD COLUMN     "valid_to" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "issuer" DROP COLUMN "doc_hash",
DROP COLUMN "raw_hash",
ADD COLUMN     "fingerprint" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "known_to" TIMESTAMPTZ(3),
ADD COLUMN     "valid_to" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "posture" ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "known_to" TIMESTAMPTZ(3),
ADD COLUMN     "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "valid_to" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "finding" ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "known_to" TIMESTAMPTZ(3),
ADD COLUMN     "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "valid_to" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "tally" ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "known_to" TIMESTAMPTZ(3),
ADD COLUMN     "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "valid_to" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "connection" ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "known_to" TIMESTAMPTZ(3),
ADD COLUMN     "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "valid_to" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "scope" ADD COLUMN     "authorities" TEXT[],
ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "known_to" TIMESTAMPTZ(3),
ADD COLUMN     "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "valid_to" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "connection_scope" ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "known_to" TIMESTAMPTZ(3),
ADD COLUMN     "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "valid_to" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "run" ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "known_to" TIMESTAMPTZ(3),
ADD COLUMN     "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "valid_to" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "run_coverage" ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "known_to" TIMESTAMPTZ(3),
ADD COLUMN     "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "valid_to" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "look" ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "known_to" TIMESTAMPTZ(3),
ADD COLUMN     "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
ADD COLUMN     "valid_to" TIMESTAMPTZ(3);

-- DropTable
DROP TABLE "history";

-- DropTable
DROP TABLE "staged";

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "facet_count" (
    "scope_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "class" TEXT NOT NULL,
    "owner_state" TEXT NOT NULL,
    "owner_name" TEXT NOT NULL,
    "privilege_class" TEXT NOT NULL,
    "retired" BOOLEAN NOT NULL,
    "count" INTEGER NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
    "valid_to" TIMESTAMPTZ(3),
    "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
    "known_to" TIMESTAMPTZ(3),

    CONSTRAINT "facet_count_pkey" PRIMARY KEY ("scope_id","type","class","owner_state","owner_name","privilege_class","retired")
);

-- CreateIndex
CREATE INDEX "identity_known_from_idx" ON "identity"("known_from");

-- CreateIndex
CREATE INDEX "credential_known_from_idx" ON "credential"("known_from");

-- CreateIndex
CREATE INDEX "entitlement_known_from_idx" ON "entitlement"("known_from");

-- CreateIndex
CREATE INDEX "grant_known_from_idx" ON "grant"("known_from");

-- CreateIndex
CREATE INDEX "trust_known_from_idx" ON "trust"("known_from");

-- CreateIndex
CREATE INDEX "workload_known_from_idx" ON "workload"("known_from");

-- CreateIndex
CREATE INDEX "usage_known_from_idx" ON "usage"("known_from");

-- CreateIndex
CREATE INDEX "owner_hint_known_from_idx" ON "owner_hint"("known_from");

-- CreateIndex
CREATE INDEX "secret_known_from_idx" ON "secret"("known_from");

-- CreateIndex
CREATE INDEX "issuer_known_from_idx" ON "issuer"("known_from");

-- CreateIndex
CREATE INDEX "posture_known_from_idx" ON "posture"("known_from");

-- CreateIndex
CREATE INDEX "finding_opened_at_id_idx" ON "finding"("opened_at", "id");

-- CreateIndex
CREATE INDEX "finding_subject_name_id_idx" ON "finding"("subject_name", "id");

-- CreateIndex
CREATE INDEX "finding_known_from_idx" ON "finding"("known_from");

-- AddForeignKey
ALTER TABLE "facet_count" ADD CONSTRAINT "facet_count_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "identity" ALTER COLUMN "fingerprint" DROP DEFAULT;
ALTER TABLE "credential" ALTER COLUMN "fingerprint" DROP DEFAULT;
ALTER TABLE "entitlement" ALTER COLUMN "fingerprint" DROP DEFAULT;
ALTER TABLE "grant" ALTER COLUMN "fingerprint" DROP DEFAULT;
ALTER TABLE "trust" ALTER COLUMN "fingerprint" DROP DEFAULT;
ALTER TABLE "workload" ALTER COLUMN "fingerprint" DROP DEFAULT;
ALTER TABLE "usage" ALTER COLUMN "fingerprint" DROP DEFAULT;
ALTER TABLE "owner_hint" ALTER COLUMN "fingerprint" DROP DEFAULT;
ALTER TABLE "secret" ALTER COLUMN "fingerprint" DROP DEFAULT;
ALTER TABLE "issuer" ALTER COLUMN "fingerprint" DROP DEFAULT;

-- Rows that name an identity by something else than its native id are found again when its bearer changes.
CREATE INDEX credential_unbound ON credential (scope_id, identity_ref) WHERE unbound;
CREATE INDEX grant_unbound ON "grant" (scope_id, identity_ref) WHERE unbound;
CREATE INDEX trust_unbound ON trust (scope_id, identity_ref) WHERE unbound;
CREATE INDEX usage_unbound ON usage (scope_id, identity_ref) WHERE unbound;
CREATE INDEX owner_hint_unbound ON owner_hint (scope_id, identity_ref) WHERE unbound;

-- As before, but stable instead of immutable, which its conversion is not: only then is it written into the query that
-- calls it. Called row by row it took longer than the row itself.
CREATE OR REPLACE FUNCTION rollcall_id(scope uuid, kind text, native text) RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT overlay(overlay(substr(encode(sha256(convert_to(scope::text || chr(31) || kind || chr(31) || native, 'UTF8')), 'hex'), 1, 32)
     placing '8' from 13) placing '8' from 17)::uuid $$;
DROP FUNCTION doc_texts;

-- Observations of runs that are under way: one unlogged table a run, made when it starts and dropped when it has ended.
CREATE SCHEMA staging;

-- Versions that ended; what spans ended and current ones; and tables as they stood at the moment a session asks about.
CREATE SCHEMA past;
CREATE SCHEMA version;
CREATE SCHEMA moment;

-- Registers a table of `public` that has the four columns of the two times, or registers it anew after a column was added.
--   keys         what names a row
--   unversioned  columns whose change makes no version, each with the SQL that stands for it in an answer about the past
CREATE FUNCTION keep_versions(t text, keys text[], unversioned jsonb DEFAULT '{}') RETURNS void LANGUAGE plpgsql AS $body$
DECLARE
  own text[] := ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = format('public.%I', t)::regclass
    AND attnum > 0 AND NOT attisdropped AND attname NOT IN ('valid_to', 'known_to') ORDER BY attnum);
  watched text[] := ARRAY(SELECT c FROM unnest(own) c
    WHERE c <> ALL (keys || ARRAY['valid_from', 'known_from']) AND NOT unversioned ? c);
  -- A value that is encrypted or only bookkeeping is not copied into the past.
  kept text := (SELECT string_agg(CASE WHEN unversioned ->> c = 'valid_from' THEN 'OLD.valid_from'
    WHEN unversioned ? c THEN unversioned ->> c ELSE format('OLD.%I', c) END, ', ') FROM unnest(own) c);
  shown text := (SELECT string_agg(CASE WHEN unversioned ? c THEN format('%s AS %I', unversioned ->> c, c) ELSE quote_ident(c) END, ', ') FROM unnest(own) c);
  named text := (SELECT string_agg(quote_ident(c), ', ') FROM unnest(own) c);
  was text := (SELECT string_agg(format('OLD.%I', c), ', ') FROM unnest(watched) c);
  becomes text := (SELECT string_agg(format('NEW.%I', c), ', ') FROM unnest(watched) c);
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
        INSERT INTO past.%1$I (%2$s, valid_to, known_to) VALUES (%3$s, NEW.valid_from, NEW.known_from);
      END IF;
      RETURN NEW;
    END $t$ $f$, t, named, kept, becomes, was);
  EXECUTE format('CREATE OR REPLACE TRIGGER keep_versions BEFORE UPDATE OR DELETE ON public.%1$I FOR EACH ROW EXECUTE FUNCTION version.%1$I()', t);
  EXECUTE format($f$
    CREATE OR REPLACE VIEW moment.%1$I AS SELECT %2$s, NULL::timestamptz(3) AS valid_to, NULL::timestamptz(3) AS known_to FROM version.%1$I
    -- The moment is read once a statement instead of twice a row, which takes longer than the row itself. Of "later" the
    -- planner assumes one third, of "not later" two thirds, and most rows are not later than what is asked about.
    WHERE (known_from > (SELECT current_setting('rollcall.known')::timestamptz)) IS NOT TRUE
      AND (valid_from > (SELECT current_setting('rollcall.valid')::timestamptz)) IS NOT TRUE
      AND (known_to IS NULL OR known_to > (SELECT current_setting('rollcall.known')::timestamptz)
        OR valid_to > (SELECT current_setting('rollcall.valid')::timestamptz)) $f$, t, shown);
END $body$;

SELECT keep_versions(t, '{id}', '{"fingerprint": "''00000000-0000-0000-0000-000000000000''::uuid"}')
FROM unnest('{identity,credential,entitlement,grant,trust,workload,usage,owner_hint,secret,issuer}'::text[]) t;
SELECT keep_versions('connection', '{id}', '{"settings": "''''::bytea"}');
SELECT keep_versions('scope', '{id}', '{"evaluated_at": "NULL::timestamptz(3)"}');
SELECT keep_versions('connection_scope', '{connection_id,scope_id}', '{"listed_at": "valid_from"}');
SELECT keep_versions('run', '{id}', '{"phase": "''''::text", "observations": "0"}');
SELECT keep_versions('run_coverage', '{run_id,scope_id,stream,kind}', '{"applied_at": "NULL::timestamptz(3)"}');
SELECT keep_versions('look', '{scope_id,stream,kind}');
SELECT keep_versions('posture', '{identity_id}', '{"evaluated_at": "valid_from"}');
SELECT keep_versions('finding', '{id}');
SELECT keep_versions('tally', '{rule_id,scope_id}', '{"at": "valid_from"}');
SELECT keep_versions('facet_count', '{scope_id,type,class,owner_state,owner_name,privilege_class,retired}');

-- What is only ever added needs no versions.
ALTER TABLE "activity" ADD COLUMN "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now();
CREATE VIEW moment.activity AS SELECT * FROM public.activity
WHERE (known_from > (SELECT current_setting('rollcall.known')::timestamptz)) IS NOT TRUE;

-- The past is asked the same questions as the present.
CREATE INDEX ON past.identity (name, id);
CREATE INDEX ON past.identity USING gin (name gin_trgm_ops);
CREATE INDEX ON past.identity USING gin (aliases);
CREATE INDEX ON past.identity (type, name, id);
CREATE INDEX ON past.identity (last_used_at, id);
CREATE INDEX ON past.identity (created_at, id);
CREATE INDEX ON past.identity (native_id);
CREATE INDEX ON past.identity (scope_id);
CREATE INDEX ON past.credential (identity_id);
CREATE INDEX ON past.credential (native_id);
CREATE INDEX ON past."grant" (identity_id);
CREATE INDEX ON past.trust (identity_id);
CREATE INDEX ON past.trust (principal);
CREATE INDEX ON past.usage (identity_id);
CREATE INDEX ON past.owner_hint (identity_id);
CREATE INDEX ON past.workload USING gin (uses);
CREATE INDEX ON past.issuer (scope_id);
CREATE INDEX ON past.posture (scope_id);
CREATE INDEX ON past.posture (worst, identity_id);
CREATE INDEX ON past.posture (oldest_credential_at, identity_id);
CREATE INDEX ON past.posture (owner_name, identity_id);
CREATE INDEX ON past.finding (state, verdict, severity, id);
CREATE INDEX ON past.finding (rule_id, state);
CREATE INDEX ON past.finding (identity_id);
CREATE INDEX ON past.finding (opened_at, id);
CREATE INDEX ON past.finding (subject_name, id);

-- Facets of what is held already; the next evaluation counts them anew.
INSERT INTO facet_count (scope_id, type, class, owner_state, owner_name, privilege_class, retired, count)
SELECT i.scope_id, i.type, i.class, coalesce(p.owner_state, 'unknown'), coalesce(p.owner_name, ''),
  coalesce(p.privilege_class, 'unknown'), i.retired_at IS NOT NULL, count(*)
FROM identity i LEFT JOIN posture p ON p.identity_id = i.id GROUP BY 1, 2, 3, 4, 5, 6, 7;

-- A file is expected again, too: every month unless somebody says otherwise.
UPDATE connection SET interval_minutes = 43200 WHERE mode = 'import' AND interval_minutes = 0;

-- What an installation knew before this migration was kept by other means and is not carried over: its past begins here.
INSERT INTO setting (key, value) SELECT 'history', jsonb_build_object('days', 400,
  'from', CASE WHEN EXISTS (SELECT 1 FROM scope) THEN to_char(knowledge_now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') END);
