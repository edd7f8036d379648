-- Until when a member has access, and the scopes that an auditor is limited to.

ALTER TABLE "user" ADD COLUMN "access_until" TIMESTAMPTZ(3), ADD COLUMN "is_limited" BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE "user_scope" (
    "user_id" TEXT NOT NULL,
    "scope_id" UUID NOT NULL,

    CONSTRAINT "user_scope_pkey" PRIMARY KEY ("user_id","scope_id")
);
CREATE INDEX "user_scope_scope_id_idx" ON "user_scope"("scope_id");
ALTER TABLE "user_scope" ADD CONSTRAINT "user_scope_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "user_scope" ADD CONSTRAINT "user_scope_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;
