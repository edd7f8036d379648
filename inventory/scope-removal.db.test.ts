// A scope that is removed leaves nothing behind: whatever table names a scope hangs on it in one way or another.
import { expect, test } from 'vitest'
import { db } from '@/prisma/client'

/** Hang on something else: coverage on its run; what is joined is cleared by the join that a removal asks for. */
const ELSEWHERE = ['join_change', 'join_key', 'join_link', 'join_scope', 'run_coverage']

/** Says where it was when it was frozen: what people decided outlives the scope. */
const FROZEN = ['campaign_item']

const namesOf = async (rows: Promise<{ name: string }[]>) => (await rows).map(({ name }) => name)

test('every table with rows of a scope loses them with the scope', async () => {
  const naming = await namesOf(db.$queryRaw`
    SELECT table_name::text AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'scope_id' AND table_name IN (SELECT tablename FROM pg_tables)
    ORDER BY 1`)
  const referring = await namesOf(db.$queryRaw`
    SELECT relname::text AS name FROM pg_constraint JOIN pg_class c ON c.oid = conrelid
    WHERE contype = 'f' AND confrelid = 'scope'::regclass AND confdeltype = 'c'`)
  const [trigger] = await db.$queryRaw<{ body: string }[]>`
    SELECT prosrc AS body FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE t.tgrelid = 'scope'::regclass AND p.proname = 'scope_takes_its_rows'`
  const taken = [...(trigger?.body ?? '').matchAll(/DELETE FROM "?(\w+)"? WHERE scope_id = OLD\.id;/g)].map(
    (match) => match[1] ?? '',
  )
  expect(taken.length).toBeGreaterThan(10)
  expect([...referring, ...taken, ...ELSEWHERE, ...FROZEN].sort()).toEqual(naming)
})
