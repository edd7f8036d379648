// What the preview of a pack answers, as the API describes it.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import { Settled } from './input'

const Count = z.int()
const Source = z.object({
  connection: z.string(),
  connector: z.string(),
  scope: z.string(),
  scopeNativeId: z.string(),
  kind: z.string(),
  /** How many the source itself said that there are; left out where it does not say. */
  reported: Count.optional(),
  read: Count.optional(),
  held: Count,
  excluded: z.array(z.object({ count: Count, why: z.string() })),
  refused: z.array(z.object({ call: z.string(), permission: z.string(), times: Count })),
  state: z.enum(['complete', 'partial', 'never']),
  lookedAt: Instant.optional(),
  completeAt: Instant.optional(),
  why: z.string().optional(),
})
export const PreviewAnswer = z.object({
  title: z.string(),
  settled: Settled,
  needs: z.array(z.string()),
  files: z.array(
    z.object({
      id: z.string(),
      file: z.string(),
      about: z.string(),
      rows: Count.optional(),
      isMore: z.boolean(),
      isOpen: z.boolean(),
    }),
  ),
  seen: z
    .object({
      complete: z.boolean(),
      gaps: z.array(z.string()),
      stamp: z.string().optional(),
      sources: z.array(Source),
      oldest: Instant.optional(),
    })
    .optional(),
})
