// Every finding of a list, in batches: the same rows in the same order as its pages, in bounded memory.
import type { FindingFilter, FindingRow } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { findingSlice } from './finding-slice'
import { findingWhere } from './finding-where'
import { mustRead } from './visible'

const BATCH = 1000

/** Starts at the filter's `after`, where it has one. */
export async function* eachFinding(
  actor: Actor,
  filter: Omit<FindingFilter, 'size'>,
): AsyncGenerator<FindingRow[]> {
  mustRead(actor, 'finding:read')
  const where = await findingWhere(actor, filter)
  let after = filter.after
  do {
    const { rows, next } = await findingSlice(actor, where, { sort: filter.sort, after, size: BATCH })
    if (rows.length) yield rows
    after = next
  } while (after !== undefined)
}
