// What an OWNERS file would do, in numbers and by name, for whoever decides about it.
import type { YamlIssue } from '../../yaml/read-yaml'
import { PARTS } from '../parts'
import type { Declared } from './declared-who'
import type { Planned } from './plan-file'

const NAMED_MAX = 20

export type FileRow = { id: string; name: string; line?: number; says: string; holds: string }
export type FilePreview = {
  entries: number
  /** Identities that it speaks of. */
  identities: number
  /** Of those: nobody was confirmed, and the file names somebody. */
  named: number
  /** An earlier file named others. */
  moved: number
  /** It stands as the file says. */
  same: number
  /** Somebody has confirmed somebody else: that stays, and is shown as drift. */
  drift: number
  /** Disputed: nothing is written until that is settled. */
  disputed: number
  /** An earlier file is how the owner is known, and this one does not say so any more. */
  lost: number
  owners: { owner: string; identities: number }[]
  /** Entries that are of no identity: nothing matches, or a later entry matches all the same. */
  idle: number[]
  first: { drift: FileRow[]; lost: FileRow[]; named: FileRow[] }
}

export const wordsOf = ({ who }: Pick<Declared, 'who'>): string =>
  PARTS.flatMap((part) => (who[part] ? [`${part} ${who[part].name}`] : [])).join(', ')

const rowOf = ({ row, declared }: Planned): FileRow => ({
  ...{ id: row.id, name: row.name },
  ...(declared && { line: declared.line }),
  says: declared ? wordsOf(declared) : 'nothing any more',
  holds: row.ownerName ?? 'nobody',
})

function ownersOf(planned: readonly Planned[]): FilePreview['owners'] {
  const counts = new Map<string, number>()
  for (const { declared } of planned) {
    const owner = declared && (declared.who.person?.name ?? declared.who.team?.name)
    if (owner !== undefined) counts.set(owner, (counts.get(owner) ?? 0) + 1)
  }
  return [...counts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, NAMED_MAX)
    .map(([owner, identities]) => ({ owner, identities }))
}

const sets = ({ set }: Planned) => Object.keys(set).length > 0

export function previewOf(declared: readonly Declared[], planned: readonly Planned[]): FilePreview {
  const spoken = planned.filter((one) => one.declared)
  const free = spoken.filter(({ isDisputed }) => !isDisputed)
  const hadFile = ({ row }: Planned) => PARTS.some((part) => row.known?.[part]?.how === 'imported')
  const named = free.filter((one) => sets(one) && !hadFile(one))
  const drift = spoken.filter(({ differs }) => differs.length > 0)
  const lost = planned.filter(({ isLost }) => isLost)
  const used = new Set(spoken.map((one) => one.declared?.line))
  const first = (rows: readonly Planned[]) => rows.slice(0, NAMED_MAX).map(rowOf)
  return {
    ...{ entries: declared.length, identities: spoken.length, named: named.length },
    moved: free.filter((one) => sets(one) && hadFile(one)).length,
    same: free.filter((one) => !sets(one) && !one.differs.length).length,
    drift: drift.length,
    disputed: spoken.filter(({ isDisputed }) => isDisputed).length,
    lost: lost.length,
    owners: ownersOf(spoken),
    idle: declared.filter(({ line }) => !used.has(line)).map(({ line }) => line),
    first: { drift: first(drift), lost: first(lost), named: first(named) },
  }
}

export const issueWords = ({ line, column, path, message }: YamlIssue): string =>
  `line ${line}, column ${column}: ${path ? `${path}: ` : ''}${message}`
