-- One list of two million credentials and stored secrets: what it is sorted and narrowed by becomes columns of both.

ALTER TABLE version.credential ADD COLUMN value_made_at TIMESTAMPTZ(3),
  ADD COLUMN expires_state TEXT NOT NULL DEFAULT 'unknown', ADD COLUMN last_used_state TEXT NOT NULL DEFAULT 'unknown';
ALTER TABLE version.secret ADD COLUMN value_made_at TIMESTAMPTZ(3),
  ADD COLUMN expires_state TEXT NOT NULL DEFAULT 'unknown', ADD COLUMN last_read_state TEXT NOT NULL DEFAULT 'unknown';

-- Nothing new is learned by copying what the documents say: no version ends.
ALTER TABLE public.credential DISABLE TRIGGER keep_versions;
ALTER TABLE public.secret DISABLE TRIGGER keep_versions;
UPDATE version.credential SET
  value_made_at = CASE doc -> 'rotatedAt' ->> 'state' WHEN 'known' THEN fact_instant(doc, 'rotatedAt')
    WHEN 'absent' THEN fact_instant(doc, 'createdAt') END,
  expires_state = coalesce(doc -> 'expiresAt' ->> 'state', 'unknown'),
  last_used_state = coalesce(doc -> 'lastUsedAt' ->> 'state', 'unknown');
UPDATE version.secret SET
  value_made_at = CASE doc -> 'rotatedAt' ->> 'state' WHEN 'known' THEN fact_instant(doc, 'rotatedAt')
    WHEN 'absent' THEN fact_instant(doc, 'createdAt') END,
  expires_state = coalesce(doc -> 'expiresAt' ->> 'state', 'unknown'),
  last_read_state = coalesce(doc -> 'lastReadAt' ->> 'state', 'unknown');
ALTER TABLE public.credential ENABLE TRIGGER keep_versions;
ALTER TABLE public.secret ENABLE TRIGGER keep_versions;

-- Registered anew, so that answers about the past have the columns too.
DO $$
DECLARE
  bare jsonb := '{"fingerprint": "''00000000-0000-0000-0000-000000000000''::uuid"}';
BEGIN
  PERFORM keep_versions('credential', '{id}', bare, $f$CASE
    WHEN NEW.retired_at IS NOT NULL THEN CASE WHEN OLD.retired_at IS NULL THEN 'gone' ELSE 'same' END
    WHEN OLD.retired_at IS NOT NULL THEN 'returned'
    WHEN OLD.identity_id IS DISTINCT FROM NEW.identity_id THEN 'changed'
    ELSE coalesce(public.doc_difference(OLD.doc, NEW.doc), 'same') END $f$);
  PERFORM keep_versions('secret', '{id}', bare);
END $$;

-- What happened to a stored secret can be told as well.
DO $$
DECLARE
  own text := (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = 'version.secret'::regclass AND attnum > 0 AND NOT attisdropped AND attname NOT IN ('valid_to', 'known_to'));
BEGIN
  EXECUTE format('CREATE VIEW public.secret_version AS SELECT %s, valid_to, known_to FROM version.secret', own);
  EXECUTE format($f$
    CREATE VIEW moment.secret_version AS SELECT %s,
      CASE WHEN known_to <= (SELECT current_setting('rollcall.known')::timestamptz)
        AND valid_to <= (SELECT current_setting('rollcall.valid')::timestamptz) THEN valid_to END AS valid_to,
      CASE WHEN known_to <= (SELECT current_setting('rollcall.known')::timestamptz)
        AND valid_to <= (SELECT current_setting('rollcall.valid')::timestamptz) THEN known_to END AS known_to
    FROM version.secret WHERE (known_from > (SELECT current_setting('rollcall.known')::timestamptz)) IS NOT TRUE
      AND (valid_from > (SELECT current_setting('rollcall.valid')::timestamptz)) IS NOT TRUE $f$, own);
END $$;

-- Each order of the list is the order of an index, which also answers the usual filters alone: a row is wide, and what a
-- filter leaves may all come last.
CREATE INDEX credential_listed_idx ON public.credential (value_made_at, id)
  INCLUDE (type, form, scope_id, retired_at, expires_state, last_used_state, last_used_at, known_from, valid_from, known_to, valid_to);
CREATE INDEX ON past.credential (value_made_at, id)
  INCLUDE (type, form, scope_id, retired_at, expires_state, last_used_state, last_used_at, known_from, valid_from, known_to, valid_to);
CREATE INDEX credential_name_id_idx ON public.credential (name, id)
  INCLUDE (type, form, scope_id, retired_at);
