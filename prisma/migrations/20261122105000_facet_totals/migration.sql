-- The kept counts without the names of owners: a tenth of the rows, for every question that does not speak of a name.
CREATE TABLE "facet_total" (
    "scope_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "class" TEXT NOT NULL,
    "owner_state" TEXT NOT NULL,
    "privilege_class" TEXT NOT NULL,
    "retired" BOOLEAN NOT NULL,
    "count" INTEGER NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
    "valid_to" TIMESTAMPTZ(3),
    "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT knowledge_now(),
    "known_to" TIMESTAMPTZ(3),

    CONSTRAINT "facet_total_pkey" PRIMARY KEY ("scope_id","type","class","owner_state","privilege_class","retired")
);

ALTER TABLE "facet_total" ADD CONSTRAINT "facet_total_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "scope"("id") ON DELETE CASCADE ON UPDATE CASCADE;

INSERT INTO facet_total (scope_id, type, class, owner_state, privilege_class, retired, count)
SELECT scope_id, type, class, owner_state, privilege_class, retired, sum(count) FROM facet_count GROUP BY 1, 2, 3, 4, 5, 6;

SELECT keep_versions('facet_total', '{scope_id,type,class,owner_state,privilege_class,retired}');

-- As of the counts themselves: without this the planner takes next to nothing for present.
CREATE STATISTICS public.facet_total_gone ON (CASE WHEN retired THEN '-infinity'::timestamptz END) FROM public.facet_total;
CREATE STATISTICS past.facet_total_gone ON (CASE WHEN retired THEN '-infinity'::timestamptz END) FROM past.facet_total;
