-- Text search inside names.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "role" TEXT,
    "banned" BOOLEAN DEFAULT false,
    "banReason" TEXT,
    "banExpires" TIMESTAMP(3),

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "token" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "userId" TEXT NOT NULL,
    "impersonatedBy" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "accessTokenExpiresAt" TIMESTAMP(3),
    "refreshTokenExpiresAt" TIMESTAMP(3),
    "scope" TEXT,
    "password" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "apikey" (
    "id" TEXT NOT NULL,
    "configId" TEXT NOT NULL DEFAULT 'default',
    "name" TEXT,
    "start" TEXT,
    "referenceId" TEXT NOT NULL,
    "prefix" TEXT,
    "key" TEXT NOT NULL,
    "refillInterval" INTEGER,
    "refillAmount" INTEGER,
    "lastRefillAt" TIMESTAMP(3),
    "enabled" BOOLEAN DEFAULT true,
    "rateLimitEnabled" BOOLEAN DEFAULT true,
    "rateLimitTimeWindow" INTEGER DEFAULT 86400000,
    "rateLimitMax" INTEGER DEFAULT 10,
    "requestCount" INTEGER DEFAULT 0,
    "remaining" INTEGER,
    "lastRequest" TIMESTAMP(3),
    "expiresAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "permissions" TEXT,
    "metadata" TEXT,

    CONSTRAINT "apikey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "history" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "row_id" UUID NOT NULL,
    "identity_id" UUID,
    "scope_id" UUID NOT NULL,
    "change" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_to" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID NOT NULL,
    "doc" JSONB NOT NULL,

    CONSTRAINT "history_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activity" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "object" TEXT,
    "detail" JSONB NOT NULL,

    CONSTRAINT "activity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worker" (
    "id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "beat_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identity" (
    "id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "native_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "class" TEXT NOT NULL,
    "aliases" TEXT[],
    "created_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_state" TEXT NOT NULL,
    "enabled" BOOLEAN,
    "doc" JSONB NOT NULL,
    "doc_hash" TEXT NOT NULL,
    "raw_hash" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID NOT NULL,
    "retired_at" TIMESTAMPTZ(3),
    "retired_run_id" UUID,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential" (
    "id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "native_id" TEXT NOT NULL,
    "identity_id" UUID,
    "identity_ref" TEXT,
    "type" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3),
    "rotated_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "enabled" BOOLEAN,
    "doc" JSONB NOT NULL,
    "doc_hash" TEXT NOT NULL,
    "raw_hash" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID NOT NULL,
    "retired_at" TIMESTAMPTZ(3),
    "retired_run_id" UUID,

    CONSTRAINT "credential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entitlement" (
    "id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "native_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "managed_by" TEXT NOT NULL,
    "aliases" TEXT[],
    "doc" JSONB NOT NULL,
    "doc_hash" TEXT NOT NULL,
    "raw_hash" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID NOT NULL,
    "retired_at" TIMESTAMPTZ(3),
    "retired_run_id" UUID,

    CONSTRAINT "entitlement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "grant" (
    "id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "native_id" TEXT NOT NULL,
    "identity_id" UUID,
    "identity_ref" TEXT NOT NULL,
    "entitlement_id" UUID NOT NULL,
    "effect" TEXT NOT NULL,
    "via" TEXT NOT NULL,
    "doc" JSONB NOT NULL,
    "doc_hash" TEXT NOT NULL,
    "raw_hash" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID NOT NULL,
    "retired_at" TIMESTAMPTZ(3),
    "retired_run_id" UUID,

    CONSTRAINT "grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "trust" (
    "id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "native_id" TEXT NOT NULL,
    "identity_id" UUID,
    "identity_ref" TEXT NOT NULL,
    "principal_type" TEXT NOT NULL,
    "principal" TEXT NOT NULL,
    "effect" TEXT NOT NULL,
    "doc" JSONB NOT NULL,
    "doc_hash" TEXT NOT NULL,
    "raw_hash" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID NOT NULL,
    "retired_at" TIMESTAMPTZ(3),
    "retired_run_id" UUID,

    CONSTRAINT "trust_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workload" (
    "id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "native_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "aliases" TEXT[],
    "uses" TEXT[],
    "doc" JSONB NOT NULL,
    "doc_hash" TEXT NOT NULL,
    "raw_hash" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID NOT NULL,
    "retired_at" TIMESTAMPTZ(3),
    "retired_run_id" UUID,

    CONSTRAINT "workload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage" (
    "id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "native_id" TEXT NOT NULL,
    "identity_id" UUID,
    "identity_ref" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,
    "what" TEXT NOT NULL,
    "doc" JSONB NOT NULL,
    "doc_hash" TEXT NOT NULL,
    "raw_hash" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID NOT NULL,
    "retired_at" TIMESTAMPTZ(3),
    "retired_run_id" UUID,

    CONSTRAINT "usage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "owner_hint" (
    "id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "native_id" TEXT NOT NULL,
    "identity_id" UUID,
    "identity_ref" TEXT NOT NULL,
    "names" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "via" TEXT NOT NULL,
    "doc" JSONB NOT NULL,
    "doc_hash" TEXT NOT NULL,
    "raw_hash" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID NOT NULL,
    "retired_at" TIMESTAMPTZ(3),
    "retired_run_id" UUID,

    CONSTRAINT "owner_hint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "secret" (
    "id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "native_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "rotated_at" TIMESTAMPTZ(3),
    "last_read_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "doc" JSONB NOT NULL,
    "doc_hash" TEXT NOT NULL,
    "raw_hash" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID NOT NULL,
    "retired_at" TIMESTAMPTZ(3),
    "retired_run_id" UUID,

    CONSTRAINT "secret_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "issuer" (
    "id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "native_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "aliases" TEXT[],
    "expires_at" TIMESTAMPTZ(3),
    "doc" JSONB NOT NULL,
    "doc_hash" TEXT NOT NULL,
    "raw_hash" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID NOT NULL,
    "retired_at" TIMESTAMPTZ(3),
    "retired_run_id" UUID,

    CONSTRAINT "issuer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "posture" (
    "identity_id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "owner" JSONB NOT NULL,
    "privilege" JSONB NOT NULL,
    "owner_state" TEXT NOT NULL,
    "owner_name" TEXT,
    "privilege_class" TEXT NOT NULL,
    "credentials" INTEGER NOT NULL,
    "oldest_credential_at" TIMESTAMPTZ(3),
    "failing" INTEGER NOT NULL,
    "unknowns" INTEGER NOT NULL,
    "worst" INTEGER NOT NULL,
    "evaluated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "posture_pkey" PRIMARY KEY ("identity_id")
);

-- CreateTable
CREATE TABLE "finding" (
    "id" UUID NOT NULL,
    "rule_id" TEXT NOT NULL,
    "revision" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "subject_name" TEXT NOT NULL,
    "identity_id" UUID,
    "scope_id" UUID NOT NULL,
    "verdict" TEXT NOT NULL,
    "severity" INTEGER NOT NULL,
    "message" TEXT NOT NULL,
    "evidence" JSONB NOT NULL,
    "evidence_hash" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "resolved_why" TEXT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "finding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tally" (
    "rule_id" TEXT NOT NULL,
    "scope_id" UUID NOT NULL,
    "pass" INTEGER NOT NULL,
    "fail" INTEGER NOT NULL,
    "unknown" INTEGER NOT NULL,
    "not_applicable" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tally_pkey" PRIMARY KEY ("rule_id","scope_id")
);

-- CreateTable
CREATE TABLE "connection" (
    "id" UUID NOT NULL,
    "connector_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "settings" BYTEA NOT NULL,
    "interval_minutes" INTEGER NOT NULL,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,

    CONSTRAINT "connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scope" (
    "id" UUID NOT NULL,
    "connector_id" TEXT NOT NULL,
    "native_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "sample" BOOLEAN NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "evaluated_at" TIMESTAMPTZ(3),

    CONSTRAINT "scope_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connection_scope" (
    "connection_id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "listed_at" TIMESTAMPTZ(3) NOT NULL,
    "gone_at" TIMESTAMPTZ(3),

    CONSTRAINT "connection_scope_pkey" PRIMARY KEY ("connection_id","scope_id")
);

-- CreateTable
CREATE TABLE "run" (
    "id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "trigger" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "observed_at" TIMESTAMPTZ(3),
    "phase" TEXT NOT NULL DEFAULT 'Queued',
    "observations" INTEGER NOT NULL DEFAULT 0,
    "changes" JSONB NOT NULL DEFAULT '{}',
    "cancel_requested_at" TIMESTAMPTZ(3),
    "error" TEXT,
    "scopes_coverage" JSONB,
    "calls" JSONB NOT NULL DEFAULT '[]',
    "report" JSONB,

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_coverage" (
    "run_id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "why" TEXT,
    "permission" TEXT,
    "detail" TEXT,
    "count" INTEGER NOT NULL,
    "gaps" JSONB NOT NULL,
    "applied_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_coverage_pkey" PRIMARY KEY ("run_id","scope_id","stream","kind")
);

-- CreateTable
CREATE TABLE "look" (
    "scope_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "why" TEXT,
    "permission" TEXT,
    "detail" TEXT,
    "gaps" JSONB NOT NULL,
    "complete_at" TIMESTAMPTZ(3),
    "complete_run_id" UUID,

    CONSTRAINT "look_pkey" PRIMARY KEY ("scope_id","stream","kind")
);

-- CreateTable
CREATE TABLE "staged" (
    "run_id" UUID NOT NULL,
    "row_id" UUID NOT NULL,
    "scope_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "native_id" TEXT NOT NULL,
    "stream" TEXT NOT NULL,
    "raw_hash" TEXT NOT NULL,
    "doc_hash" TEXT NOT NULL,
    "has_unknown" BOOLEAN NOT NULL,
    "doc" JSONB NOT NULL,

    CONSTRAINT "staged_pkey" PRIMARY KEY ("run_id","row_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE INDEX "session_userId_idx" ON "session"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "account_userId_idx" ON "account"("userId");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE INDEX "apikey_configId_idx" ON "apikey"("configId");

-- CreateIndex
CREATE INDEX "apikey_referenceId_idx" ON "apikey"("referenceId");

-- CreateIndex
CREATE INDEX "apikey_key_idx" ON "apikey"("key");

-- CreateIndex
CREATE INDEX "history_row_id_valid_to_idx" ON "history"("row_id", "valid_to");

-- CreateIndex
CREATE INDEX "history_identity_id_valid_to_idx" ON "history"("identity_id", "valid_to");

-- CreateIndex
CREATE INDEX "history_scope_id_idx" ON "history"("scope_id");

-- CreateIndex
CREATE INDEX "activity_at_idx" ON "activity"("at" DESC);

-- CreateIndex
CREATE INDEX "activity_object_idx" ON "activity"("object");

-- CreateIndex
CREATE INDEX "identity_name_id_idx" ON "identity"("name", "id");

-- CreateIndex
CREATE INDEX "identity_name_trgm" ON "identity" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "identity_type_name_id_idx" ON "identity"("type", "name", "id");

-- CreateIndex
CREATE INDEX "identity_last_used_at_id_idx" ON "identity"("last_used_at", "id");

-- CreateIndex
CREATE INDEX "identity_created_at_id_idx" ON "identity"("created_at", "id");

-- CreateIndex
CREATE INDEX "identity_aliases_idx" ON "identity" USING GIN ("aliases");

-- CreateIndex
CREATE INDEX "identity_native_id_idx" ON "identity"("native_id");

-- CreateIndex
CREATE INDEX "identity_scope_id_stream_retired_at_idx" ON "identity"("scope_id", "stream", "retired_at");

-- CreateIndex
CREATE INDEX "identity_scope_id_native_id_idx" ON "identity"("scope_id", "native_id");

-- CreateIndex
CREATE INDEX "credential_identity_id_idx" ON "credential"("identity_id");

-- CreateIndex
CREATE INDEX "credential_created_at_id_idx" ON "credential"("created_at", "id");

-- CreateIndex
CREATE INDEX "credential_native_id_idx" ON "credential"("native_id");

-- CreateIndex
CREATE INDEX "credential_scope_id_stream_retired_at_idx" ON "credential"("scope_id", "stream", "retired_at");

-- CreateIndex
CREATE INDEX "entitlement_aliases_idx" ON "entitlement" USING GIN ("aliases");

-- CreateIndex
CREATE INDEX "entitlement_scope_id_stream_retired_at_idx" ON "entitlement"("scope_id", "stream", "retired_at");

-- CreateIndex
CREATE INDEX "entitlement_scope_id_native_id_idx" ON "entitlement"("scope_id", "native_id");

-- CreateIndex
CREATE INDEX "grant_identity_id_idx" ON "grant"("identity_id");

-- CreateIndex
CREATE INDEX "grant_entitlement_id_idx" ON "grant"("entitlement_id");

-- CreateIndex
CREATE INDEX "grant_scope_id_stream_retired_at_idx" ON "grant"("scope_id", "stream", "retired_at");

-- CreateIndex
CREATE INDEX "trust_identity_id_idx" ON "trust"("identity_id");

-- CreateIndex
CREATE INDEX "trust_principal_idx" ON "trust"("principal");

-- CreateIndex
CREATE INDEX "trust_scope_id_stream_retired_at_idx" ON "trust"("scope_id", "stream", "retired_at");

-- CreateIndex
CREATE INDEX "workload_uses_idx" ON "workload" USING GIN ("uses");

-- CreateIndex
CREATE INDEX "workload_scope_id_stream_retired_at_idx" ON "workload"("scope_id", "stream", "retired_at");

-- CreateIndex
CREATE INDEX "usage_identity_id_idx" ON "usage"("identity_id");

-- CreateIndex
CREATE INDEX "usage_scope_id_stream_retired_at_idx" ON "usage"("scope_id", "stream", "retired_at");

-- CreateIndex
CREATE INDEX "owner_hint_identity_id_idx" ON "owner_hint"("identity_id");

-- CreateIndex
CREATE INDEX "owner_hint_value_idx" ON "owner_hint"("value");

-- CreateIndex
CREATE INDEX "owner_hint_scope_id_stream_retired_at_idx" ON "owner_hint"("scope_id", "stream", "retired_at");

-- CreateIndex
CREATE INDEX "secret_scope_id_stream_retired_at_idx" ON "secret"("scope_id", "stream", "retired_at");

-- CreateIndex
CREATE INDEX "issuer_aliases_idx" ON "issuer" USING GIN ("aliases");

-- CreateIndex
CREATE INDEX "issuer_scope_id_stream_retired_at_idx" ON "issuer"("scope_id", "stream", "retired_at");

-- CreateIndex
CREATE INDEX "posture_scope_id_idx" ON "posture"("scope_id");

-- CreateIndex
CREATE INDEX "posture_worst_identity_id_idx" ON "posture"("worst", "identity_id");

-- CreateIndex
CREATE INDEX "posture_oldest_credential_at_identity_id_idx" ON "posture"("oldest_credential_at", "identity_id");

-- CreateIndex
CREATE INDEX "posture_owner_name_identity_id_idx" ON "posture"("owner_name", "identity_id");

-- CreateIndex
CREATE INDEX "posture_privilege_class_idx" ON "posture"("privilege_class");

-- CreateIndex
CREATE INDEX "finding_state_verdict_severity_id_idx" ON "finding"("state", "verdict", "severity", "id");

-- CreateIndex
CREATE INDEX "finding_rule_id_state_idx" ON "finding"("rule_id", "state");

-- CreateIndex
CREATE INDEX "finding_identity_id_idx" ON "finding"("identity_id");

-- CreateIndex
CREATE INDEX "finding_subject_id_idx" ON "finding"("subject_id");

-- CreateIndex
CREATE INDEX "finding_scope_id_idx" ON "finding"("scope_id");

-- CreateIndex
CREATE UNIQUE INDEX "connection_name_key" ON "connection"("name");

-- CreateIndex
CREATE UNIQUE INDEX "scope_connector_id_native_id_sample_key" ON "scope"("connector_id", "native_id", "sample");

-- CreateIndex
CREATE INDEX "connection_scope_scope_id_idx" ON "connection_scope"("scope_id");

-- CreateIndex
CREATE INDEX "run_connection_id_created_at_idx" ON "run"("connection_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "run_state_idx" ON "run"("state");

-- CreateIndex
CREATE INDEX "staged_run_id_scope_id_kind_idx" ON "staged"("run_id", "scope_id", "kind");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entitlement" ADD CONSTRAINT "entitlement_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grant" ADD CONSTRAINT "grant_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trust" ADD CONSTRAINT "trust_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workload" ADD CONSTRAINT "workload_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "usage" ADD CONSTRAINT "usage_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "owner_hint" ADD CONSTRAINT "owner_hint_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "secret" ADD CONSTRAINT "secret_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issuer" ADD CONSTRAINT "issuer_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tally" ADD CONSTRAINT "tally_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection_scope" ADD CONSTRAINT "connection_scope_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection_scope" ADD CONSTRAINT "connection_scope_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_coverage" ADD CONSTRAINT "run_coverage_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "look" ADD CONSTRAINT "look_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- Staged rows belong to a run that is under way: they need not survive a crash, so they need no write-ahead log.
ALTER TABLE "staged" SET UNLOGGED;

-- The value of a known fact as an instant; NULL for absent and unknown.
CREATE FUNCTION fact_instant(doc jsonb, field text) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN doc -> field ->> 'state' = 'known' THEN (doc -> field ->> 'value')::timestamptz END $$;

-- The value of a known fact as text; NULL for absent and unknown.
CREATE FUNCTION fact_text(doc jsonb, field text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN doc -> field ->> 'state' = 'known' THEN doc -> field ->> 'value' END $$;

-- An array of text inside a document.
CREATE FUNCTION doc_texts(doc jsonb, field text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT coalesce(array_agg(value), '{}') FROM jsonb_array_elements_text(doc -> field) $$;

-- The id of an inventory row: the same thing of the same scope always gets the same id (SHA-256, as UUID version 8).
CREATE FUNCTION rollcall_id(scope uuid, kind text, native text) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT overlay(overlay(substr(encode(sha256(convert_to(scope::text || chr(31) || kind || chr(31) || native, 'UTF8')), 'hex'), 1, 32)
     placing '8' from 13) placing '8' from 17)::uuid $$;
