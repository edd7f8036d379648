-- Who answers for an identity, as people confirm it, and what evaluations have to look at again when they or the directory change.
CREATE TABLE "ownership" (
    "identity_id" UUID NOT NULL,
    "person_id" UUID,
    "team_id" UUID,
    "backup_id" UUID,
    "contact_id" UUID,
    "known" JSONB NOT NULL,
    "disputed_at" TIMESTAMPTZ(3),
    "disputed_by" TEXT,
    "disputed_why" TEXT,
    "act_id" UUID NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ownership_pkey" PRIMARY KEY ("identity_id")
);

CREATE TABLE "ownership_act" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "for_id" UUID,
    "for_name" TEXT,
    "kind" TEXT NOT NULL,
    "why" TEXT,
    "identities" INTEGER NOT NULL,
    "undoes" UUID,

    CONSTRAINT "ownership_act_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ownership_change" (
    "act_id" UUID NOT NULL,
    "identity_id" UUID NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "known_at" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),

    CONSTRAINT "ownership_change_pkey" PRIMARY KEY ("act_id","identity_id")
);

CREATE TABLE "delegation" (
    "id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "to_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "why" TEXT,
    "made_by" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,

    CONSTRAINT "delegation_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "directory_change" (
    "who_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "known_at" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),

    CONSTRAINT "directory_change_pkey" PRIMARY KEY ("who_id","email")
);

CREATE INDEX "ownership_person_id_idx" ON "ownership"("person_id");

CREATE INDEX "ownership_team_id_idx" ON "ownership"("team_id");

CREATE INDEX "ownership_backup_id_idx" ON "ownership"("backup_id");

CREATE INDEX "ownership_contact_id_idx" ON "ownership"("contact_id");

CREATE INDEX "ownership_act_id_idx" ON "ownership"("act_id");

CREATE UNIQUE INDEX "ownership_act_undoes_key" ON "ownership_act"("undoes");

CREATE INDEX "ownership_act_at_id_idx" ON "ownership_act"("at", "id");

CREATE INDEX "ownership_change_identity_id_idx" ON "ownership_change"("identity_id");

CREATE INDEX "ownership_change_known_at_idx" ON "ownership_change"("known_at");

CREATE INDEX "delegation_from_id_ends_at_idx" ON "delegation"("from_id", "ends_at");

CREATE INDEX "delegation_to_id_ends_at_idx" ON "delegation"("to_id", "ends_at");

CREATE INDEX "directory_change_known_at_idx" ON "directory_change"("known_at");

ALTER TABLE "ownership_change" ADD CONSTRAINT "ownership_change_act_id_fkey" FOREIGN KEY ("act_id") REFERENCES "ownership_act"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Hints name people by their address, however it is written.
CREATE INDEX owner_hint_of_identity_lower_idx ON public.owner_hint (lower(value)) WHERE identity_id IS NOT NULL;

-- What runs beside what.
CREATE INDEX workload_namespace_idx ON public.workload (scope_id, (doc ->> 'namespace')) WHERE retired_at IS NULL;

CREATE FUNCTION note_directory_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'person_source' THEN
    INSERT INTO directory_change (who_id, email) SELECT p.id, coalesce(p.email, '') FROM person p WHERE p.id = NEW.person_id
      ON CONFLICT (who_id, email) DO UPDATE SET known_at = excluded.known_at;
    RETURN NULL;
  END IF;
  INSERT INTO directory_change (who_id, email) VALUES (NEW.id, lower(coalesce(NEW.email, '')))
    ON CONFLICT (who_id, email) DO UPDATE SET known_at = excluded.known_at;
  -- Whoever was named by the address they had is named by nobody now.
  IF TG_OP = 'UPDATE' AND NEW.email IS DISTINCT FROM OLD.email THEN
    INSERT INTO directory_change (who_id, email) VALUES (NEW.id, lower(coalesce(OLD.email, '')))
      ON CONFLICT (who_id, email) DO UPDATE SET known_at = excluded.known_at;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER person_added AFTER INSERT ON person FOR EACH ROW EXECUTE FUNCTION note_directory_change();
CREATE TRIGGER person_changed AFTER UPDATE ON person FOR EACH ROW
  WHEN ((OLD.name, OLD.email, OLD.standing) IS DISTINCT FROM (NEW.name, NEW.email, NEW.standing))
  EXECUTE FUNCTION note_directory_change();
CREATE TRIGGER person_known AFTER INSERT ON person_source FOR EACH ROW EXECUTE FUNCTION note_directory_change();
CREATE TRIGGER team_changed AFTER UPDATE ON team FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name)
  EXECUTE FUNCTION note_directory_change();
