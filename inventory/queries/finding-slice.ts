// The next findings of a sorted, filtered list: what the page, the export and the command line have in common.
import type { FindingFilter, FindingRow } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { findingColumns, findingRows, type RawFinding } from './finding-row'
import { orderOf, partsOf, placeOf, readSlice, type Part, type Slice } from './keyset'

const ID = 'f.id'
const OPENED = { column: 'f.opened_at', type: 'timestamptz' } as const
/** Open before resolved, failing before unknown, then the worst: the order of the index. */
const WORST = [
  { column: 'f.state', type: 'text' },
  { column: 'f.verdict', type: 'text' },
  { column: 'f.severity', type: 'integer' },
] as const

const PARTS: Readonly<Record<FindingFilter['sort'], readonly Part[]>> = {
  severity: partsOf.plain(WORST, ID),
  opened: partsOf.plain([OPENED], ID),
  '-opened': partsOf.plain([OPENED], ID, true),
  subject: partsOf.plain([{ column: 'f.subject_name', type: 'text' }], ID),
}

export async function findingSlice(
  actor: Actor,
  where: Prisma.Sql,
  list: { sort: FindingFilter['sort']; after?: string; size: number },
): Promise<Slice<FindingRow>> {
  const { sort, after, size } = list
  const slice = await readSlice<RawFinding>(
    { sort, parts: PARTS[sort], after, size },
    ({ part, where: place, limit }) =>
      reader.$queryRaw<RawFinding[]>(Prisma.sql`
      SELECT ${findingColumns(actor)}, ${placeOf(part)} AS "placeValues" FROM finding f JOIN scope s ON s.id = f.scope_id
      WHERE ${where} AND ${place} ORDER BY ${orderOf(part)} LIMIT ${limit}::int`),
  )
  return { ...slice, rows: await findingRows(slice.rows) }
}
