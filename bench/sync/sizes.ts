// What the rows take on disk: current ones, ended versions, and the indexes of both.
import { percent, spaced, type Figure, type Step, type TableSize } from '../contract'
import { withServer } from './server'

const SIZES = `
  SELECT n.nspname AS schema, c.relname AS table, greatest(c.reltuples, 0)::float8 AS rows,
    pg_table_size(c.oid)::float8 AS bytes, pg_indexes_size(c.oid)::float8 AS "indexBytes"
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname IN ('public', 'past') AND to_regclass(format('past.%I', c.relname)) IS NOT NULL
  ORDER BY n.nspname DESC, pg_total_relation_size(c.oid) DESC`

const NAMES = { public: 'Current rows', past: 'Ended versions' } as const

export const sizes: Step = async ({ identities }) => {
  const { rows: all } = await withServer((client) => client.query<TableSize>(SIZES))
  const figures = (['public', 'past'] as const).map((schema): Figure => {
    const of = all.filter((size) => size.schema === schema)
    const sum = (field: 'rows' | 'bytes' | 'indexBytes') => of.reduce((total, size) => total + size[field], 0)
    const [rows, bytes, indexBytes] = [sum('rows'), sum('bytes'), sum('indexBytes')]
    const whole = bytes + indexBytes
    return {
      group: 'Size',
      name: `${NAMES[schema]} on disk, for an identity`,
      measured: `${spaced(whole / identities)} bytes, ${spaced(rows ? whole / rows : 0)} a row; indexes are ${percent(whole ? indexBytes / whole : 0)} of it`,
      verdict: 'told',
    }
  })
  return { figures, facts: { sizes: all.filter(({ bytes, rows }) => rows > 0 && bytes > 2 ** 16) } }
}
