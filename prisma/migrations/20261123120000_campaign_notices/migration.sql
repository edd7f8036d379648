-- What campaigns say and what starts reviews by itself: reminders and their escalation, cards about what has happened, and
-- links for people without an account.
ALTER TABLE "campaign" ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'campaign',
ADD COLUMN "cause" TEXT;

ALTER TABLE "campaign_item" ADD COLUMN "cause" TEXT;

ALTER TABLE "decision" ADD COLUMN "by_link" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "sign_off" ADD COLUMN "by_link" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "remediation" ADD COLUMN "told_state" TEXT,
ADD COLUMN "watched_at" TIMESTAMPTZ(3);

CREATE TABLE "campaign_stage" (
    "campaign_id" UUID NOT NULL,
    "stage" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "campaign_stage_pkey" PRIMARY KEY ("campaign_id","stage","due_at")
);

CREATE TABLE "review_event" (
    "id" UUID NOT NULL,
    "cause" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "identity_id" UUID NOT NULL,
    "words" TEXT NOT NULL,
    "finding_id" UUID,
    "trust_id" UUID,
    "remediation_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "noticed_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "why" TEXT,
    "item_id" UUID,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "review_event_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "review_link" (
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_why" TEXT,
    "session_hash" TEXT,
    "session_until" TIMESTAMPTZ(3),

    CONSTRAINT "review_link_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "review_event_key_key" ON "review_event"("key");

CREATE INDEX "review_event_state_noticed_at_id_idx" ON "review_event"("state", "noticed_at", "id");

CREATE INDEX "review_event_item_id_idx" ON "review_event"("item_id");

CREATE INDEX "review_event_identity_id_cause_idx" ON "review_event"("identity_id", "cause");

CREATE INDEX "review_event_ended_at_idx" ON "review_event"("ended_at");

CREATE UNIQUE INDEX "review_link_token_hash_key" ON "review_link"("token_hash");

CREATE UNIQUE INDEX "review_link_session_hash_key" ON "review_link"("session_hash");

CREATE INDEX "review_link_campaign_id_person_id_idx" ON "review_link"("campaign_id", "person_id");

CREATE INDEX "remediation_watched_at_idx" ON "remediation"("watched_at");

ALTER TABLE "campaign_stage" ADD CONSTRAINT "campaign_stage_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "review_link" ADD CONSTRAINT "review_link_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE campaign ADD CONSTRAINT campaign_kind CHECK (kind IN ('campaign', 'event') AND (kind = 'event') = (cause IS NOT NULL));
ALTER TABLE review_event
  ADD CONSTRAINT review_event_state CHECK (state IN ('waiting', 'opened', 'joined', 'left') AND (state = 'waiting') = (ended_at IS NULL)
    AND (state IN ('opened', 'joined')) = (item_id IS NOT NULL)),
  ADD CONSTRAINT review_event_seen_by CHECK (num_nonnulls(finding_id, trust_id, remediation_id) = 1);
ALTER TABLE review_link ADD CONSTRAINT review_link_session CHECK ((session_hash IS NULL) = (session_until IS NULL)
  AND (session_hash IS NULL OR used_at IS NOT NULL));
-- One open card for an identity and a cause, whoever opens it.
CREATE UNIQUE INDEX campaign_item_one_open ON campaign_item (identity_id, cause)
  WHERE cause IS NOT NULL AND state IN ('undecided', 'unclear', 'decided');
