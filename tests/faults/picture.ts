// The whole inventory of a database as text, in which everything is left out that two equal histories may differ in: ids
// of runs, when something was learned, at which instant within a look it happened, and by which steps.
import type pg from 'pg'

/** Between these two instants a look was made and all that follows from it was done. */
export type Window = { name: string; from: string; to: string }

/** Not inventory: who ran what when, and what is set. */
const LEFT_OUT = ['run', 'run_coverage', 'connection', 'activity', 'worker', 'setting', '_prisma_migrations']
const OF_PEOPLE = ['user', 'session', 'account', 'verification', 'apikey']
const DROPPED = [
  'run_id',
  'retired_run_id',
  'complete_run_id',
  'known_from',
  'known_to',
  'step',
  'prior_known',
  'prior_valid',
  'changed_at',
  'evaluated_at',
]
const INSTANT = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)/g

type Row = Record<string, unknown>

const replaced = (text: string, windows: Window[]): string =>
  text.replace(INSTANT, (found) => {
    const at = new Date(found).toISOString()
    return windows.find(({ from, to }) => from <= at && at <= to)?.name ?? at
  })

/** Every table of the inventory → its rows, sorted; `past.<table>` those that have ended. */
export async function pictureOf(client: pg.Client, windows: Window[]): Promise<Record<string, string[]>> {
  await client.query(`SET TimeZone = 'UTC'`)
  const { rows: tables } = await client.query<{ schema: string; name: string }>(
    `SELECT schemaname AS schema, tablename AS name FROM pg_tables
     WHERE schemaname IN ('public', 'past') AND tablename <> ALL($1) ORDER BY 1, 2`,
    [[...LEFT_OUT, ...OF_PEOPLE]],
  )
  const picture: Record<string, string[]> = {}
  for (const { schema, name } of tables) {
    const { rows } = await client.query<{ row: Row }>(
      `SELECT to_jsonb(t) - $1::text[] AS row FROM ONLY ${schema}."${name}" t`,
      [DROPPED],
    )
    const told = rows.map(({ row }) => JSON.parse(replaced(JSON.stringify(row), windows)) as Row)
    // What began and ended within one look is a step on the way.
    const lasting = told.filter((row) => schema === 'public' || row.valid_from !== row.valid_to)
    picture[`${schema}.${name}`] = lasting.map((row) => JSON.stringify(row)).sort()
  }
  return picture
}
