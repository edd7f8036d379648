// What is said about a plan: whole tables that were read, however they are nested, and nothing that was not reached.
import { expect, test } from 'vitest'
import { outline, readWhole, type PlanNode } from './plans'

const node = (type: string, more: Partial<PlanNode> = {}): PlanNode => ({
  'Node Type': type,
  'Plan Width': 8,
  'Actual Rows': 1,
  'Actual Loops': 1,
  ...more,
})
const scan = (more: Partial<PlanNode>) =>
  node('Seq Scan', { Schema: 'public', 'Relation Name': 'grant', ...more })

test('rows that a filter threw away were read, and so were those of every loop', () => {
  const filtered = scan({ 'Actual Rows': 2, 'Rows Removed by Filter': 98 })
  const looped = scan({ 'Actual Rows': 10, 'Actual Loops': 10 })
  const plan = node('Limit', { Plans: [node('Nested Loop', { Plans: [filtered, looped] })] })
  expect(readWhole(plan, 99)).toEqual([
    { table: 'grant', rows: 100 },
    { table: 'grant', rows: 100 },
  ])
  expect(readWhole(plan, 100)).toEqual([])
})

test('an index scan reads no table whole, a bounded scan only what it needs', () => {
  const byIndex = node('Index Scan', { 'Actual Rows': 1e6, 'Relation Name': 'grant', Schema: 'public' })
  expect(readWhole(node('Append', { Plans: [byIndex, scan({ 'Actual Rows': 50 })] }), 1000)).toEqual([])
})

test('the outline leaves out what was never reached and what only spans the versions', () => {
  const ended = node('Index Scan', {
    Schema: 'past',
    'Relation Name': 'grant',
    'Index Name': 'grant_known_to_idx',
    'Index Cond': "(known_to > (current_setting('rollcall.known'::text))::timestamp with time zone)",
  })
  const plan = node('Append', {
    Plans: [scan({ Schema: 'version' }), scan({ 'Actual Loops': 0 }), node('Hash', { Plans: [ended] })],
  })
  expect(outline(plan)).toEqual([
    'Append (1 rows)',
    '  Index Scan on past.grant by grant_known_to_idx (1 rows)',
    '      (known_to > known)',
  ])
})
