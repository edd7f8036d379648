-- A key of the customer's own can sign packs: its public half is kept and published as the others are, its private half never comes here.
ALTER TABLE "signing_key"
  ADD COLUMN "brought" BOOLEAN NOT NULL DEFAULT false,
  ALTER COLUMN "sealed" DROP NOT NULL,
  ADD CONSTRAINT "signing_key_brought" CHECK (brought = (sealed IS NULL));
