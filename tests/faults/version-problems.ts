// What must hold for every row and version of every table that keeps versions, whatever has happened.
import type pg from 'pg'

/** Tables that keep versions, with the columns that name a row. */
async function versioned(client: pg.Client): Promise<{ name: string; key: string }[]> {
  const { rows } = await client.query<{ name: string; key: string }>(`
    SELECT p.tablename AS name, (
      SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_index i
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
      WHERE i.indrelid = format('public.%I', p.tablename)::regclass AND i.indisprimary
    ) AS key FROM pg_tables p WHERE p.schemaname = 'past'`)
  return rows
}

/** One line for each law that a table breaks. */
export async function versionProblems(client: pg.Client): Promise<string[]> {
  const problems: string[] = []
  const tables = await versioned(client)
  for (const { name, key } of tables) {
    const laws: Record<string, string> = {
      'ends before it begins to be true': `SELECT 1 FROM past."${name}" WHERE valid_to < valid_from`,
      'ends before it is known': `SELECT 1 FROM past."${name}" WHERE known_to < known_from`,
      'has ended without an end': `SELECT 1 FROM past."${name}" WHERE valid_to IS NULL OR known_to IS NULL`,
      'holds and has an end': `SELECT 1 FROM ONLY public."${name}" WHERE valid_to IS NOT NULL OR known_to IS NOT NULL`,
      // What follows in knowledge follows in truth: no answer about a moment has a row twice.
      'overlaps the next version': `SELECT 1 FROM (
        SELECT valid_from, valid_to, known_from, known_to,
          lead(known_from) OVER chain AS next_known, lead(valid_from) OVER chain AS next_valid
        FROM version."${name}" WINDOW chain AS (PARTITION BY ${key} ORDER BY known_from, valid_from)
      ) v WHERE next_known < known_to OR next_valid < valid_to`,
      'is known later than the clock says': `SELECT 1 FROM version."${name}", knowledge_clock
        WHERE floor(extract(epoch FROM known_from) * 1000) > last_value`,
    }
    for (const [law, sql] of Object.entries(laws)) {
      const { rowCount } = await client.query(sql)
      if (rowCount) problems.push(`${name}: ${rowCount} times a version ${law}`)
    }
  }
  return tables.length ? problems : ['no table keeps versions']
}
