-- Who can act as whom, over all sources: steps, what each identity may do, and when that was made. Derived, and no part of
-- the record: what was said about an identity is in its posture.
CREATE TABLE "access_step" (
    "id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "from_kind" TEXT NOT NULL,
    "to_id" UUID,
    "to_kind" TEXT NOT NULL,
    "to_scope_id" UUID,
    "origin" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "certainty" TEXT NOT NULL,
    "because" TEXT[],
    "missing" TEXT[],
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "access_step_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "access_verdict" (
    "identity_id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "certain" TEXT NOT NULL,
    "possible" TEXT NOT NULL,
    "because" TEXT[],
    "missing" TEXT[],
    "pitfalls" JSONB NOT NULL DEFAULT '[]',
    "hops" INTEGER,
    "step_id" UUID,
    "open_hops" INTEGER,
    "open_step_id" UUID,
    "more" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "access_verdict_pkey" PRIMARY KEY ("identity_id")
);

CREATE TABLE "access_analysis" (
    "scope_id" UUID NOT NULL,
    "mark" TEXT NOT NULL,
    "analysed_at" TIMESTAMPTZ(3) NOT NULL,
    "unseen" TEXT[],

    CONSTRAINT "access_analysis_pkey" PRIMARY KEY ("scope_id")
);

CREATE INDEX "access_step_from_id_to_id_idx" ON "access_step"("from_id", "to_id");

CREATE INDEX "access_step_to_id_from_id_idx" ON "access_step"("to_id", "from_id");

CREATE INDEX "access_step_scope_id_idx" ON "access_step"("scope_id");

CREATE INDEX "access_step_to_kind_scope_id_idx" ON "access_step"("to_kind", "scope_id");

CREATE INDEX "access_verdict_scope_id_idx" ON "access_verdict"("scope_id");

CREATE INDEX "access_verdict_certain_identity_id_idx" ON "access_verdict"("certain", "identity_id");

ALTER TABLE "access_step" ADD CONSTRAINT "access_step_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "access_verdict" ADD CONSTRAINT "access_verdict_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "access_analysis" ADD CONSTRAINT "access_analysis_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

