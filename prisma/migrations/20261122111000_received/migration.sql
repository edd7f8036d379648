-- What sources send by themselves: decoded, and waiting until a look brings it in. No part of the record: what is brought in
-- is, and so is what was refused, with the look that tells of it.
CREATE TABLE "received" (
    "id" BIGSERIAL NOT NULL,
    "connection_id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "observations" JSONB NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "received_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "received_gap" (
    "connection_id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "why" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "received_gap_pkey" PRIMARY KEY ("connection_id","scope_id","why")
);

CREATE INDEX "received_connection_id_idx" ON "received"("connection_id");
CREATE INDEX "received_scope_id_idx" ON "received"("scope_id");
CREATE INDEX "received_gap_scope_id_idx" ON "received_gap"("scope_id");

ALTER TABLE "received" ADD CONSTRAINT "received_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "received" ADD CONSTRAINT "received_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "received_gap" ADD CONSTRAINT "received_gap_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "received_gap" ADD CONSTRAINT "received_gap_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;