CREATE INDEX ON past.credential (name, id)
  INCLUDE (type, form, scope_id, retired_at);
CREATE INDEX credential_expires_idx ON public.credential (expires_state, expires_at, id)
  INCLUDE (type, form, scope_id, retired_at);
CREATE INDEX ON past.credential (expires_state, expires_at, id)
  INCLUDE (type, form, scope_id, retired_at);
CREATE INDEX credential_type_value_made_at_id_idx ON public.credential (type, value_made_at, id);
CREATE INDEX ON past.credential (type, value_made_at, id);
CREATE INDEX credential_scope_id_value_made_at_id_idx ON public.credential (scope_id, value_made_at, id);
CREATE INDEX ON past.credential (scope_id, value_made_at, id);
CREATE INDEX credential_gone_idx ON public.credential (value_made_at, id) WHERE retired_at IS NOT NULL;
CREATE INDEX ON past.credential (value_made_at, id) WHERE retired_at IS NOT NULL;
CREATE INDEX secret_listed_idx ON public.secret (value_made_at, id)
  INCLUDE (type, scope_id, retired_at, expires_state, last_read_state, last_read_at, known_from, valid_from, known_to, valid_to);
CREATE INDEX ON past.secret (value_made_at, id)
  INCLUDE (type, scope_id, retired_at, expires_state, last_read_state, last_read_at, known_from, valid_from, known_to, valid_to);
CREATE INDEX secret_name_id_idx ON public.secret (name, id)
  INCLUDE (type, scope_id, retired_at);
CREATE INDEX ON past.secret (name, id)
  INCLUDE (type, scope_id, retired_at);
CREATE INDEX secret_expires_idx ON public.secret (expires_state, expires_at, id)
  INCLUDE (type, scope_id, retired_at);
CREATE INDEX ON past.secret (expires_state, expires_at, id)
  INCLUDE (type, scope_id, retired_at);
CREATE INDEX secret_type_value_made_at_id_idx ON public.secret (type, value_made_at, id);
CREATE INDEX ON past.secret (type, value_made_at, id);
CREATE INDEX secret_scope_id_value_made_at_id_idx ON public.secret (scope_id, value_made_at, id);
CREATE INDEX ON past.secret (scope_id, value_made_at, id);
CREATE INDEX secret_gone_idx ON public.secret (value_made_at, id) WHERE retired_at IS NOT NULL;
CREATE INDEX ON past.secret (value_made_at, id) WHERE retired_at IS NOT NULL;

-- Few of many: what has not been used, what is called so.
CREATE INDEX credential_last_used_state_last_used_at_idx ON public.credential (last_used_state, last_used_at);
CREATE INDEX ON past.credential (last_used_state, last_used_at);
CREATE INDEX secret_last_read_state_last_read_at_idx ON public.secret (last_read_state, last_read_at);
CREATE INDEX ON past.secret (last_read_state, last_read_at);
CREATE INDEX credential_name_trgm ON public.credential USING gin (name gin_trgm_ops);
CREATE INDEX ON past.credential USING gin (name gin_trgm_ops);
CREATE INDEX secret_name_trgm ON public.secret USING gin (name gin_trgm_ops);
CREATE INDEX ON past.secret USING gin (name gin_trgm_ops);
CREATE INDEX secret_native_id_idx ON public.secret (native_id);
CREATE INDEX ON past.secret (native_id);

-- What people own: they see nothing else, so it is what their lists begin with.
CREATE INDEX posture_owner_lower_idx ON public.posture (lower(owner_name), identity_id);
CREATE INDEX ON past.posture (lower(owner_name), identity_id);
CREATE INDEX owner_hint_of_secret_lower_idx ON public.owner_hint (lower(value)) WHERE identity_ref IS NULL;
CREATE INDEX ON past.owner_hint (lower(value)) WHERE identity_ref IS NULL;
CREATE INDEX owner_hint_of_secret_idx ON public.owner_hint (scope_id, (doc ->> 'secret')) WHERE identity_ref IS NULL;
CREATE INDEX ON past.owner_hint (scope_id, (doc ->> 'secret')) WHERE identity_ref IS NULL;

-- What leads to one of them, and who holds what does.
CREATE INDEX "edge_to_row_id_idx" ON "edge"("to_row_id");
CREATE INDEX ON past.edge (to_row_id);
CREATE INDEX ON past.edge (from_row_id);
CREATE INDEX ON past."grant" (entitlement_id);
CREATE INDEX ON past.finding (subject_id);
