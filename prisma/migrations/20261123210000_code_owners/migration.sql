-- Who owns the code of a repository, as its CODEOWNERS file says: what speaks for an owner of the identities that its runs act as.
CREATE TABLE "code_owners" (
    "repository" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "hash" CHAR(64) NOT NULL,
    "ref" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "rules" INTEGER NOT NULL,
    "not_read" INTEGER NOT NULL,

    CONSTRAINT "code_owners_pkey" PRIMARY KEY ("repository")
);
