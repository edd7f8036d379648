// All sources with where they stand.
import type { Actor } from '@/core/permissions'
import { readingNow } from '@/inventory/moment/at-moment'
import { completenessOf } from './completeness-of'
import { sourceRows } from './source-row'
import { iso } from './sql'
import type { SourceList } from './types'
import { mustRead } from './visible'

/** Connections are made by hand, so there are few: they come at once. */
export async function listSources(actor: Actor, { now = readingNow() } = {}): Promise<SourceList> {
  mustRead(actor, 'source:read')
  const [rows, completeness] = await Promise.all([
    sourceRows({}, now),
    completenessOf(actor, { now: iso(now) }),
  ])
  return { rows, completeness }
}
