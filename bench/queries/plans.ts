// Plans of statements as they were carried out: which tables were read from end to end, and what matters of the rest.
import type pg from 'pg'
import type { Sent } from './recorder'

export type PlanNode = {
  'Node Type': string
  'Relation Name'?: string
  Schema?: string
  'Index Name'?: string
  'Index Cond'?: string
  'Recheck Cond'?: string
  Filter?: string
  'Plan Width': number
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: PlanNode[]
}

/** Rows a statement may read from end to end. Planners rightly do so with small tables. */
export const READ_MAX = 20_000

/** One statement carried out once more, at its own moment. Nothing is kept of it. */
export async function planOf(client: pg.Client, { text, values, moment }: Sent): Promise<PlanNode> {
  await client.query('BEGIN READ ONLY')
  try {
    if (moment) {
      await client.query("SELECT set_config('search_path', 'moment', true)")
      await client.query(
        "SELECT set_config('rollcall.valid', $1, true), set_config('rollcall.known', $2, true)",
        [...moment],
      )
    }
    const explained = await client.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
      `EXPLAIN (ANALYZE, TIMING OFF, VERBOSE, FORMAT JSON) ${text}`,
      values,
    )
    const plan = explained.rows[0]?.['QUERY PLAN'][0]?.Plan
    if (!plan) throw new Error('there is no plan')
    return plan
  } finally {
    await client.query('ROLLBACK')
  }
}

const rowsRead = (node: PlanNode) =>
  (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']
const nameOf = ({ Schema, 'Relation Name': name = '' }: PlanNode) =>
  Schema === 'public' ? name : `${Schema}.${name}`

/** Tables of which a plan reads more than so many rows without an index, with how many. */
export function readWhole(node: PlanNode, most = READ_MAX): { table: string; rows: number }[] {
  const below = (node.Plans ?? []).flatMap((child) => readWhole(child, most))
  const isScan = node['Node Type'] === 'Seq Scan' && rowsRead(node) > most
  return isScan ? [{ table: nameOf(node), rows: rowsRead(node) }, ...below] : below
}

const TEXT_MAX = 100
/** The two times of the moment, and casts that say nothing. */
const plain = (text: string) =>
  text
    .replace(/\(current_setting\('rollcall\.(valid|known)'::text\)\)::timestamp with time zone/g, '$1')
    .replace(/::(text|uuid|timestamp with time zone)\b(\[\])?/g, '')
const cut = (text: string) => (text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)} …` : text)

/** Steps that only hand rows on. */
const SILENT = new Set(['Result', 'Subquery Scan', 'Hash', 'Materialize'])

/** The plan line by line: what was read, through which index, and how many rows came of it. */
export function outline(node: PlanNode, depth = 0): string[] {
  // What spans current rows and ended versions has no rows of its own.
  if (!node['Actual Loops'] || node.Schema === 'version') return []
  const below = (at: number) => (node.Plans ?? []).flatMap((child) => outline(child, at))
  if (SILENT.has(node['Node Type'])) return below(depth)
  const table = node['Relation Name'] ? ` on ${nameOf(node)}` : ''
  const index = node['Index Name'] ? ` by ${node['Index Name']}` : ''
  const loops = node['Actual Loops'] > 1 ? `, ${node['Actual Loops']} times` : ''
  const removed = node['Rows Removed by Filter'] ? `, ${node['Rows Removed by Filter']} left out` : ''
  const line = `${'  '.repeat(depth)}${node['Node Type']}${table}${index} (${node['Actual Rows']} rows${loops}${removed})`
  const condition = node['Index Cond'] ?? node['Recheck Cond'] ?? (table ? node.Filter : undefined)
  const where = condition ? [`${'  '.repeat(depth + 2)}${cut(plain(condition))}`] : []
  return [line, ...where, ...below(depth + 1)]
}
