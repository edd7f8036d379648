-- Rules asked by a policy, about what has changed or fallen due, with what was read kept beside what was answered.
CREATE TABLE "policy" (
    "version" INTEGER NOT NULL,
    "doc" JSONB NOT NULL,
    "note" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "source" TEXT NOT NULL,

    CONSTRAINT "policy_pkey" PRIMARY KEY ("version")
);

CREATE TABLE "rule_revision" (
    "revision" TEXT NOT NULL,
    "rule_id" TEXT NOT NULL,
    "source_revision" TEXT NOT NULL,
    "params" JSONB NOT NULL,
    "severity" TEXT,
    "policy_version" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rule_revision_pkey" PRIMARY KEY ("revision")
);

CREATE TABLE "subject_state" (
    "id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "answers" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3),

    CONSTRAINT "subject_state_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "subject_facts" (
    "id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "facts" TEXT NOT NULL,

    CONSTRAINT "subject_facts_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "evaluation" (
    "scope_id" UUID NOT NULL,
    "shared_by" TEXT NOT NULL,
    "judged_by" TEXT NOT NULL,
    "relies_on" JSONB NOT NULL DEFAULT '{}',
    "settled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "evaluation_pkey" PRIMARY KEY ("scope_id")
);

CREATE TABLE "access_change" (
    "id" BIGSERIAL NOT NULL,
    "scope_id" UUID NOT NULL,
    "identity_id" UUID NOT NULL,

    CONSTRAINT "access_change_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "rule_revision_rule_id_idx" ON "rule_revision"("rule_id");

CREATE INDEX "subject_state_scope_id_kind_answers_idx" ON "subject_state"("scope_id", "kind", "answers");

CREATE INDEX "subject_state_due_at_scope_id_idx" ON "subject_state"("due_at", "scope_id");

CREATE INDEX "subject_facts_scope_id_idx" ON "subject_facts"("scope_id");

CREATE INDEX "access_change_scope_id_id_idx" ON "access_change"("scope_id", "id");

ALTER TABLE "subject_state" ADD CONSTRAINT "subject_state_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "subject_facts" ADD CONSTRAINT "subject_facts_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "evaluation" ADD CONSTRAINT "evaluation_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- New columns of what keeps its versions. Nothing new is learned by them: no version ends.
ALTER TABLE version.finding ADD COLUMN "latent" TEXT;
ALTER TABLE version.tally ADD COLUMN "exempt" INTEGER NOT NULL DEFAULT 0, ADD COLUMN "off" TEXT;
DROP VIEW moment.finding, moment.finding_version, public.finding_version;
SELECT keep_versions('finding', '{id}', '{}', $f$
  CASE WHEN NEW.state <> 'open' THEN CASE WHEN OLD.state = 'open' THEN 'gone' ELSE 'same' END
    WHEN OLD.state <> 'open' THEN 'returned'
    WHEN OLD.verdict <> NEW.verdict THEN 'learned'
    WHEN (OLD.severity, OLD.message, OLD.latent) IS DISTINCT FROM (NEW.severity, NEW.message, NEW.latent)
      THEN 'changed' ELSE 'same' END $f$);
SELECT keep_versions('tally', '{rule_id,scope_id}', '{"at": "valid_from"}');
DO $$
DECLARE
  own text := (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = 'version.finding'::regclass AND attnum > 0 AND NOT attisdropped AND attname NOT IN ('valid_to', 'known_to'));
BEGIN
  EXECUTE format('CREATE VIEW public.finding_version AS SELECT %s, valid_to, known_to FROM version.finding', own);
  EXECUTE format($f$
    CREATE VIEW moment.finding_version AS SELECT %s,
      CASE WHEN known_to <= (SELECT current_setting('rollcall.known')::timestamptz)
        AND valid_to <= (SELECT current_setting('rollcall.valid')::timestamptz) THEN valid_to END AS valid_to,
      CASE WHEN known_to <= (SELECT current_setting('rollcall.known')::timestamptz)
        AND valid_to <= (SELECT current_setting('rollcall.valid')::timestamptz) THEN known_to END AS known_to
    FROM version.finding WHERE (known_from > (SELECT current_setting('rollcall.known')::timestamptz)) IS NOT TRUE
      AND (valid_from > (SELECT current_setting('rollcall.valid')::timestamptz)) IS NOT TRUE $f$, own);
END $$;

-- Up to when everything that became known is committed: whoever reads afterwards misses nothing of it. The clock is read
-- first: whoever was stamped before holds the lock until its transaction ends, and is stamped no earlier than it began.
CREATE FUNCTION knowledge_settled() RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  last bigint := (SELECT last_value FROM knowledge_clock);
  begun timestamptz;
BEGIN
  SELECT min(a.xact_start) INTO begun FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
  WHERE l.locktype = 'advisory' AND l.classid = 7305 AND l.objid = 1 AND l.objsubid = 2 AND l.pid <> pg_backend_pid()
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database());
  RETURN least(to_timestamp(last / 1000.0), date_trunc('milliseconds', begun) - interval '1 ms');
