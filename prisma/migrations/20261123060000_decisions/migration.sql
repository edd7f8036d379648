-- What people decide about findings: exceptions, and who takes care of them.
CREATE TABLE "exception" (
    "id" UUID NOT NULL,
    "rules" TEXT[],
    "finding_id" UUID,
    "identity_id" UUID,
    "filter" JSONB,
    "about" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "control" TEXT NOT NULL,
    "covered" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'asked',
    "requester_id" TEXT NOT NULL,
    "requester_name" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "decider_id" TEXT,
    "decider_name" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "decision_note" TEXT,
    "approved_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,
    "ended_why" TEXT,

    CONSTRAINT "exception_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "triage" (
    "finding_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "assignee_id" TEXT,
    "assignee_name" TEXT,
    "note" TEXT,
    "snoozed_until" TIMESTAMPTZ(3),
    "snoozed_at" TIMESTAMPTZ(3),
    "snoozed_as" TEXT,
    "act_id" UUID NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "triage_pkey" PRIMARY KEY ("finding_id")
);

CREATE TABLE "triage_act" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "what" JSONB NOT NULL,
    "findings" INTEGER NOT NULL,
    "undoes" UUID,

    CONSTRAINT "triage_act_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "triage_change" (
    "act_id" UUID NOT NULL,
    "finding_id" UUID NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "triage_change_pkey" PRIMARY KEY ("act_id", "finding_id")
);

CREATE INDEX "exception_state_asked_at_idx" ON "exception"("state", "asked_at");

CREATE INDEX "exception_finding_id_idx" ON "exception"("finding_id");

CREATE INDEX "exception_identity_id_idx" ON "exception"("identity_id");

CREATE INDEX "triage_assignee_id_idx" ON "triage"("assignee_id");

CREATE INDEX "triage_act_id_idx" ON "triage"("act_id");

CREATE UNIQUE INDEX "triage_act_undoes_key" ON "triage_act"("undoes");

CREATE INDEX "triage_change_finding_id_idx" ON "triage_change"("finding_id");

ALTER TABLE "triage_change" ADD CONSTRAINT "triage_change_act_id_fkey" FOREIGN KEY ("act_id") REFERENCES "triage_act"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What no command lets through, nothing else does either: nobody approves what they asked for themselves.
ALTER TABLE "exception"
  ADD CONSTRAINT "exception_one_scope" CHECK (num_nonnulls(finding_id, identity_id, filter) = 1),
  ADD CONSTRAINT "exception_has_rules" CHECK (cardinality(rules) > 0),
  ADD CONSTRAINT "exception_four_eyes" CHECK (approved_at IS NULL OR decider_id IS DISTINCT FROM requester_id),
  ADD CONSTRAINT "exception_ends" CHECK (expires_at > asked_at AND expires_at <= asked_at + interval '367 days');

-- Exceptions count by their instants, at any moment; triage is of the present alone.
CREATE VIEW moment.exception AS SELECT * FROM public.exception;
CREATE VIEW moment.triage AS SELECT * FROM public.triage WHERE FALSE;
