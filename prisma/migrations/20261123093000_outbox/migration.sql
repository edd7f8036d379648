-- Notices wait here until they are sent, by channels whose settings are sealed as those of sources are.
CREATE TABLE "channel" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "settings" BYTEA NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "takes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "last_success_at" TIMESTAMPTZ(3),
    "last_failure_at" TIMESTAMPTZ(3),
    "last_failure" TEXT,
    "not_before" TIMESTAMPTZ(3),

    CONSTRAINT "channel_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "notice" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "email" TEXT,
    "user_id" TEXT,
    "recipient_name" TEXT NOT NULL,
    "channel_id" UUID,
    "grouped" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "error" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "claimed_until" TIMESTAMPTZ(3),

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "notice_preference" (
    "user_id" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "notice_preference_pkey" PRIMARY KEY ("user_id")
);

CREATE UNIQUE INDEX "channel_name_key" ON "channel"("name");

CREATE UNIQUE INDEX "notice_key_key" ON "notice"("key");

CREATE INDEX "notice_state_not_before_idx" ON "notice"("state", "not_before");

CREATE INDEX "notice_about_idx" ON "notice"("about");

CREATE INDEX "notice_channel_id_idx" ON "notice"("channel_id");

CREATE INDEX "notice_user_id_idx" ON "notice"("user_id");

CREATE INDEX "notice_created_at_id_idx" ON "notice"("created_at", "id");

ALTER TABLE "notice" ADD CONSTRAINT "notice_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "notice"
  ADD CONSTRAINT "notice_state_known" CHECK (state IN ('waiting', 'sent', 'dead', 'withdrawn')),
  ADD CONSTRAINT "notice_goes_somewhere" CHECK (state <> 'waiting' OR num_nonnulls(email, channel_id) > 0),
  ADD CONSTRAINT "notice_ended" CHECK ((state = 'waiting') = (ended_at IS NULL));
