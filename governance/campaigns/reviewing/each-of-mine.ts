// Lists of one's own as files: all of their rows, page by page.
import type { Actor } from '@/core/permissions'
import { reviewQueue, type ItemFilter, type ItemRow } from '../campaign-items'
import { myRemediations, type RemediationFilter, type RemediationRow } from '../remediations'

const SIZE = 500

export async function* eachReviewItem(
  actor: Actor | null,
  id: string,
  filter: Partial<ItemFilter> & { second?: boolean } = {},
): AsyncGenerator<ItemRow[]> {
  let after = filter.after
  do {
    const { rows, next } = await reviewQueue(actor, id, { ...filter, size: SIZE, ...(after && { after }) })
    if (rows.length) yield rows
    after = next
  } while (after !== undefined)
}

export async function* eachOfMyRemediations(
  actor: Actor | null,
  filter: Partial<RemediationFilter> = {},
): AsyncGenerator<RemediationRow[]> {
  let after = filter.after
  do {
    const { rows, next } = await myRemediations(actor, { ...filter, size: SIZE, ...(after && { after }) })
    if (rows.length) yield rows
    after = next
  } while (after !== undefined)
}
