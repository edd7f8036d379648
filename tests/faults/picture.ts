// The whole inventory of a database as text, in which everything is left out that two equal histories may differ in: ids
// of runs, when something was learned, at which instant within a look it happened, and by which steps.
import type pg from 'pg'

/** Between these two instants a look was made and all that follows from it was done. */
export type Window = { name: string; from: string; to: string }

/** Not inventory: who ran what when, and what is set. */
const LEFT_OUT = [
  'run',
  'run_coverage',
  'connection',
  'activity',
  'activity_link',
  'worker',
  'setting',
  '_prisma_migrations',
  // Each installation has keys of its own.
  'signing_key',
  // What was left to judge again, numbered as it came.
  'access_change',
  'touched',
  'touched_up_to',
]
const OF_PEOPLE = ['user', 'user_scope', 'session', 'account', 'verification', 'apikey']
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
  'analysed_at',
  'settled_at',
  'relies_on',
  'first_at',
  // Made of the instants of what a scope holds.
  'mark',
]
const INSTANT = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)/g

type Row = Record<string, unknown>

const replaced = (text: string, windows: Window[]): string =>
  text.replace(INSTANT, (found) => {
    const at = new Date(found).toISOString()
    return windows.find(({ from, to }) => from <= at && at <= to)?.name ?? at
  })

/** What could not be told before all of a look was joined, and was told then: whoever was not interrupted never asked. */
const isPassing = ({ verdict, opened_at, resolved_at }: Row): boolean =>
  verdict === 'unknown' && resolved_at === opened_at

/**
 * When what a finding rests on was confirmed is of the moment it was written, and what was last said of one that is settled
 * is of the steps on the way there.
 */
function timeless(row: Row): Row {
  if (!Array.isArray(row.evidence)) return row
  const { evidence, evidence_hash, message, ...rest } = row
  if (row.state === 'resolved') return rest
  return { ...row, evidence: (evidence as Row[]).map(({ at: _, ...told }) => told), evidence_hash, message }
}

/**
 * What is judged and counted, of which between two looks as many versions are made as there were evaluations: whoever asks while
 * a look is under way finds a part of it. It is compared as it stood when each look was done.
 */
const JUDGED = ['facet_count', 'facet_total', 'finding', 'posture', 'tally']
/** What was last said of an identity that is gone is of the step at which it went. */
const ALIVE: Readonly<Record<string, string>> = {
  facet_count: 'AND NOT t.retired',
  facet_total: 'AND NOT t.retired',
  posture: `AND EXISTS (SELECT 1 FROM version.identity i WHERE i.id = t.identity_id AND i.retired_at IS NULL
    AND i.valid_from <= $2::timestamptz AND coalesce(i.valid_to, 'infinity') > $2::timestamptz)`,
}

/** Of a finding that is settled: that it is. Why, and as what, it was last open is of the steps on the way there. */
function atRest(row: Row): Row {
  const { id, rule_id, subject_id, state } = row
  return state === 'resolved' ? { id, rule_id, subject_id, state } : timeless(row)
}

async function judgedAfter(client: pg.Client, name: string, windows: Window[]): Promise<string[]> {
  const held: string[] = []
  for (const { name: look, to } of windows) {
    const { rows } = await client.query<{ row: Row }>(
      `SELECT to_jsonb(t) - $1::text[] AS row FROM version."${name}" t
       WHERE t.valid_from <= $2::timestamptz AND coalesce(t.valid_to, 'infinity') > $2::timestamptz ${ALIVE[name] ?? ''}`,
      [[...DROPPED, 'at', 'valid_from', 'valid_to'], to],
    )
    const told = rows.map(({ row }) => JSON.parse(replaced(JSON.stringify(row), windows)) as Row)
    held.push(
      ...told.filter((row) => !isPassing(row)).map((row) => `${look}: ${JSON.stringify(atRest(row))}`),
    )
  }
  return held.sort()
}

/** Every table of the inventory → its rows, sorted; `past.<table>` those that have ended, or what was held after each look. */
export async function pictureOf(client: pg.Client, windows: Window[]): Promise<Record<string, string[]>> {
  await client.query(`SET TimeZone = 'UTC'`)
  const { rows: tables } = await client.query<{ schema: string; name: string }>(
    `SELECT schemaname AS schema, tablename AS name FROM pg_tables
     WHERE schemaname IN ('public', 'past') AND tablename <> ALL($1) ORDER BY 1, 2`,
    [[...LEFT_OUT, ...OF_PEOPLE]],
  )
  const picture: Record<string, string[]> = {}
  for (const { schema, name } of tables) {
    if (JUDGED.includes(name)) {
      if (schema === 'past') picture[`past.${name}`] = await judgedAfter(client, name, windows)
      continue
    }
    const { rows } = await client.query<{ row: Row }>(
      `SELECT to_jsonb(t) - $1::text[] AS row FROM ONLY ${schema}."${name}" t`,
      [DROPPED],
    )
    const told = rows.map(({ row }) => JSON.parse(replaced(JSON.stringify(row), windows)) as Row)
    // What began and ended within one look is a step on the way.
    const lasting = told.filter(
      (row) => (schema === 'public' || row.valid_from !== row.valid_to) && !isPassing(row),
    )
    picture[`${schema}.${name}`] = lasting.map((row) => JSON.stringify(timeless(row))).sort()
  }
  return picture
}
