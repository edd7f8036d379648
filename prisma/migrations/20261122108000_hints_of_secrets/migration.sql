-- An owner hint may be about a stored secret instead of an identity. What spans versions hands its constraint down.
ALTER TABLE version.owner_hint ALTER COLUMN identity_ref DROP NOT NULL;
ALTER TABLE "owner_hint" ALTER COLUMN "identity_ref" DROP NOT NULL;
