-- People and teams who can answer for identities. Whoever may sign in is somebody of the directory.
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "manager_id" UUID,
    "time_zone" TEXT,
    "standing" TEXT NOT NULL DEFAULT 'here',
    "left_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "person_source" (
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "is_active" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_source_pkey" PRIMARY KEY ("source","external_id")
);

CREATE TABLE "team" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "lead_id" UUID,
    "source" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "team_member" (
    "team_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "team_member_pkey" PRIMARY KEY ("team_id","person_id")
);

CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

CREATE INDEX "person_manager_id_idx" ON "person"("manager_id");

CREATE INDEX "person_name_id_idx" ON "person"("name", "id");

CREATE INDEX "person_source_person_id_idx" ON "person_source"("person_id");

CREATE UNIQUE INDEX "team_name_key" ON "team"("name");

CREATE INDEX "team_lead_id_idx" ON "team"("lead_id");

CREATE INDEX "team_member_person_id_idx" ON "team_member"("person_id");

ALTER TABLE "person" ADD CONSTRAINT "person_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "person_source" ADD CONSTRAINT "person_source_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "team" ADD CONSTRAINT "team_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "team_member" ADD CONSTRAINT "team_member_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "team_member" ADD CONSTRAINT "team_member_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;


INSERT INTO person (id, name, email, standing, left_at)
SELECT gen_random_uuid(), name, lower(email), CASE WHEN banned THEN 'left' ELSE 'here' END, CASE WHEN banned THEN "updatedAt" AT TIME ZONE 'UTC' END
FROM "user" ON CONFLICT (email) DO NOTHING;
INSERT INTO person_source (source, external_id, person_id, is_active, at)
SELECT 'members', u.id, p.id, u.banned IS NOT TRUE, u."updatedAt" AT TIME ZONE 'UTC' FROM "user" u JOIN person p ON p.email = lower(u.email);