END $$;

-- What analyses say is derived and keeps no versions: whose verdicts and steps moved is noted for the next evaluation.
CREATE FUNCTION note_access_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'access_verdict' THEN
    IF TG_OP <> 'DELETE' THEN
      INSERT INTO access_change (scope_id, identity_id) SELECT scope_id, identity_id FROM new_rows;
    ELSE
      INSERT INTO access_change (scope_id, identity_id) SELECT scope_id, identity_id FROM old_rows o
        WHERE EXISTS (SELECT 1 FROM scope s WHERE s.id = o.scope_id);
    END IF;
  ELSIF TG_OP <> 'DELETE' THEN
    INSERT INTO access_change (scope_id, identity_id) SELECT i.scope_id, i.id FROM new_rows n
      CROSS JOIN LATERAL (VALUES (n.from_id), (n.to_id)) e (id) JOIN identity i ON i.id = e.id;
  ELSE
    INSERT INTO access_change (scope_id, identity_id) SELECT i.scope_id, i.id FROM old_rows o
      CROSS JOIN LATERAL (VALUES (o.from_id), (o.to_id)) e (id) JOIN identity i ON i.id = e.id
      WHERE EXISTS (SELECT 1 FROM scope s WHERE s.id = i.scope_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER note_inserted AFTER INSERT ON access_verdict REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION note_access_change();
CREATE TRIGGER note_updated AFTER UPDATE ON access_verdict REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION note_access_change();
CREATE TRIGGER note_deleted AFTER DELETE ON access_verdict REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION note_access_change();
CREATE TRIGGER note_inserted AFTER INSERT ON access_step REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION note_access_change();
CREATE TRIGGER note_updated AFTER UPDATE ON access_step REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION note_access_change();
CREATE TRIGGER note_deleted AFTER DELETE ON access_step REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION note_access_change();

-- What was noted goes with its scope, after all whose going may be noted.
CREATE OR REPLACE FUNCTION scope_takes_its_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM identity WHERE scope_id = OLD.id;
  DELETE FROM credential WHERE scope_id = OLD.id;
  DELETE FROM entitlement WHERE scope_id = OLD.id;
  DELETE FROM "grant" WHERE scope_id = OLD.id;
  DELETE FROM trust WHERE scope_id = OLD.id;
  DELETE FROM workload WHERE scope_id = OLD.id;
  DELETE FROM usage WHERE scope_id = OLD.id;
  DELETE FROM owner_hint WHERE scope_id = OLD.id;
  DELETE FROM secret WHERE scope_id = OLD.id;
  DELETE FROM issuer WHERE scope_id = OLD.id;
  DELETE FROM posture WHERE scope_id = OLD.id;
  DELETE FROM finding WHERE scope_id = OLD.id;
  DELETE FROM access_change WHERE scope_id = OLD.id;
  RETURN NULL;
END $$;
