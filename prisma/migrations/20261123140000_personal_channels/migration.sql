-- Channels that are one person's own, and how often links were tried, counted for all web processes together.
ALTER TABLE "channel" ADD COLUMN "person_id" UUID;
CREATE UNIQUE INDEX "channel_person_id_key" ON "channel"("person_id");
ALTER TABLE "channel" ADD CONSTRAINT "channel_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "link_attempt" (
    "key" TEXT NOT NULL,
    "begun" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "link_attempt_pkey" PRIMARY KEY ("key")
);
