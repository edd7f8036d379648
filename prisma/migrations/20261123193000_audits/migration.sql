-- Audits: who audits what over which period, the samples they drew, what they asked, and what came of each item.
CREATE TABLE "audit" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "period_from" TIMESTAMPTZ(3) NOT NULL,
    "period_to" TIMESTAMPTZ(3) NOT NULL,
    "controls" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" TEXT NOT NULL,
    "created_by_name" TEXT NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,
    "closed_why" TEXT,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "audit_auditor" (
    "audit_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "added_by" TEXT NOT NULL,

    CONSTRAINT "audit_auditor_pkey" PRIMARY KEY ("audit_id","user_id")
);

CREATE TABLE "audit_pack" (
    "audit_id" UUID NOT NULL,
    "pack_id" UUID NOT NULL,
    "shared_at" TIMESTAMPTZ(3) NOT NULL,
    "shared_by" TEXT NOT NULL,

    CONSTRAINT "audit_pack_pkey" PRIMARY KEY ("audit_id","pack_id")
);

CREATE TABLE "audit_sample" (
    "id" UUID NOT NULL,
    "audit_id" UUID NOT NULL,
    "nth" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "known" TIMESTAMPTZ(3) NOT NULL,
    "pack_id" UUID,
    "seed" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "skipped" INTEGER NOT NULL,
    "population" INTEGER NOT NULL,
    "population_hash" CHAR(64) NOT NULL,
    "completeness" JSONB NOT NULL,
    "within" UUID[],
    "drawn_at" TIMESTAMPTZ(3) NOT NULL,
    "drawn_by_id" TEXT NOT NULL,
    "drawn_by_name" TEXT NOT NULL,

    CONSTRAINT "audit_sample_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "audit_item" (
    "id" UUID NOT NULL,
    "audit_id" UUID NOT NULL,
    "nth" INTEGER NOT NULL,
    "origin" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "question" TEXT,
    "due_at" TIMESTAMPTZ(3),
    "sample_id" UUID,
    "rank" INTEGER,
    "hash" CHAR(64),
    "subject_kind" TEXT,
    "subject_id" UUID,
    "identity_id" UUID,
    "values" JSONB,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "reason" TEXT,
    "status_at" TIMESTAMPTZ(3) NOT NULL,
    "status_by" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_by_id" TEXT NOT NULL,
    "opened_by" TEXT NOT NULL,

    CONSTRAINT "audit_item_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "audit_comment" (
    "id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "internal" BOOLEAN NOT NULL,
    "link_kind" TEXT,
    "link_id" UUID,
    "link_name" TEXT,
    "link_scope" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "from_auditor" BOOLEAN NOT NULL,

    CONSTRAINT "audit_comment_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "audit_change" (
    "id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,
    "reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,

    CONSTRAINT "audit_change_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "audit_auditor_user_id_idx" ON "audit_auditor"("user_id");

CREATE INDEX "audit_pack_pack_id_idx" ON "audit_pack"("pack_id");

CREATE UNIQUE INDEX "audit_sample_audit_id_nth_key" ON "audit_sample"("audit_id", "nth");

CREATE INDEX "audit_item_audit_id_status_idx" ON "audit_item"("audit_id", "status");

CREATE INDEX "audit_item_sample_id_idx" ON "audit_item"("sample_id");

CREATE INDEX "audit_item_subject_id_idx" ON "audit_item"("subject_id");

CREATE UNIQUE INDEX "audit_item_audit_id_nth_key" ON "audit_item"("audit_id", "nth");

CREATE INDEX "audit_comment_item_id_at_idx" ON "audit_comment"("item_id", "at");

CREATE INDEX "audit_comment_actor_id_idx" ON "audit_comment"("actor_id");

CREATE INDEX "audit_change_item_id_at_idx" ON "audit_change"("item_id", "at");

CREATE INDEX "audit_change_actor_id_idx" ON "audit_change"("actor_id");

ALTER TABLE "audit_auditor" ADD CONSTRAINT "audit_auditor_audit_id_fkey" FOREIGN KEY ("audit_id") REFERENCES "audit"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "audit_pack" ADD CONSTRAINT "audit_pack_audit_id_fkey" FOREIGN KEY ("audit_id") REFERENCES "audit"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "audit_pack" ADD CONSTRAINT "audit_pack_pack_id_fkey" FOREIGN KEY ("pack_id") REFERENCES "pack"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "audit_sample" ADD CONSTRAINT "audit_sample_audit_id_fkey" FOREIGN KEY ("audit_id") REFERENCES "audit"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "audit_item" ADD CONSTRAINT "audit_item_audit_id_fkey" FOREIGN KEY ("audit_id") REFERENCES "audit"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "audit_item" ADD CONSTRAINT "audit_item_sample_id_fkey" FOREIGN KEY ("sample_id") REFERENCES "audit_sample"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "audit_comment" ADD CONSTRAINT "audit_comment_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "audit_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "audit_change" ADD CONSTRAINT "audit_change_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "audit_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "audit"
  ADD CONSTRAINT "audit_period" CHECK (period_from < period_to),
  ADD CONSTRAINT "audit_closed" CHECK ((closed_at IS NULL) = (closed_by IS NULL));

ALTER TABLE "audit_sample"
  ADD CONSTRAINT "audit_sample_kind_known" CHECK (kind IN ('identity', 'credential', 'finding')),
  ADD CONSTRAINT "audit_sample_size" CHECK (size BETWEEN 1 AND 500 AND skipped >= 0 AND population > skipped);

ALTER TABLE "audit_item"
  ADD CONSTRAINT "audit_item_status_known" CHECK (status IN ('waiting', 'ready', 'approved', 'flagged', 'not-applicable')),
  ADD CONSTRAINT "audit_item_reasoned" CHECK (status NOT IN ('flagged', 'not-applicable') OR reason IS NOT NULL),
  ADD CONSTRAINT "audit_item_origin" CHECK (
    CASE origin
      WHEN 'request' THEN question IS NOT NULL AND num_nonnulls(sample_id, rank, hash, subject_kind, subject_id, "values") = 0
      WHEN 'sampled' THEN question IS NULL AND num_nonnulls(sample_id, rank, hash, subject_kind, subject_id, "values") = 6
      ELSE FALSE
    END);

-- What was said and decided is never changed.
CREATE TRIGGER audit_sample_only_added BEFORE UPDATE OR DELETE ON audit_sample FOR EACH ROW EXECUTE FUNCTION only_added();
CREATE TRIGGER audit_comment_only_added BEFORE UPDATE OR DELETE ON audit_comment FOR EACH ROW EXECUTE FUNCTION only_added();
CREATE TRIGGER audit_change_only_added BEFORE UPDATE OR DELETE ON audit_change FOR EACH ROW EXECUTE FUNCTION only_added();
