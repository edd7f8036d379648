-- Joins across systems: the keys things bear, the links that name them, and the edges both make. Keys and links follow the
-- rows of the inventory; edges are versioned like the inventory itself.

-- CreateTable
CREATE TABLE "join_key" (
    "row_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "scope_id" UUID NOT NULL,
    "sample" BOOLEAN NOT NULL,
    "identity_id" UUID,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "gone_at" TIMESTAMPTZ(3),
    "retired" BOOLEAN NOT NULL DEFAULT false,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "join_key_pkey" PRIMARY KEY ("row_id","type","value")
);

-- CreateTable
CREATE TABLE "join_link" (
    "id" UUID NOT NULL,
    "row_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "scope_id" UUID NOT NULL,
    "sample" BOOLEAN NOT NULL,
    "identity_id" UUID,
    "relation" TEXT NOT NULL,
    "means" TEXT NOT NULL,
    "to_kind" TEXT NOT NULL,
    "to_type" TEXT NOT NULL,
    "match" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "literal_prefix" TEXT NOT NULL,
    "like_value" TEXT NOT NULL,
    "authority" TEXT,
    "bound" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "gone" BOOLEAN NOT NULL DEFAULT false,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "join_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "join_scope" (
    "scope_id" UUID NOT NULL,
    "authorities" TEXT[],
    "standing" JSONB NOT NULL,

    CONSTRAINT "join_scope_pkey" PRIMARY KEY ("scope_id")
);

-- CreateTable
CREATE TABLE "join_change" (
    "id" BIGSERIAL NOT NULL,
    "scope_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "authorities" TEXT[],
    "links" UUID[],

    CONSTRAINT "join_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "join_todo" (
    "link_id" UUID NOT NULL,

    CONSTRAINT "join_todo_pkey" PRIMARY KEY ("link_id")
);

-- CreateTable
CREATE TABLE "edge" (
    "id" UUID NOT NULL,
    "link_id" UUID NOT NULL,
    "from_row_id" UUID NOT NULL,
    "from_kind" TEXT NOT NULL,
    "from_identity_id" UUID,
    "from_scope_id" UUID NOT NULL,
    "to_row_id" UUID,
    "to_kind" TEXT NOT NULL,
    "to_identity_id" UUID,
    "to_scope_id" UUID,
    "relation" TEXT NOT NULL,
    "means" TEXT NOT NULL,
    "key_type" TEXT NOT NULL,
    "key_value" TEXT NOT NULL,
    "match" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "broad" BOOLEAN NOT NULL,
    "lookalike" BOOLEAN NOT NULL,
    "predecessor_id" UUID,
    "predecessor_gone_at" TIMESTAMPTZ(3),
    "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
    "valid_to" TIMESTAMPTZ(3),
    "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
    "known_to" TIMESTAMPTZ(3),

    CONSTRAINT "edge_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "join_key_type_value_idx" ON "join_key"("type", "value" text_pattern_ops);

-- CreateIndex
CREATE INDEX "join_key_scope_id_changed_at_idx" ON "join_key"("scope_id", "changed_at");

-- CreateIndex
CREATE INDEX "join_link_row_id_idx" ON "join_link"("row_id");

-- CreateIndex
CREATE INDEX "join_link_match_to_type_value_idx" ON "join_link"("match", "to_type", "value");

-- CreateIndex
CREATE INDEX "join_link_authority_idx" ON "join_link"("authority");

-- CreateIndex
CREATE INDEX "join_link_scope_id_changed_at_idx" ON "join_link"("scope_id", "changed_at");

-- CreateIndex
CREATE INDEX "edge_link_id_idx" ON "edge"("link_id");

-- CreateIndex
CREATE INDEX "edge_from_identity_id_idx" ON "edge"("from_identity_id");

-- CreateIndex
CREATE INDEX "edge_to_identity_id_idx" ON "edge"("to_identity_id");

-- CreateIndex
CREATE INDEX "edge_from_scope_id_idx" ON "edge"("from_scope_id");

-- CreateIndex
CREATE INDEX "edge_to_scope_id_idx" ON "edge"("to_scope_id");

-- CreateIndex
CREATE INDEX "edge_broad_key_type_idx" ON "edge"("broad", "key_type");

-- CreateIndex
CREATE INDEX "edge_known_from_idx" ON "edge"("known_from");

SELECT keep_versions('edge', '{id}');
CREATE INDEX ON past.edge (from_identity_id);
CREATE INDEX ON past.edge (to_identity_id);
CREATE INDEX ON past.edge (broad, key_type);

-- A pattern with `*` and `?` as LIKE understands it: its own wildcards are taken literally.
CREATE FUNCTION pattern_like(pattern text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT replace(replace(regexp_replace(pattern, '([\\%_])', '\\\1', 'g'), '*', '%'), '?', '_') $$;

-- What every text that fits the pattern begins with.
CREATE FUNCTION pattern_prefix(pattern text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT substring(pattern from '^[^*?]*') $$;

-- A scope that is removed takes what it bore and said with it. What others said about it is joined anew: edges that lead
-- there, and patterns, which may have become few enough to be held one by one.
CREATE FUNCTION forget_joins() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO join_change (scope_id, at, authorities, links)
  SELECT OLD.id, knowledge_now(), coalesce(OLD.authorities, '{}'), ARRAY(
    SELECT link_id FROM edge WHERE to_scope_id = OLD.id AND from_scope_id <> OLD.id
    UNION
    SELECT id FROM join_link WHERE match = 'pattern' AND scope_id <> OLD.id
      AND to_type IN (SELECT DISTINCT type FROM join_key WHERE scope_id = OLD.id));
  DELETE FROM edge WHERE from_scope_id = OLD.id;
  DELETE FROM join_link WHERE scope_id = OLD.id;
  DELETE FROM join_key WHERE scope_id = OLD.id;
  DELETE FROM join_scope WHERE scope_id = OLD.id;
  RETURN OLD;
END $body$;
CREATE TRIGGER forget_joins AFTER DELETE ON scope FOR EACH ROW EXECUTE FUNCTION forget_joins();
