-- Packs that are built again and again, and taken to a place.
CREATE TABLE "delivery" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "question" JSONB NOT NULL,
    "every" TEXT NOT NULL,
    "wait_hours" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "settings" BYTEA NOT NULL,
    "tell" TEXT[],
    "member_id" TEXT NOT NULL,
    "member_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "paused_at" TIMESTAMPTZ(3),
    "paused_by" TEXT,
    "paused_why" TEXT,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "delivery_period" (
    "id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "period_from" TIMESTAMPTZ(3) NOT NULL,
    "period_to" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "pack_id" UUID,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "claimed_until" TIMESTAMPTZ(3),
    "error" TEXT,
    "outcome" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_period_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "delivery_title_key" ON "delivery"("title");
CREATE UNIQUE INDEX "delivery_period_delivery_id_period_from_period_to_key" ON "delivery_period"("delivery_id", "period_from", "period_to");
CREATE INDEX "delivery_period_state_not_before_idx" ON "delivery_period"("state", "not_before");
CREATE INDEX "delivery_period_pack_id_idx" ON "delivery_period"("pack_id");
ALTER TABLE "delivery_period" ADD CONSTRAINT "delivery_period_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Of a delivery one period is under way at a time: what was missed, or is tried again, follows in its order.
CREATE UNIQUE INDEX delivery_period_one ON delivery_period (delivery_id) WHERE state IN ('building', 'waiting');

ALTER TABLE "delivery"
  ADD CONSTRAINT "delivery_every_known" CHECK (every IN ('week', 'month', 'quarter')),
  ADD CONSTRAINT "delivery_kind_known" CHECK (kind IN ('folder', 'store')),
  ADD CONSTRAINT "delivery_paused" CHECK (num_nonnulls(paused_at, paused_by, paused_why) IN (0, 3));
ALTER TABLE "delivery_period"
  ADD CONSTRAINT "delivery_period_state_known" CHECK (state IN ('due', 'building', 'waiting', 'delivered', 'dead')),
  ADD CONSTRAINT "delivery_period_order" CHECK (period_from < period_to),
  ADD CONSTRAINT "delivery_period_ended" CHECK ((state IN ('delivered', 'dead')) = (ended_at IS NOT NULL)),
  ADD CONSTRAINT "delivery_period_packed" CHECK (state NOT IN ('building', 'waiting', 'delivered') OR pack_id IS NOT NULL),
  ADD CONSTRAINT "delivery_period_outcome" CHECK ((state = 'delivered') = (outcome IS NOT NULL));
