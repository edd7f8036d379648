-- What a verdict was made from. Apart from it: a verdict that is written is noted for the next evaluation, and this says nothing new
-- of anybody. It goes with the verdict.
CREATE TABLE "access_rests" (
    "identity_id" UUID NOT NULL,
    "rests_on" UUID NOT NULL,

    CONSTRAINT "access_rests_pkey" PRIMARY KEY ("identity_id")
);

ALTER TABLE "access_rests" ADD CONSTRAINT "access_rests_identity_id_fkey" FOREIGN KEY ("identity_id") REFERENCES "access_verdict"("identity_id") ON DELETE CASCADE ON UPDATE CASCADE;
