// What an OWNERS file would change: whom it names where nobody was confirmed, where somebody has confirmed somebody else, and who
// loses what an earlier file said. Nothing is written.
import type { Tx } from '@/prisma/client'
import type { Chosen } from '../chosen-identities'
import { COLUMN, PARTS, type Known, type Part } from '../parts'
import type { Resolved, Who } from '../who'
import type { Declared } from './declared-who'

type Row = Chosen & {
  backupId: string | null
  contactId: string | null
  known: Known | null
}

/** What the file makes of one identity. */
export type Planned = {
  row: Row
  /** Undefined where the file that counts from now on says nothing of it. */
  declared?: Declared
  /** Parts that are written: null takes away what an earlier file said. */
  set: Resolved
  /** Parts of which a person has confirmed somebody else: they stay. */
  differs: Part[]
  /** Somebody says that the owner is another: nothing is written until that is settled. */
  isDisputed: boolean
  /** Whether an earlier file is how it is known who answers, and this one takes that away. */
  isLost: boolean
}

const isImported = (row: Row, part: Part) => row.known?.[part]?.how === 'imported'
const holds = (row: Row, part: Part): string | null => (row.known ? row[COLUMN[part]] : null)

function plannedOf(row: Row, declared: Declared | undefined): Planned {
  const set: Resolved = {}
  const differs: Part[] = []
  for (const part of PARTS) {
    const who: Who | undefined = declared?.who[part]
    const held = holds(row, part)
    if (!who) {
      if (held !== null && isImported(row, part)) set[part] = null
    } else if (held === null || (held !== who.id && isImported(row, part))) set[part] = who
    else if (held !== who.id) differs.push(part)
  }
  const person = set.person === undefined ? holds(row, 'person') : (set.person?.id ?? null)
  // Whom somebody has confirmed as accountable does not stand in for themselves.
  if (set.backup && set.backup.id === person) {
    delete set.backup
    differs.push('backup')
  }
  const lost = (['person', 'team'] as const).some((part) => set[part] === null)
  const { isDisputed } = row
  return {
    row,
    ...(declared && { declared }),
    set: isDisputed ? {} : set,
    ...{ differs, isDisputed, isLost: !isDisputed && lost },
  }
}

/** Identities that the file speaks of, and those of which an earlier one is how the owner is known. */
const rowsOf = (tx: Pick<Tx, '$queryRaw'>, ids: readonly string[]) => tx.$queryRaw<Row[]>`
  SELECT i.id, i.name, i.scope_id AS "scopeId", i.retired_at IS NOT NULL AS "isGone", o.person_id AS "personId",
    o.team_id AS "teamId", o.backup_id AS "backupId", o.contact_id AS "contactId", o.known, o.act_id AS "actId",
    o.disputed_at IS NOT NULL AS "isDisputed", p.owner_name AS "ownerName"
  FROM identity i LEFT JOIN ownership o ON o.identity_id = i.id LEFT JOIN posture p ON p.identity_id = i.id
  WHERE i.id = ANY(${[...ids]}::uuid[]) OR i.id IN (
    SELECT identity_id FROM ownership WHERE jsonb_path_exists(known, '$.* ? (@.how == "imported")'))
  ORDER BY i.name, i.id`

/** By name. */
export async function planFile(
  tx: Pick<Tx, '$queryRaw'>,
  declared: readonly Declared[],
  matched: ReadonlyMap<string, number>,
): Promise<Planned[]> {
  const rows = await rowsOf(tx, [...matched.keys()])
  return rows.flatMap((row): Planned[] => {
    const entry = matched.get(row.id)
    // What is gone from its source keeps what was known of it.
    if (entry === undefined && row.isGone) return []
    return [plannedOf(row, entry === undefined ? undefined : declared[entry])]
  })
}
