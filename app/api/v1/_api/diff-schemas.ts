// Shapes of the answers about what differs between two instants.
import { z } from 'zod'
import { DIFF_KINDS, DIFF_WORDS, type DiffRow } from '@/core/diff'
import { Instant } from '@/core/fact'
import { SEVERITIES } from '@/core/rule'
import { Completeness } from './schemas'

const Id = z.guid()
const Named = z.object({ id: Id, name: z.string() })

export const Difference = z.object({
  kind: z.enum(DIFF_KINDS),
  what: z.enum(DIFF_WORDS).meta({
    description:
      '`first-look`: nobody had looked in full before, it may have been there all along. `learned`: one of the two instants does not know it.',
  }),
  id: Id,
  name: z.string(),
  identity: Named.optional(),
  scope: z.object({ id: Id, name: z.string(), sample: z.boolean() }).optional(),
  removed: z
    .literal(true)
    .optional()
    .meta({ description: 'Gone because its source was removed here, which says nothing about the thing.' }),
  trueAt: Instant.meta({ description: 'Since when it is true.' }),
  knownAt: Instant.meta({ description: 'Since when it is known.' }),
  changes: z.array(
    z.object({
      field: z.string(),
      from: z.string(),
      to: z.string(),
      unseen: z.enum(['before', 'after']).optional().meta({ description: 'The side that does not know it.' }),
    }),
  ),
  run: z.object({ id: Id, sourceId: Id, source: z.string() }).optional(),
  rule: z
    .object({ id: z.string(), severity: z.enum(SEVERITIES), verdict: z.enum(['fail', 'unknown']) })
    .optional(),
}) satisfies z.ZodType<DiffRow>

export const DiffAnswer = z.object({
  between: z
    .object({ from: Instant, to: Instant, known: Instant.optional() })
    .meta({ description: 'The instants compared. Asked with these, the answer never changes.' }),
  identity: Named.optional(),
  rows: z.array(Difference),
  next: z.string().optional().meta({
    description:
      'Send as `after` for the next page, which is about the same instants. A page may hold fewer rows than asked for and still have a next one.',
  }),
  counts: z.array(z.object({ kind: z.enum(DIFF_KINDS), count: z.int(), more: z.boolean() })).meta({
    description: 'Differences of each kind; `more` says that there are at least so many.',
  }),
  completeness: z
    .object({ from: Completeness, to: Completeness })
    .meta({ description: 'What could be seen at each of the two instants.' }),
})
