// Every difference of a comparison, in batches: the same rows in the same order as its pages, in bounded memory.
import type { DiffRow } from '@/core/diff'
import type { Actor } from '@/core/permissions'
import { diffSlice, type Asked } from './diff-slice'

const BATCH = 500

/** Starts at the filter's `after`, where it has one. */
export async function* eachDiff(actor: Actor, asked: Asked): AsyncGenerator<DiffRow[]> {
  let after = asked.filter.after
  do {
    const { rows, next } = await diffSlice(actor, asked, BATCH, after)
    if (rows.length) yield rows
    after = next
  } while (after !== undefined)
}
