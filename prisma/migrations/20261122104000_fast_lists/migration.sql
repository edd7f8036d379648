-- Lists, filters and counts of a million identities, now and as of an earlier instant.

-- What lists are filtered, sorted and counted by is answered by an index alone: a row of an identity is wide.
DROP INDEX public.identity_name_id_idx;
CREATE INDEX identity_name_id_idx ON public.identity (name, id)
  INCLUDE (type, class, scope_id, retired_at, last_used_state, known_from, valid_from, known_to, valid_to);
CREATE INDEX identity_listed_idx ON public.identity (id)
  INCLUDE (name, type, class, scope_id, retired_at, known_from, valid_from, known_to, valid_to);

-- What a name begins with, for searches too short for what names hold.
CREATE INDEX identity_name_begins_idx ON public.identity (lower(name) text_pattern_ops);
CREATE INDEX ON past.identity (lower(name) text_pattern_ops);

-- Who may do what and who owns nothing, in the order in which identities are looked up.
DROP INDEX public.posture_privilege_class_idx;
CREATE INDEX posture_privilege_class_identity_id_idx ON public.posture (privilege_class, identity_id);
CREATE INDEX posture_owner_state_identity_id_idx ON public.posture (owner_state, identity_id);
CREATE INDEX posture_owner_name_trgm ON public.posture USING gin (owner_name gin_trgm_ops);
CREATE INDEX ON past.posture (privilege_class, identity_id);
CREATE INDEX ON past.posture (owner_state, identity_id);
CREATE INDEX ON past.posture USING gin (owner_name gin_trgm_ops);

-- Who fails a rule.
CREATE INDEX finding_failing_idx ON public.finding (rule_id, identity_id) INCLUDE (known_from, valid_from, known_to, valid_to)
  WHERE state = 'open' AND verdict = 'fail';
CREATE INDEX ON past.finding (rule_id, identity_id) INCLUDE (known_from, valid_from, known_to, valid_to)
  WHERE state = 'open' AND verdict = 'fail';

-- Looks that leave something open: few of many, and said with every answer.
CREATE INDEX look_lacking_idx ON public.look (scope_id) WHERE state <> 'complete' OR gaps <> '[]'::jsonb;

-- What shapes a kept count like the row of an identity: without this the planner takes next to nothing for present.
CREATE STATISTICS public.facet_count_gone ON (CASE WHEN retired THEN '-infinity'::timestamptz END) FROM public.facet_count;
CREATE STATISTICS past.facet_count_gone ON (CASE WHEN retired THEN '-infinity'::timestamptz END) FROM past.facet_count;
