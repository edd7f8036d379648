-- Whom the rows of a stream can be about: what is said of others need not wait until it was seen whole.
ALTER TABLE version."run_coverage" ADD COLUMN "about" TEXT[] DEFAULT ARRAY[]::TEXT[], ADD COLUMN "bears" TEXT[] DEFAULT ARRAY['*']::TEXT[];
ALTER TABLE version."look" ADD COLUMN "about" TEXT[] DEFAULT ARRAY[]::TEXT[], ADD COLUMN "bears" TEXT[] DEFAULT ARRAY['*']::TEXT[];
SELECT keep_versions('run_coverage', '{run_id,scope_id,stream,kind}', '{"applied_at": "NULL::timestamptz(3)"}');
SELECT keep_versions('look', '{scope_id,stream,kind}');

-- What the permissions of an identity speak of is found by the set of permissions.
CREATE INDEX "edge_from_row_id_idx" ON "edge"("from_row_id");
CREATE INDEX ON past.edge (from_row_id);
