-- A step knows the scope of what it leads from: what an administrator of a scope comes to is found by an index alone.
ALTER TABLE "access_step" ADD COLUMN "from_scope_id" UUID;

-- Rights and what runs are judged in their own scope; what is joined may come from any.
UPDATE "access_step" SET "from_scope_id" = "scope_id" WHERE "origin" <> 'join';
UPDATE "access_step" s SET "from_scope_id" = r."scope_id" FROM (
    SELECT "id", "scope_id" FROM "identity"
    UNION ALL SELECT "id", "scope_id" FROM "workload"
    UNION ALL SELECT "id", "scope_id" FROM "secret"
    UNION ALL SELECT "id", "scope_id" FROM "issuer"
    UNION ALL SELECT "id", "scope_id" FROM "credential"
) r WHERE s."origin" = 'join' AND r."id" = s."from_id";
-- What leads from something that is not there any more is made anew by the next analysis, if it is so.
DELETE FROM "access_step" WHERE "from_scope_id" IS NULL;
UPDATE "access_step" SET "to_scope_id" = "scope_id" WHERE "to_scope_id" IS NULL;

ALTER TABLE "access_step" ALTER COLUMN "from_scope_id" SET NOT NULL, ALTER COLUMN "to_scope_id" SET NOT NULL;

-- With all that a walk reads of a step: it takes thousands of them, and the rows themselves lie far apart.
CREATE INDEX "access_step_out_of_scope_idx" ON "access_step"("from_scope_id")
  INCLUDE ("id", "scope_id", "from_id", "from_kind", "to_id", "to_kind", "to_scope_id", "certainty")
  WHERE "to_scope_id" <> "from_scope_id";

-- Distances to administrators are made once for many scopes, after they were analysed. So far they were made with each.
ALTER TABLE "access_analysis" ADD COLUMN "traced" BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE "access_analysis" ALTER COLUMN "traced" SET DEFAULT false;
ALTER TABLE "access_verdict" ADD COLUMN "traced" BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE "access_verdict" ALTER COLUMN "traced" SET DEFAULT false;
CREATE INDEX "access_verdict_untraced_idx" ON "access_verdict"("scope_id") WHERE NOT "traced";

-- What an analysis has found waits here until it is merged, and what is found again equal is not written again.
CREATE SCHEMA judging;
ALTER TABLE "access_verdict" ADD COLUMN "fingerprint" UUID;
