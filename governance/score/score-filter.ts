// What a score can be narrowed by: the same words for page, API and command line.
import { z } from 'zod'
import { IdentityFilter } from '@/core/list'

export const ScoreFilter = z.object({
  /** Own ids of scopes, or their ids at the source. Unset: everything. */
  scope: IdentityFilter.shape.scope,
  /** The id of a source: of all that it reads. */
  source: z.guid().optional(),
})
export type ScoreFilter = z.infer<typeof ScoreFilter>
