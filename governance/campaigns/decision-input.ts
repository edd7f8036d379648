// What a request to decide says: one schema for pages and API.
import { z } from 'zod'
import { CHOICES, LACKING, REASON_CODES } from '@/core/campaign'

const ROWS_MAX = 200
const DAY_MS = 86_400_000

export const DecisionRow = z.strictObject({
  item: z.guid('is not the id of an item'),
  /** Of the item as the reviewer saw it. */
  version: z.int(),
  decision: z.enum(CHOICES),
  reasonCode: z.enum(REASON_CODES).optional(),
  reason: z.string().trim().max(2000).optional(),
  /** The last day, in UTC. */
  keepUntil: z.iso.date('must be a day, such as 2026-03-31').optional(),
  /** Of cannot-tell. */
  lacking: z.enum(LACKING).optional(),
  /** Of reduce: ids of grants on the card. */
  drops: z.array(z.guid()).max(20).optional(),
  /** Of not-mine: whom to ask instead. Unset: the manager of the campaign. */
  to: z.guid('is not the id of a person').optional(),
  /** How long the card was in sight and in focus, in milliseconds, and the sections that were opened. */
  dwellMs: z.int().min(0).max(DAY_MS).optional(),
  opened: z.array(z.string().max(40)).max(20).optional(),
})
export type DecisionRow = z.infer<typeof DecisionRow>

export const DecideBody = z.strictObject({
  decisions: z
    .array(DecisionRow)
    .min(1, 'Say about which items')
    .max(ROWS_MAX)
    .refine((rows) => new Set(rows.map(({ item }) => item.toLowerCase())).size === rows.length, {
      error: 'names an item twice',
    }),
  /** Whether the reviewer was told to be going fast and went on. */
  paced: z.boolean().default(false),
})
