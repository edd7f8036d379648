-- Who answers, as a file says that is kept with code.
CREATE TABLE "owners_file" (
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "hash" CHAR(64) NOT NULL,
    "ref" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "act_id" UUID,
    "entries" INTEGER NOT NULL,
    "identities" INTEGER NOT NULL,

    CONSTRAINT "owners_file_pkey" PRIMARY KEY ("version")
);

CREATE TABLE "owner_declared" (
    "identity_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "person_id" UUID,
    "team_id" UUID,
    "backup_id" UUID,
    "contact_id" UUID,

    CONSTRAINT "owner_declared_pkey" PRIMARY KEY ("identity_id")
);
