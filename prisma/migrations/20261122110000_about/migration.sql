-- Whom the rows of a stream can be about: what is said of others need not wait until it was seen whole.
ALTER TABLE version."run_coverage" ADD COLUMN "about" TEXT[] DEFAULT ARRAY[]::TEXT[], ADD COLUMN "bears" TEXT[] DEFAULT ARRAY['*']::TEXT[];
ALTER TABLE version."look" ADD COLUMN "about" TEXT[] DEFAULT ARRAY[]::TEXT[], ADD COLUMN "bears" TEXT[] DEFAULT ARRAY['*']::TEXT[];
SELECT keep_versions('run_coverage', '{run_id,scope_id,stream,kind}', '{"applied_at": "NULL::timestamptz(3)"}');
SELECT keep_versions('look', '{scope_id,stream,kind}');
