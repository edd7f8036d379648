-- Packs of evidence that were asked for, and the keys that sign them.
CREATE TABLE "signing_key" (
    "public_key" CHAR(64) NOT NULL,
    "sealed" BYTEA NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "made_by" TEXT NOT NULL,

    CONSTRAINT "signing_key_pkey" PRIMARY KEY ("public_key")
);

CREATE TABLE "pack" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "asked" JSONB NOT NULL,
    "needs" TEXT[],
    "state" TEXT NOT NULL DEFAULT 'queued',
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "actor_role" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "begun_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "progress" JSONB NOT NULL DEFAULT '[]',
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "failure" TEXT,
    "sha256" CHAR(64),
    "content" CHAR(64),
    "key" CHAR(64),
    "files" JSONB,
    "complete" BOOLEAN,
    "gaps" JSONB NOT NULL DEFAULT '[]',
    "activity_head" TEXT,
    "keep_days" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),
    "removed_by" TEXT,

    CONSTRAINT "pack_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "pack_state_expires_at_idx" ON "pack"("state", "expires_at");

-- One key signs at a time, and none is ever taken away: packs that it has signed would not be checkable any more.
CREATE UNIQUE INDEX signing_key_one ON signing_key ((true)) WHERE until IS NULL;
CREATE TRIGGER signing_key_kept BEFORE DELETE ON signing_key FOR EACH ROW EXECUTE FUNCTION only_added();

ALTER TABLE "pack"
  ADD CONSTRAINT "pack_state_known" CHECK (state IN ('queued', 'building', 'sealed', 'failed', 'cancelled')),
  ADD CONSTRAINT "pack_ended" CHECK ((state IN ('queued', 'building')) = (ended_at IS NULL)),
  ADD CONSTRAINT "pack_sealed_whole" CHECK ((state = 'sealed') = (num_nonnulls(sha256, content, key, files, complete) = 5)),
  ADD CONSTRAINT "pack_removed" CHECK (removed_at IS NULL OR state = 'sealed');
