-- What has to be judged anew is worked out once for all scopes: whoever comes first does, and each scope takes its own.
CREATE TABLE "touched" (
    "scope_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "pass" BIGINT NOT NULL,

    CONSTRAINT "touched_pkey" PRIMARY KEY ("scope_id", "id")
);

CREATE TABLE "touched_up_to" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "pass" BIGINT NOT NULL,
    "settled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "touched_up_to_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "touched_up_to_one" CHECK ("id" = 1)
);

ALTER TABLE "touched" ADD CONSTRAINT "touched_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;
