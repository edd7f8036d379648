// The report: every figure beside the limit it is held against.
import { mib, spaced, type Facts, type Figure, type Memory, type Plan, type Step } from '../contract'
import { machineLines } from './machine'
import { markdownTable } from './table'

const GROUPS = [
  'Sync',
  'Memory',
  'Size',
  'List',
  'Search',
  'Facets',
  'Identity',
  'Credentials',
  'As of an earlier instant',
  'Differences',
  'Following',
]

function groupsOf(figures: readonly Figure[]): string[] {
  const named = [
    ...GROUPS,
    ...new Set(figures.map(({ group }) => group).filter((group) => !GROUPS.includes(group))),
  ]
  return named.flatMap((group) => {
    const rows = figures.filter((figure) => figure.group === group)
    if (!rows.length) return []
    const cells = rows.map(({ name, aim = '–', measured, verdict }) => [name, aim, measured, verdict])
    return [`## ${group}`, markdownTable(['Figure', 'Aim', 'Measured', 'Verdict'], cells)]
  })
}

const valuesOf = <T>(facts: Facts, prefix: string): T[] =>
  Object.entries(facts)
    .filter(([name]) => name.startsWith(prefix))
    .map(([, value]) => value as T)

function memoryCurve(facts: Facts): string[] {
  const points = valuesOf<Memory>(facts, 'memory:').sort((a, b) => a.identities - b.identities)
  if (!points.length) return []
  const rows = points.map(({ identities, startMiB, peakMiB, seconds }) => [
    spaced(identities),
    String(startMiB),
    String(peakMiB),
    seconds.toFixed(1),
  ])
  const head = ['Identities', 'Before it starts (MiB)', 'At most (MiB)', 'Seconds']
  return [
    '## Memory by size',
    'Resident memory of the process that syncs, each size in a process and a database of its own.',
    markdownTable(head, rows, [0, 1, 2, 3]),
  ]
}

function sizeTable({ sizes = [] }: Facts, identities: number): string[] {
  if (!sizes.length) return []
  const rows = sizes.map(({ schema, table, rows, bytes, indexBytes }) => [
    schema === 'public' ? table : `${schema}.${table}`,
    spaced(rows),
    spaced(mib(bytes)),
    spaced(mib(indexBytes)),
    spaced((bytes + indexBytes) / identities),
  ])
  const head = ['Table', 'Rows', 'Rows (MiB)', 'Indexes (MiB)', 'Bytes an identity']
  return [
    '## Size by table',
    'After the syncs above. Row counts are the planner’s.',
    markdownTable(head, rows, [1, 2, 3, 4]),
  ]
}

function plansOf(facts: Facts): string[] {
  const plans = valuesOf<Plan>(facts, 'plan:')
  if (!plans.length) return []
  const shown = plans.slice(0, 3).flatMap(({ title, text }) => [`${title}:`, `\`\`\`text\n${text}\n\`\`\``])
  return [
    '## Plans',
    'As they were carried out (`EXPLAIN ANALYZE`), without what was never reached.',
    ...shown,
  ]
}

function summary(figures: readonly Figure[]): string {
  const count = (verdict: string) => figures.filter((figure) => figure.verdict === verdict).length
  return `${count('holds')} of ${count('holds') + count('misses')} limits hold; ${count('told')} figures have none.`
}

export const report: Step = async ({ identities, seed, facts, figures }) => {
  const parts = [
    '# Benchmarks',
    `Written by \`npm run -s bench -- --write\`: the [generated estate](estate.md), ${spaced(identities)} identities, seed ${seed}, day 0, on ${new Date().toISOString().slice(0, 10)}. Every limit is a ratio to something measured in the same run, or holds on any machine.`,
    summary(figures),
    ...(await machineLines()),
    'Questions are asked one after the other, by a process that does nothing else; `p95` is what 95 of 100 calls do not exceed. Dates of use in the estate end on its day 0.',
    ...groupsOf(figures),
    ...memoryCurve(facts),
    ...sizeTable(facts, identities),
    ...plansOf(facts),
  ]
  return { figures: [], facts: { report: `${parts.join('\n\n')}\n` } }
}
