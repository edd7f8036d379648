-- Campaigns: populations frozen at one instant, and what named people decide about each identity of them.
CREATE TABLE "campaign" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "instructions" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "chain" JSONB NOT NULL,
    "manager_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "extensions" JSONB NOT NULL DEFAULT '[]',
    "policy" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by" TEXT NOT NULL,
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "instant" TIMESTAMPTZ(3),
    "prepared_to" UUID,
    "prepared" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "population_hash" TEXT,
    "rows" INTEGER,
    "runs" JSONB,
    "gaps" JSONB,
    "prepared_at" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,
    "sealed_at" TIMESTAMPTZ(3),

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "campaign_item" (
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "identity_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "scope_id" UUID NOT NULL,
    "scope_name" TEXT NOT NULL,
    "card" JSONB NOT NULL,
    "card_hash" TEXT NOT NULL,
    "tier" INTEGER NOT NULL,
    "administrator" BOOLEAN NOT NULL,
    "cluster_key" TEXT,
    "control" BOOLEAN NOT NULL DEFAULT false,
    "carries_id" UUID,
    "interested" JSONB NOT NULL,
    "reviewer_id" UUID,
    "reviewer_why" TEXT NOT NULL,
    "hops" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'undecided',
    "version" INTEGER NOT NULL DEFAULT 1,
    "decision_id" UUID,
    "sign_off_id" UUID,
    "exception_person_id" UUID,
    "exception_reason" TEXT,

    CONSTRAINT "campaign_item_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "decision" (
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "decision" TEXT NOT NULL,
    "reason_code" TEXT,
    "reason" TEXT,
    "keep_until" TIMESTAMPTZ(3),
    "lacking" TEXT,
    "drops" TEXT[],
    "by_id" UUID,
    "by_name" TEXT NOT NULL,
    "for_id" UUID,
    "for_name" TEXT,
    "source" TEXT NOT NULL,
    "dwell_ms" INTEGER,
    "opened" TEXT[],
    "paced" BOOLEAN NOT NULL DEFAULT false,
    "request_id" UUID NOT NULL,
    "request_size" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "supersedes_id" UUID,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "item_handover" (
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "from_id" UUID,
    "to_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "by_name" TEXT NOT NULL,
    "hop" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "item_handover_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "second_look" (
    "item_id" UUID NOT NULL,
    "why" TEXT NOT NULL,
    "campaign_id" UUID NOT NULL,
    "reviewer_id" UUID,
    "answer" TEXT,
    "reason" TEXT,
    "dwell_ms" INTEGER,
    "at" TIMESTAMPTZ(3),
    "settled_as" TEXT,
    "settled_by" TEXT,
    "settled_why" TEXT,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "second_look_pkey" PRIMARY KEY ("item_id","why")
);

CREATE TABLE "sign_off" (
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "counts" JSONB NOT NULL,
    "items" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_off_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "addendum" (
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "item_id" UUID,
    "text" TEXT NOT NULL,
    "by_id" TEXT NOT NULL,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "addendum_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "remediation" (
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "decision_id" UUID NOT NULL,
    "identity_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "steps" TEXT[],
    "drops" TEXT[],
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "signed_at" TIMESTAMPTZ(3),
    "applied_at" TIMESTAMPTZ(3),
    "applied_by" TEXT,
    "applied_note" TEXT,
    "dropped_at" TIMESTAMPTZ(3),

    CONSTRAINT "remediation_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "campaign_state_due_at_idx" ON "campaign"("state", "due_at");

CREATE INDEX "campaign_created_at_id_idx" ON "campaign"("created_at", "id");

CREATE INDEX "campaign_item_campaign_id_tier_scope_name_name_id_idx" ON "campaign_item"("campaign_id", "tier", "scope_name", "name", "id");

CREATE INDEX "campaign_item_campaign_id_reviewer_id_state_tier_idx" ON "campaign_item"("campaign_id", "reviewer_id", "state", "tier");

CREATE INDEX "campaign_item_campaign_id_cluster_key_idx" ON "campaign_item"("campaign_id", "cluster_key");

CREATE INDEX "campaign_item_reviewer_id_state_idx" ON "campaign_item"("reviewer_id", "state");

CREATE INDEX "campaign_item_identity_id_idx" ON "campaign_item"("identity_id");

CREATE INDEX "campaign_item_decision_id_idx" ON "campaign_item"("decision_id");

CREATE UNIQUE INDEX "campaign_item_campaign_id_identity_id_key" ON "campaign_item"("campaign_id", "identity_id");

CREATE INDEX "decision_item_id_at_idx" ON "decision"("item_id", "at");

CREATE INDEX "decision_campaign_id_by_id_at_idx" ON "decision"("campaign_id", "by_id", "at");

CREATE INDEX "item_handover_item_id_at_idx" ON "item_handover"("item_id", "at");

CREATE INDEX "item_handover_campaign_id_idx" ON "item_handover"("campaign_id");

CREATE INDEX "second_look_campaign_id_reviewer_id_idx" ON "second_look"("campaign_id", "reviewer_id");

CREATE INDEX "second_look_reviewer_id_idx" ON "second_look"("reviewer_id");

CREATE INDEX "sign_off_campaign_id_at_idx" ON "sign_off"("campaign_id", "at");

CREATE INDEX "addendum_campaign_id_at_idx" ON "addendum"("campaign_id", "at");

CREATE UNIQUE INDEX "remediation_decision_id_key" ON "remediation"("decision_id");

CREATE INDEX "remediation_campaign_id_decided_at_idx" ON "remediation"("campaign_id", "decided_at");

CREATE INDEX "remediation_identity_id_idx" ON "remediation"("identity_id");

ALTER TABLE "campaign_item" ADD CONSTRAINT "campaign_item_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "decision" ADD CONSTRAINT "decision_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "decision" ADD CONSTRAINT "decision_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "campaign_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "item_handover" ADD CONSTRAINT "item_handover_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "item_handover" ADD CONSTRAINT "item_handover_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "campaign_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "second_look" ADD CONSTRAINT "second_look_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "second_look" ADD CONSTRAINT "second_look_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "campaign_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "sign_off" ADD CONSTRAINT "sign_off_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "addendum" ADD CONSTRAINT "addendum_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "remediation" ADD CONSTRAINT "remediation_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "remediation" ADD CONSTRAINT "remediation_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "campaign_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE campaign
  ADD CONSTRAINT campaign_state CHECK (state IN ('draft', 'preparing', 'ready', 'running', 'closed', 'sealed')),
  ADD CONSTRAINT campaign_frozen CHECK (state IN ('draft', 'preparing')
    OR (instant IS NOT NULL AND population_hash IS NOT NULL AND rows IS NOT NULL AND prepared_at IS NOT NULL));
ALTER TABLE campaign_item
  ADD CONSTRAINT campaign_item_state CHECK (state IN ('undecided', 'unclear', 'decided', 'signed', 'carried', 'excepted', 'moved')),
  ADD CONSTRAINT campaign_item_tier CHECK (tier BETWEEN 0 AND 2),
  -- A card is for one screen: what is more is counted, not listed.
  ADD CONSTRAINT campaign_item_card CHECK (octet_length(card::text) <= 65536),
  ADD CONSTRAINT campaign_item_decided CHECK (state NOT IN ('decided', 'signed', 'carried') OR decision_id IS NOT NULL);
ALTER TABLE decision
  ADD CONSTRAINT decision_word CHECK (decision IN ('keep', 'reduce', 'remove', 'not-mine', 'cannot-tell', 'undone')),
  ADD CONSTRAINT decision_source CHECK ((source = 'human') = (by_id IS NOT NULL) AND source IN ('human', 'policy')),
  ADD CONSTRAINT decision_kept CHECK (keep_until IS NULL OR (keep_until > at AND keep_until <= at + interval '181 days'));

-- What is frozen stays so, and what was decided is only ever added to, whoever is at the keyboard.
CREATE FUNCTION campaign_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state NOT IN ('draft', 'preparing', 'ready') THEN
      RAISE EXCEPTION 'a campaign that was published is not deleted';
    END IF;
    RETURN OLD;
  END IF;
  IF OLD.state IN ('running', 'closed', 'sealed') AND (OLD.filter, OLD.policy, OLD.instant, OLD.population_hash, OLD.rows, OLD.runs, OLD.gaps)
    IS DISTINCT FROM (NEW.filter, NEW.policy, NEW.instant, NEW.population_hash, NEW.rows, NEW.runs, NEW.gaps) THEN
    RAISE EXCEPTION 'the population of a campaign that was published is not changed';
  END IF;
  IF OLD.state = 'sealed' THEN
    RAISE EXCEPTION 'a sealed campaign is not changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER campaign_stays BEFORE UPDATE OR DELETE ON campaign FOR EACH ROW EXECUTE FUNCTION campaign_stays();

CREATE FUNCTION campaign_item_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT 1 FROM campaign c WHERE c.id = OLD.campaign_id AND c.state NOT IN ('draft', 'preparing', 'ready')) THEN
      RAISE EXCEPTION 'an item of a campaign that was published is not deleted';
    END IF;
    RETURN OLD;
  END IF;
  IF (OLD.id, OLD.campaign_id, OLD.identity_id, OLD.name, OLD.type, OLD.scope_id, OLD.scope_name, OLD.card, OLD.card_hash, OLD.tier,
      OLD.administrator, OLD.cluster_key, OLD.control, OLD.carries_id, OLD.interested)
    IS DISTINCT FROM (NEW.id, NEW.campaign_id, NEW.identity_id, NEW.name, NEW.type, NEW.scope_id, NEW.scope_name, NEW.card, NEW.card_hash,
      NEW.tier, NEW.administrator, NEW.cluster_key, NEW.control, NEW.carries_id, NEW.interested) THEN
    RAISE EXCEPTION 'what an item froze is not changed';
  END IF;
  IF OLD.state = 'signed' AND (OLD.state, OLD.decision_id, OLD.reviewer_id) IS DISTINCT FROM (NEW.state, NEW.decision_id, NEW.reviewer_id) THEN
    RAISE EXCEPTION 'a signed item is not changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER campaign_item_stays BEFORE UPDATE OR DELETE ON campaign_item FOR EACH ROW EXECUTE FUNCTION campaign_item_stays();

CREATE FUNCTION only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME;
END $$;
CREATE TRIGGER decision_only_added BEFORE UPDATE OR DELETE ON decision FOR EACH ROW EXECUTE FUNCTION only_added();
CREATE TRIGGER item_handover_only_added BEFORE UPDATE OR DELETE ON item_handover FOR EACH ROW EXECUTE FUNCTION only_added();
CREATE TRIGGER sign_off_only_added BEFORE UPDATE OR DELETE ON sign_off FOR EACH ROW EXECUTE FUNCTION only_added();
CREATE TRIGGER addendum_only_added BEFORE UPDATE OR DELETE ON addendum FOR EACH ROW EXECUTE FUNCTION only_added();
