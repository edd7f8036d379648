-- People and groups as a provider of identities tells them over SCIM, and memberships that each source tells by itself.
ALTER TABLE "team_member" DROP CONSTRAINT "team_member_pkey",
ADD CONSTRAINT "team_member_pkey" PRIMARY KEY ("team_id", "person_id", "source");

CREATE TABLE "provisioned_person" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "user_name" TEXT NOT NULL,
    "external_id" TEXT,
    "is_active" BOOLEAN NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "said" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "provisioned_person_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "provisioned_team" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "external_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "provisioned_team_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "provisioned_person_person_id_key" ON "provisioned_person"("person_id");

CREATE UNIQUE INDEX "provisioned_person_user_name_key" ON "provisioned_person"("user_name");

CREATE INDEX "provisioned_person_external_id_idx" ON "provisioned_person"("external_id");

CREATE INDEX "provisioned_person_created_at_id_idx" ON "provisioned_person"("created_at", "id");

CREATE UNIQUE INDEX "provisioned_team_team_id_key" ON "provisioned_team"("team_id");

CREATE INDEX "provisioned_team_external_id_idx" ON "provisioned_team"("external_id");

CREATE INDEX "provisioned_team_created_at_id_idx" ON "provisioned_team"("created_at", "id");

ALTER TABLE "provisioned_person" ADD CONSTRAINT "provisioned_person_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "provisioned_team" ADD CONSTRAINT "provisioned_team_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;
